import { timeSteps } from '@relu-lab/analysis';
import type { ActivationName } from '@relu-lab/core';
import type { ExperimentContext, ExperimentResult } from '@relu-lab/sweep';

export interface CostCondition {
  readonly activations: readonly ActivationName[];
  readonly hidden: readonly number[];
  readonly batchSize: number;
  /** Rounds that count; one more comes before them. */
  readonly rounds: number;
  /** Training steps of each activation in a round. */
  readonly steps: number;
}

/**
 * Times training steps of networks that differ in their activation only, on inputs as large as MNIST's. A job of its own, for nothing
 * else to run beside it.
 *
 * Timings: one row a round and activation with the median seconds of a step.
 */
export async function measureCost(
  condition: CostCondition,
  seed: number,
  { signal, onProgress }: ExperimentContext,
): Promise<ExperimentResult> {
  const timings = await timeSteps({ ...condition, seed, signal, onProgress });
  return { rows: [], timings: timings.map((timing) => ({ ...timing })) };
}
