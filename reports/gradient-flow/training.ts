import { saturation } from '@relu-lab/analysis';
import { takeRows } from '@relu-lab/core';
import { type TrainResult, cosine, crossEntropy, evaluate, sgd, train } from '@relu-lab/nn';
import type { ExperimentContext, Row } from '@relu-lab/sweep';
import { type DeepNetwork, allDigits, drawn } from './deep-network.ts';

/** Which network, and how it is trained on digits. */
export interface TrainingCondition extends DeepNetwork {
  readonly trainingDigits: number;
  readonly testDigits: number;
  readonly epochs: number;
  readonly batchSize: number;
  /** At the start; it falls to 0 by a half cosine. */
  readonly learningRate: number;
  readonly momentum: number;
  /** Whether saturation is looked at in the end. */
  readonly saturation: boolean;
}

/**
 * Trains a network on digits: one row of kind `run`, and where it is asked for one of kind `saturation` a hidden layer, the share of test digits and units where the slope is
 * below a twentieth of the steepest. A run that diverged has the accuracy of guessing, and no saturation.
 */
export async function trainDeep(
  condition: TrainingCondition,
  seed: number,
  { signal, onProgress }: ExperimentContext,
): Promise<readonly Row[]> {
  const digits = await allDigits();
  const [data, test] = [takeRows(digits.train, condition.trainingDigits), takeRows(digits.test, condition.testDigits)];
  const network = drawn(condition, seed);
  const run: TrainResult = await train(network, {
    data,
    loss: crossEntropy(),
    optimizer: sgd({ learningRate: condition.learningRate, momentum: condition.momentum }),
    schedule: cosine(),
    epochs: condition.epochs,
    batchSize: condition.batchSize,
    seed,
    signal,
    onProgress: ({ step, steps }) => onProgress(step / steps),
  });
  signal.throwIfAborted();
  const { activation, initializer, depth, learningRate } = condition;
  const common = { activation, initializer, depth, learningRate, seed };
  const end = run.status === 'diverged' ? null : evaluate(network, test, crossEntropy());
  if (end === null || !Number.isFinite(end.loss)) {
    return [{ ...common, kind: 'run', status: 'diverged', trainingLoss: null, accuracy: 1 / 10 }];
  }
  return [
    {
      ...common,
      kind: 'run',
      status: run.status,
      trainingLoss: evaluate(network, data, crossEntropy()).loss,
      accuracy: end.accuracy ?? null,
    },
    ...(condition.saturation ? saturation(network, test).layers : []).map(({ saturatedFraction }, i) => ({
      ...common,
      kind: 'saturation',
      layer: i + 1,
      saturatedFraction,
    })),
  ];
}
