import { random } from '@relu-lab/core';
import { BatchFeed } from './batch-feed.ts';
import {
  type Divergence,
  divergentGradient,
  divergentOutput,
  divergentParameter,
  divergentStatistic,
} from './divergence.ts';
import { evaluateChecked } from './evaluate.ts';
import type { Network } from './network.ts';
import { Updater } from './optimizers/updater.ts';
import { ProbeRunner } from './probe-runner.ts';
import { constant } from './schedule.ts';
import { type TrainOptions, checkTrainOptions, usualBatchSize } from './train-options.ts';
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
  const { data, batchSize = usualBatchSize } = options;
  const rows = Math.min(batchSize, data.rows);
  network.beginTraining(rows);
  try {
    return await new TrainingRun(network, options, rows).run();
  } finally {
    network.endTraining();
  }
}

class TrainingRun {
  readonly #network: Network;
  readonly #options: TrainOptions;
  readonly #batchSize: number;
  readonly #steps: number;
  readonly #feed: BatchFeed;
  readonly #updater: Updater;
  readonly #probes: ProbeRunner;
  readonly #losses: Float64Array;
  readonly #stepSeconds: Float64Array;
  /** Where running statistics are kept as they were before a step. */
  readonly #statisticsBefore: number;
  readonly #history: EpochRecord[] = [];
  readonly #started = performance.now();
  #paused = 0;
  #step = 0;
  #divergence: Divergence | null = null;

  constructor(network: Network, options: TrainOptions, batchSize: number) {
    const { data, loss, optimizer, epochs, probes = [], seed = 0 } = options;
    this.#network = network;
    this.#options = options;
    this.#batchSize = batchSize;
    this.#steps = epochs * Math.ceil(data.rows / this.#batchSize);
    this.#feed = new BatchFeed(network, loss, this.#batchSize);
    this.#updater = new Updater(network, optimizer, options.rateFactor);
    this.#probes = new ProbeRunner(network, probes);
    this.#statisticsBefore = network.arena.allocate(network.statistics.length);
    this.#losses = new Float64Array(this.#steps);
    this.#stepSeconds = new Float64Array(this.#steps);
    network.seedNoise(random(seed).stream('noise'));
  }

  async run(): Promise<TrainResult> {
    const { epochs, data, seed = 0 } = this.#options;
    const shuffling = random(seed).stream('shuffling');
    try {
      this.#probes.start({ data, batchSize: this.#batchSize, steps: this.#steps });
      for (let epoch = 1; epoch <= epochs && this.#going(); epoch++) {
        await this.#epoch(epoch, shuffling.stream(`epoch ${epoch}`).permutation(data.rows));
      }
    } finally {
      this.#probes.finish(this.#step);
    }
    return this.#result();
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
      learningRate = this.#learningRate();
      const right = this.#takeStep(epoch, order.subarray(start, start + rows), learningRate, begun);
      total += this.#losses[this.#step - 1] * rows;
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

  #learningRate(): number {
    const { optimizer, schedule = constant } = this.#options;
    return optimizer.learningRate * schedule(this.#step, this.#steps);
  }

  /** Forward, backward and update on the loaded batch; returns how many of its rows were classified right. */
  #takeStep(epoch: number, batch: Int32Array, learningRate: number, begun: number): number | null {
    const network = this.#network;
    const rows = batch.length;
    this.#step++;
    this.#forward(rows);
    const loss = this.#feed.backward(rows);
    this.#losses[this.#step - 1] = loss;
    const right = this.#feed.correct(rows);
    const gradientNorm = this.#gradientNorm(loss);
    if (this.#divergence) return right;
    this.#options.clipping?.(network, gradientNorm);
    const watched = this.#probes.isDue(this.#step);
    if (watched) this.#probes.remember(this.#step);
    this.#updater.update(learningRate);
    this.#noteDivergence('parameter', divergentParameter(network));
    this.#stepSeconds[this.#step - 1] = (performance.now() - begun) / 1000;
    if (watched) this.#probes.look({ step: this.#step, epoch, rows, batch, loss, learningRate, gradientNorm });
    return right;
  }

  /** A forward pass; when it meets a value that is not finite, running statistics are set back. */
  #forward(rows: number): void {
    const network = this.#network;
    const { offset, length } = network.statistics;
    network.backend.copy(this.#statisticsBefore, offset, length);
    network.run(rows, { mode: 'training' });
    this.#noteDivergence('output', divergentOutput(network, rows));
    this.#noteDivergence('statistic', divergentStatistic(network));
    if (this.#divergence) network.backend.copy(offset, this.#statisticsBefore, length);
  }

  /** Length of the gradient of all parameters, which is finite only if all of it and the loss are. */
  #gradientNorm(loss: number): number {
    const { backend, block, layers } = this.#network;
    const norm = Math.sqrt(backend.sumOfSquares(block.gradients, block.length));
    if (!Number.isFinite(loss)) this.#noteDivergence('output', layers[layers.length - 1].name);
    if (!Number.isFinite(norm)) this.#noteDivergence('gradient', divergentGradient(this.#network));
    return norm;
  }

  /** Keeps the first divergence of the run. */
  #noteDivergence(quantity: Divergence['quantity'], layer: string | null): void {
    if (layer !== null) this.#divergence ??= { step: this.#step, layer, quantity };
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
