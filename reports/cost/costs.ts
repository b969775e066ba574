import type { Row } from '@relu-lab/sweep';
import { bySeed, paired } from '../measurements.ts';
import { workOf } from './work.ts';

/** By round. */
type Rounds = ReadonlyMap<number, number>;

/** Nanoseconds an element, forward and backward together, of the activation alone. */
export function ofElement(timings: readonly Row[], activation: string, elements: number): Rounds {
  return both(timings, { kind: 'element', activation, elements });
}

/** The forward pass of an activation against a copy of the same array in the same round. */
export function againstCopy(timings: readonly Row[], activation: string, elements: number): Rounds {
  const selection = { kind: 'element', activation, elements };
  return ratio(bySeed(timings, selection, 'forward', 'round'), bySeed(timings, selection, 'copy', 'round'));
}

/** Seconds of a training step. */
export function ofStep(timings: readonly Row[], activation: string, width: number): Rounds {
  return bySeed(timings, { kind: 'step', activation, width }, 'secondsPerStep', 'round');
}

/** Seconds of a training step that its activations take: as long as they take alone, times all their elements. */
export function ofActivations(timings: readonly Row[], activation: string, width: number, batchSize: number): Rounds {
  const { elements } = workOf(width, batchSize);
  const nanoseconds = both(timings, { kind: 'step', activation, width });
  return new Map([...nanoseconds].map(([round, each]) => [round, 1e-9 * each * elements]));
}

/** The share of a training step that its activations take. */
export function shareOfStep(timings: readonly Row[], activation: string, width: number, batchSize: number): Rounds {
  return ratio(ofActivations(timings, activation, width, batchSize), ofStep(timings, activation, width));
}

/** How many times as fast a step would be if its activations took no time: Amdahl's 1/(1 − share). */
export function speedUpIfFree(timings: readonly Row[], activation: string, width: number, batchSize: number): Rounds {
  return new Map([...shareOfStep(timings, activation, width, batchSize)].map(([round, p]) => [round, 1 / (1 - p)]));
}

/** A round's first number as a multiple of its second. */
export function ratio(first: Rounds, second: Rounds): Rounds {
  return paired(first, second, (a, b) => a / b);
}

function both(timings: readonly Row[], selection: Readonly<Record<string, string | number>>): Rounds {
  const time = (key: string) => bySeed(timings, selection, key, 'round');
  return paired(time('forward'), time('backward'), (forward, backward) => forward + backward);
}
