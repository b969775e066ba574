import { timeKernels } from '@relu-lab/analysis';
import type { ActivationName } from '@relu-lab/core';
import type { ExperimentContext, ExperimentResult } from '@relu-lab/sweep';

export interface KernelCondition {
  /** Elementwise ones. */
  readonly activations: readonly ActivationName[];
  /** Sizes of arrays. */
  readonly elements: readonly number[];
  /** Rounds that count; one more comes before them. */
  readonly rounds: number;
  /** Elements that go through an activation in a round, at least: small arrays go through more often. */
  readonly elementsPerRound: number;
}

/** The first pass finds in the caches what its predecessor left there. */
const leastPasses = 5;

/**
 * Times activations alone, on arrays of several sizes. A job of its own, for nothing else to run beside it.
 *
 * Timings: one row a size, round and activation with nanoseconds an element.
 */
export function timeElements(
  { activations, elements, rounds, elementsPerRound }: KernelCondition,
  _seed: number,
  { signal, onProgress }: ExperimentContext,
): ExperimentResult {
  const timings = elements.flatMap((size, i) => {
    signal.throwIfAborted();
    const passes = Math.max(leastPasses, Math.ceil(elementsPerRound / size));
    const { timings: timed } = timeKernels({ activations, elements: size, rounds, passes });
    onProgress((i + 1) / elements.length);
    return timed.map((timing) => ({ kind: 'element', elements: size, ...timing }));
  });
  return { rows: [], timings };
}
