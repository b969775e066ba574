import type { Row } from '@relu-lab/sweep';
import { type Comparison, holmMeasurements } from '../holm-measurements.ts';
import { type Selection, bySeed, paired } from '../measurements.ts';
import { reference, variants } from './contestants.ts';

/** The slopes below 0 that are swept; the first is ReLU's, the second the usual one of leaky ReLU. */
export const slopes: readonly number[] = [0, 0.01, 0.1, 0.25, 0.5, 1];

/** Slopes above the usual one that are no straight line. */
export const largerSlopes: readonly number[] = slopes.filter((alpha) => alpha > 0.01 && alpha < 1);

/** By seed, the accuracy of the runs that a selection means. */
export function accuracy(rows: readonly Row[], selection: Selection): ReadonlyMap<number, number> {
  return bySeed(rows, selection, 'accuracy');
}

/** By seed, how much more accurate the first are than the second. */
export function advantage(rows: readonly Row[], first: Selection, second: Selection): ReadonlyMap<number, number> {
  return paired(accuracy(rows, first), accuracy(rows, second), (a, b) => a - b);
}

/** Every variant against ReLU, on digits or on the mean of the toy sets; intervals and p values are corrected for their number. */
export function variantsAgainstRelu(rows: readonly Row[], kind: 'run' | 'toy'): ReadonlyMap<string, Comparison> {
  return holmMeasurements(
    new Map(
      variants.map(({ name }) => [
        name,
        advantage(rows, { kind, contestant: name }, { kind, contestant: reference.name }),
      ]),
    ),
  );
}

/** Larger slopes below 0 against the usual 0.01, corrected for their number. */
export function slopesAgainstUsual(rows: readonly Row[]): ReadonlyMap<string, Comparison> {
  return holmMeasurements(
    new Map(
      largerSlopes.map((alpha) => [
        `α = ${alpha}`,
        advantage(rows, { kind: 'slope', alpha }, { kind: 'slope', alpha: 0.01 }),
      ]),
    ),
  );
}
