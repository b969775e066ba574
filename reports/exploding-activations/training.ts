import { initializer, random, relu, takeRows } from '@relu-lab/core';
import { loadMnist } from '@relu-lab/datasets';
import { cosine, crossEntropy, evaluate, mlp, sgd, train } from '@relu-lab/nn';
import type { ExperimentContext, Row } from '@relu-lab/sweep';

/** A deep ReLU network, and how it is trained on digits. */
export interface TrainingCondition {
  /** σ_w². */
  readonly weightVariance: number;
  readonly normalization: 'none' | 'batch' | 'layer';
  /** Weight layers. */
  readonly depth: number;
  /** Units of each hidden layer. */
  readonly width: number;
  readonly trainingDigits: number;
  readonly testDigits: number;
  readonly epochs: number;
  readonly batchSize: number;
  /** At the start; it falls to 0 by a half cosine. */
  readonly learningRate: number;
  readonly momentum: number;
}

let digits: ReturnType<typeof loadMnist> | undefined;

/** Trains a network on digits: one row of kind `run`. A run that diverged has the accuracy of guessing. */
export async function trainNormalised(
  condition: TrainingCondition,
  seed: number,
  { signal, onProgress }: ExperimentContext,
): Promise<readonly Row[]> {
  digits ??= loadMnist();
  const all = await digits;
  const { weightVariance, normalization, depth, width, learningRate, momentum, epochs, batchSize } = condition;
  const network = mlp({
    inputs: 784,
    hidden: Array.from({ length: depth - 1 }, () => width),
    outputs: 10,
    activation: relu,
    normalization,
    weights: initializer('lecun-normal', { gain: Math.sqrt(weightVariance) }),
    bias: 0,
    seed: random(seed)
      .stream('network')
      .integer(2 ** 31),
  });
  const data = takeRows(all.train, condition.trainingDigits);
  const run = await train(network, {
    data,
    loss: crossEntropy(),
    optimizer: sgd({ learningRate, momentum }),
    schedule: cosine(),
    epochs,
    batchSize,
    seed,
    signal,
    onProgress: ({ step, steps }) => onProgress(step / steps),
  });
  signal.throwIfAborted();
  const end =
    run.status === 'diverged' ? null : evaluate(network, takeRows(all.test, condition.testDigits), crossEntropy());
  const diverged = end === null || !Number.isFinite(end.loss);
  return [
    {
      kind: 'run',
      weightVariance,
      normalization,
      learningRate,
      seed,
      status: diverged ? 'diverged' : run.status,
      trainingLoss: diverged ? null : evaluate(network, data, crossEntropy()).loss,
      accuracy: diverged ? 1 / 10 : (end.accuracy ?? null),
    },
  ];
}
