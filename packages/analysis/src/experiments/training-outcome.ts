import type { Dataset } from '@relu-lab/core';
import { type OptionRule, notNegative, positive, wholeFrom } from '@relu-lab/core/options';
import { type Network, crossEntropy, evaluate, sgd, train } from '@relu-lab/nn';
import { labelEntropy } from '../label-entropy.ts';

/** How a network is trained in an experiment: stochastic gradient descent on cross-entropy. */
export interface TrainingParameters {
  /** Passes over the data. Default 20. */
  readonly epochs?: number;
  /** Rows a step. Default 32. */
  readonly batchSize?: number;
  /** Above 0. Default 0.05. */
  readonly learningRate?: number;
  /** At least 0, below 1. Default 0.9. */
  readonly momentum?: number;
  /**
   * A network trains if its loss on the whole data set ends below this share of what it started from, and of the loss of guessing by the shares of the
   * classes (a start can be so bad that falling to guessing is no success). Default 0.7.
   */
  readonly trainedBelow?: number;
}

export const momentumRule: OptionRule = {
  default: 0.9,
  accepts: (value) => value >= 0 && value < 1,
  wanted: 'a number of at least 0 and below 1',
};

/** Rules of {@link TrainingParameters}. */
export const trainingRules: { readonly [Key in keyof Required<TrainingParameters>]: OptionRule } = {
  epochs: wholeFrom(1, 20),
  batchSize: wholeFrom(1, 32),
  learningRate: positive(0.05),
  momentum: momentumRule,
  trainedBelow: notNegative(0.7),
};

/** What training came to. */
export interface TrainingOutcome {
  readonly status: 'completed' | 'diverged' | 'aborted';
  /** Steps done. */
  readonly steps: number;
  /** Step of the first value that is not finite; null unless the run diverged. */
  readonly divergedAt: number | null;
  /** Mean loss over the whole data set, before and after; null where it is not finite. */
  readonly lossStart: number | null;
  readonly lossEnd: number | null;
  /** Whether it trained: see {@link TrainingParameters.trainedBelow}. A run that diverged did not. */
  readonly trains: boolean;
}

/** Trains a network, and says whether it learnt. */
export async function trainingOutcome(
  network: Network,
  data: Dataset,
  parameters: Required<TrainingParameters>,
  run: { readonly seed: number; readonly signal?: AbortSignal; readonly onProgress?: (fraction: number) => void },
): Promise<TrainingOutcome> {
  const { epochs, batchSize, learningRate, momentum, trainedBelow } = parameters;
  const { signal, onProgress } = run;
  const loss = crossEntropy();
  const lossStart = finiteOrNull(evaluate(network, data, loss).loss);
  const result = await train(network, {
    data,
    loss,
    optimizer: sgd({ learningRate, momentum }),
    epochs,
    batchSize,
    seed: run.seed,
    ...(signal && { signal }),
    ...(onProgress && { onProgress: ({ step, steps }) => onProgress(step / steps) }),
  });
  signal?.throwIfAborted();
  const lossEnd = result.status === 'diverged' ? null : finiteOrNull(evaluate(network, data, loss).loss);
  // The last update can leave parameters that are finite and outputs that are not.
  const diverged = lossEnd === null;
  const bar = trainedBelow * Math.min(lossStart ?? Infinity, labelEntropy(data));
  return {
    status: diverged ? 'diverged' : result.status,
    steps: result.steps,
    divergedAt: result.status === 'diverged' ? result.step : diverged ? result.steps : null,
    lossStart,
    lossEnd,
    trains: lossEnd !== null && lossEnd < bar,
  };
}

function finiteOrNull(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
