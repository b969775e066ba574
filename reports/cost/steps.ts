import { timeKernels, timeSteps } from '@relu-lab/analysis';
import type { ActivationName } from '@relu-lab/core';
import type { ExperimentContext, ExperimentResult } from '@relu-lab/sweep';
import { classes, hiddenLayers } from './work.ts';

export interface StepCondition {
  /** Elementwise ones; maxout, which is none, takes part in any case. */
  readonly activations: readonly ActivationName[];
  /** Units of each hidden layer, and inputs. */
  readonly widths: readonly number[];
  readonly batchSize: number;
  /** Rounds that count; one more comes before them. */
  readonly rounds: number;
  /** Rows of samples times units that an activation is trained on in a round, at least: narrow networks make more steps. */
  readonly elementsPerRound: number;
}

/** Fewer steps than this have no median to speak of. */
const leastSteps = 3;

/** Steps of so narrow networks that more would not say more. */
const mostSteps = 100;

/**
 * Times training steps of networks of several widths that differ in their activation only, and the activations alone on arrays as large as
 * the outputs of a layer. A job of its own, for nothing else to run beside it.
 *
 * Timings: one row a width, round and activation, with seconds of a step, and nanoseconds an element of the activation alone (null for
 * maxout).
 */
export async function timeTraining(
  { activations, widths, batchSize, rounds, elementsPerRound }: StepCondition,
  seed: number,
  { signal, onProgress }: ExperimentContext,
): Promise<ExperimentResult> {
  const timings = [];
  for (const [i, width] of widths.entries()) {
    const elements = batchSize * width;
    const passes = Math.ceil(elementsPerRound / elements);
    const alone = timeKernels({ activations, elements, rounds, passes }).timings;
    const steps = await timeSteps({
      activations: [...activations, 'maxout'],
      inputs: width,
      hidden: Array.from({ length: hiddenLayers }, () => width),
      outputs: classes,
      batchSize,
      rounds,
      steps: Math.min(mostSteps, Math.max(leastSteps, passes)),
      seed,
      signal,
      onProgress: (fraction) => onProgress((i + fraction) / widths.length),
    });
    for (const { activation, round, secondsPerStep } of steps) {
      const kernel = alone.find((timing) => timing.activation === activation && timing.round === round);
      const { forward = null, backward = null } = kernel ?? {};
      timings.push({ kind: 'step', width, activation, round, secondsPerStep, forward, backward });
    }
  }
  return { rows: [], timings };
}
