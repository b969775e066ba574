import { type BackendName, type Dataset, random, relu } from '@relu-lab/core';
import { BatchFeed, crossEntropy, mlp, sgd } from '@relu-lab/nn';
import type { Benchmark } from './benchmark.ts';
import type { Contender } from './compare.ts';
import { plainJavaScriptStep } from './plain-javascript-step.ts';

/**
 * Steps of stochastic gradient descent on one batch, over and over: copy the batch in, forward, softmax cross-entropy,
 * backward, update.
 */
export interface TrainingStep extends Contender {
  /** The loss before the last step's update. */
  loss(): number;
}

/** A ReLU network and the batch that it learns. All contenders start from the same parameters. */
export interface StepTask {
  /** Inputs, hidden widths, and classes: `[784, 256, 256, 10]`. */
  readonly widths: readonly number[];
  readonly batch: Dataset;
  readonly learningRate: number;
  /** By dense layer: weights (units × inputs) and biases. */
  readonly initial: readonly { readonly weights: Float32Array; readonly biases: Float32Array }[];
}

/** Who trains; another engine is one more line. */
const contenders: readonly ((task: StepTask) => TrainingStep)[] = [
  (task) => ourStep(task, 'wasm'),
  (task) => ourStep(task, 'reference'),
  (task) => plainJavaScriptStep(task),
];

/** All contenders at the same network and batch. */
export function steps(widths: readonly number[], rows: number): readonly TrainingStep[] {
  const task = stepTask(widths, rows);
  return contenders.map((create) => create(task));
}

/** One step of three networks, from a toy to digits. */
export function trainingSteps(): readonly (() => Benchmark)[] {
  return [
    { widths: [2, 16, 16, 2], rows: 32 },
    { widths: [2, 64, 64, 2], rows: 128 },
    { widths: [784, 256, 256, 10], rows: 128 },
  ].map(({ widths, rows }) => () => ({
    name: 'training step',
    size: { network: widths.join('-'), batch: rows },
    contenders: steps(widths, rows),
  }));
}

function stepTask(widths: readonly number[], rows: number): StepTask {
  const features = widths[0];
  const classes = widths[widths.length - 1];
  const rng = random(1).stream('batch');
  const batch: Dataset = {
    name: 'noise',
    rows,
    features,
    classes,
    inputs: Float32Array.from({ length: rows * features }, () => rng.normal()),
    targets: Int32Array.from({ length: rows }, () => rng.integer(classes)),
  };
  const network = ourNetwork(widths);
  const initial = widths.slice(1).map((_, i) => ({
    weights: network.parameterValues(`dense${i + 1}.weight`),
    biases: network.parameterValues(`dense${i + 1}.bias`),
  }));
  // Small, so that the numbers stay as they are at the start however many steps are timed.
  return { widths, batch, learningRate: 1e-3, initial };
}

function ourNetwork(widths: readonly number[], backend: BackendName = 'wasm'): ReturnType<typeof mlp> {
  const [inputs, ...hidden] = widths;
  const outputs = hidden.pop() ?? 1;
  return mlp({ inputs, hidden, outputs, activation: relu, seed: 1, backend });
}

/** What `train` does in a step, without its watching of losses, progress and signals. */
function ourStep({ widths, batch, learningRate }: StepTask, name: BackendName): TrainingStep {
  const network = ourNetwork(widths, name);
  const feed = new BatchFeed(network, crossEntropy(), batch.rows);
  const optimizer = sgd({ learningRate });
  const all = { ...network.block, states: [], decays: false };
  let step = 0;
  let loss = NaN;
  return {
    name,
    run() {
      feed.load(batch, 0, batch.rows);
      network.run(batch.rows, { mode: 'training' });
      loss = feed.measure(batch.rows);
      network.backpropagate();
      optimizer.update(network.backend, all, ++step, learningRate);
    },
    loss: () => loss,
  };
}
