import type { Measurement } from '@relu-lab/report';
import type { Row } from '@relu-lab/sweep';
import { type CorrectedMeasurement, holmMeasurements } from '../holm.ts';
import { type Selection, bySeed, paired } from '../measurements.ts';
import { reference, variants } from './contestants.ts';

/** The slope below 0 that leaky ReLU usually has. */
export const usualSlope = 0.01;

/** The slopes below 0 that are swept; the first is ReLU's. */
export const slopes: readonly number[] = [0, usualSlope, 0.1, 0.25, 0.5, 1];

/** Slopes above the usual one that are no straight line. */
export const largerSlopes: readonly number[] = slopes.filter((alpha) => alpha > usualSlope && alpha < 1);

/** By seed, the accuracy of the runs that a selection means. */
export function accuracy(rows: readonly Row[], selection: Selection): ReadonlyMap<number, number> {
  return bySeed(rows, selection, 'accuracy');
}

/** By seed, how much more accurate the first are than the second. */
export function advantage(rows: readonly Row[], first: Selection, second: Selection): ReadonlyMap<number, number> {
  return paired(accuracy(rows, first), accuracy(rows, second), (a, b) => a - b);
}

/** Comparisons that are judged together, by the name of what is compared. */
export type Comparisons = Readonly<Record<string, CorrectedMeasurement>>;

/** Every variant against ReLU, on digits or on the mean of the toy sets; intervals and p values are corrected for their number. */
export function variantsAgainstRelu(rows: readonly Row[], kind: 'run' | 'toy'): Comparisons {
  const against = { kind, contestant: reference.name };
  return corrected(variants.map(({ name }) => [name, advantage(rows, { kind, contestant: name }, against)] as const));
}

/** Larger slopes below 0 against the usual one, corrected for their number. */
export function slopesAgainstUsual(rows: readonly Row[]): Comparisons {
  const usual = { kind: 'slope', alpha: usualSlope };
  return corrected(
    largerSlopes.map((alpha) => [`α = ${alpha}`, advantage(rows, { kind: 'slope', alpha }, usual)] as const),
  );
}

function corrected(differences: readonly (readonly [string, ReadonlyMap<number, number>])[]): Comparisons {
  return holmMeasurements(
    Object.fromEntries(differences.map(([name, bySeed]) => [name, { differences: bySeed, threshold: 0 }])),
  );
}

/**
 * The comparison whose difference reaches furthest upwards (or downwards) in units of its interval: what "some is better" rests on. The intervals
 * are corrected for the number of comparisons, and so for this choice.
 */
export function furthest(comparisons: Comparisons, direction: 'upwards' | 'downwards'): Measurement {
  const sign = direction === 'upwards' ? 1 : -1;
  const reach = ({ measurement: { estimate, interval } }: CorrectedMeasurement): number =>
    interval === null ? -Infinity : (sign * estimate) / Math.max(interval[1] - interval[0], Number.MIN_VALUE);
  const ranked = Object.entries(comparisons).sort(([, a], [, b]) => reach(b) - reach(a));
  if (ranked.length === 0) return { estimate: NaN, interval: null, seeds: 0 };
  const [[name, { measurement }]] = ranked;
  return { ...measurement, unit: `for ${name}` };
}
