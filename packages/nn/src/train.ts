import { random } from '@relu-lab/core';
import { activationPenalty, addPenaltyGradient } from './activation-penalty.ts';
import { BatchFeed } from './batch-feed.ts';
import { type Divergence, divergentGradient, divergentOutput, divergentParameter } from './divergence.ts';
import { evaluateChecked } from './evaluate.ts';
import type { Network } from './network.ts';
import { Updater } from './optimizers/updater.ts';
import { ProbeRunner } from './probe-runner.ts';
import { constant } from './schedule.ts';
import { type TrainOptions, checkTrainOptions } from './train-options.ts';
import type { EpochRecord, TrainResult } from './train-result.ts';

const secondsBetweenPauses = 0.1;

/**
 * Trains a network in place: shuffled batches, one update a batch, and an honest end.
 *
 * - `completed`: all epochs are done.
 * - `aborted`: the signal fired; the network is as the last whole step left it.
 * - `diverged`: a value stopped being finite; `step`, `layer` and `quantity` name the first one. When an output or a gradient
 *   is not finite the update is not made, so the parameters are still the last finite ones.
 *
 * The same network seed and training seed give the same numbers. `history` holds nothing that depends on the clock. The
 * loop hands control back about ten times a second, so that signals and displays work.
 *
 * @throws ParameterError, ShapeError, DataError for options that make no run, before the first step.
 */
export async function train(network: Network, options: TrainOptions): Promise<TrainResult> {
  checkTrainOptions(network, options);
  const run = new TrainingRun(network, options);
  try {
    return await run.run();
  } finally {
    run.release();
  }
}

class TrainingRun {
  readonly #network: Network;
  readonly #options: TrainOptions;
  readonly #batchSize: number;
  readonly #steps: number;
  readonly #mark: number;
  readonly #feed: BatchFeed;
  readonly #updater: Updater;
  readonly #probes: ProbeRunner;
  readonly #losses: Float64Array;
  readonly #stepSeconds: Float64Array;
  readonly #history: EpochRecord[] = [];
  readonly #started = performance.now();
  #paused = 0;
  #step = 0;
  #divergence: Divergence | null = null;

  constructor(network: Network, options: TrainOptions) {
    const { data, loss, optimizer, epochs, probes = [], batchSize = 32, seed = 0 } = options;
    this.#network = network;
    this.#options = options;
    this.#batchSize = Math.min(batchSize, data.rows);
    this.#steps = epochs * Math.ceil(data.rows / this.#batchSize);
    network.reserve(this.#batchSize);
    this.#mark = network.arena.mark();
    this.#feed = new BatchFeed(network, loss, this.#batchSize);
    this.#updater = new Updater(network, optimizer);
    this.#probes = new ProbeRunner(network, probes);
    this.#losses = new Float64Array(this.#steps);
    this.#stepSeconds = new Float64Array(this.#steps);
    network.seedNoise(random(seed).stream('noise'));
  }

  async run(): Promise<TrainResult> {
    const { epochs, data, seed = 0 } = this.#options;
    const shuffling = random(seed).stream('shuffling');
    this.#probes.start();
    for (let epoch = 1; epoch <= epochs && this.#going(); epoch++) {
      await this.#epoch(epoch, shuffling.stream(`epoch ${epoch}`).permutation(data.rows));
    }
    this.#probes.finish();
    return this.#result();
  }

  release(): void {
    this.#network.arena.release(this.#mark);
  }

  async #epoch(epoch: number, order: Int32Array): Promise<void> {
    const { data, validation, loss } = this.#options;
    let total = 0;
    let correct: number | null = null;
    let learningRate = 0;
    for (let start = 0; start < data.rows; start += this.#batchSize) {
      if (this.#isPauseDue()) await this.#pause(epoch);
      if (!this.#going()) return;
      const rows = Math.min(this.#batchSize, data.rows - start);
      const begun = performance.now();
      this.#feed.load(data, start, rows, order);
      learningRate = this.#takeStep(epoch, rows, begun);
      total += this.#losses[this.#step - 1] * rows;
      const right = this.#feed.correct(rows);
      if (right !== null) correct = (correct ?? 0) + right;
    }
    if (this.#divergence) return;
    this.#history.push({
      epoch,
      steps: this.#step,
      loss: total / data.rows,
      accuracy: correct === null ? null : correct / data.rows,
      learningRate,
      validation: validation ? evaluateChecked(this.#network, validation, loss) : null,
    });
    this.#tell(epoch);
  }

  /** Forward, backward and update on the loaded batch; returns the learning rate used. */
  #takeStep(epoch: number, rows: number, begun: number): number {
    const { optimizer, clipping, schedule = constant } = this.#options;
    const network = this.#network;
    const learningRate = optimizer.learningRate * schedule(this.#step, this.#steps);
    this.#step++;
    network.run(rows, { mode: 'training' });
    const loss = this.#backward(rows);
    this.#losses[this.#step - 1] = loss;
    const gradientNorm = Math.sqrt(network.backend.sumOfSquares(network.block.gradients, network.block.length));
    if (!Number.isFinite(loss)) this.#diverge(divergentOutput(network), 'output');
    else if (!Number.isFinite(gradientNorm)) this.#diverge(divergentGradient(network), 'gradient');
    if (this.#divergence) return learningRate;
    clipping?.(network, gradientNorm);
    const watched = this.#probes.isDue(this.#step);
    if (watched) this.#probes.remember();
    this.#updater.update(learningRate);
    this.#stepSeconds[this.#step - 1] = (performance.now() - begun) / 1000;
    if (watched) this.#probes.look({ step: this.#step, epoch, rows, loss, learningRate, gradientNorm });
    if (!Number.isFinite(network.backend.sumOfSquares(network.block.parameters, network.block.length))) {
      this.#diverge(divergentParameter(network), 'parameter');
    }
    return learningRate;
  }

  /** Loss of the last forward pass, and the gradients of all parameters. */
  #backward(rows: number): number {
    const network = this.#network;
    const { activationPenalty: lambda } = this.#options.loss;
    const loss = this.#feed.measure(rows);
    if (lambda === 0) {
      network.backpropagate();
      return loss;
    }
    network.backpropagate((layer, wires, pass) => addPenaltyGradient(network.arena.values, layer, wires, pass, lambda));
    return loss + activationPenalty(network, lambda, rows);
  }

  #diverge(layer: string | null, quantity: Divergence['quantity']): void {
    const last = this.#network.layers[this.#network.layers.length - 1].name;
    this.#divergence = { step: this.#step, layer: layer ?? last, quantity };
  }

  #going(): boolean {
    return this.#divergence === null && !this.#options.signal?.aborted;
  }

  #isPauseDue(): boolean {
    return this.#elapsedSeconds() - this.#paused >= secondsBetweenPauses;
  }

  /** Tells the progress and lets other work run. */
  async #pause(epoch: number): Promise<void> {
    this.#tell(epoch);
    await new Promise<void>((resolve) => setTimeout(resolve));
    this.#paused = this.#elapsedSeconds();
  }

  #tell(epoch: number): void {
    const elapsedSeconds = this.#elapsedSeconds();
    this.#options.onProgress?.({
      epoch,
      epochs: this.#options.epochs,
      step: this.#step,
      steps: this.#steps,
      loss: this.#step === 0 ? NaN : this.#losses[this.#step - 1],
      validation: this.#history[this.#history.length - 1]?.validation ?? null,
      elapsedSeconds,
      remainingSeconds: (elapsedSeconds / Math.max(this.#step, 1)) * (this.#steps - this.#step),
    });
  }

  #elapsedSeconds(): number {
    return (performance.now() - this.#started) / 1000;
  }

  #result(): TrainResult {
    const done = this.#step;
    const seconds = this.#stepSeconds.slice(0, done).sort();
    const end = {
      history: this.#history,
      steps: done,
      losses: this.#losses.slice(0, done),
      timing: {
        seconds: this.#elapsedSeconds(),
        secondsPerStep: seconds[Math.floor(done / 2)] ?? 0,
      },
    };
    if (this.#divergence) return { status: 'diverged', ...end, ...this.#divergence };
    return { status: this.#history.length < this.#options.epochs ? 'aborted' : 'completed', ...end };
  }
}
