import { holm, pairedTTest, summarizeOutcomes } from '@relu-lab/analysis';
import type { Measurement } from '@relu-lab/report';

/** One of several comparisons. */
export interface Comparison {
  /** The mean difference with an interval at the level at which Holm's method tests it. */
  readonly measurement: Measurement;
  /** Of the paired t test, adjusted for the number of comparisons; null where there is no spread to test. */
  readonly adjustedP: number | null;
}

/** Chance, at most, that any of the intervals of a family has the wrong sign. */
const familyError = 0.05;

/**
 * Mean differences of paired runs, one list by seed for each comparison, with intervals that together have the wrong sign with a probability of
 * at most 5 %: Holm's step-down method, so that an interval leaves 0 out exactly where the adjusted p value of the paired t test is below 0.05.
 *
 * The comparison with the smallest p value of m has an interval at 1 − 0.05/m, the next one at 1 − 0.05/(m − 1), and so on as long as 0 is left
 * out; the rest has the level of the first that does not. Seeds without a usable value are left out.
 */
export function holmMeasurements(
  differences: ReadonlyMap<string, ReadonlyMap<number, number>>,
): ReadonlyMap<string, Comparison> {
  const tested = [...differences].map(([name, bySeed]) => {
    const values = [...bySeed.values()].filter(Number.isFinite);
    return { name, values, p: pValueOf(values) };
  });
  const adjusted = holm(tested.map(({ p }) => p ?? 1));
  const ascending = [...tested.entries()].sort(([, a], [, b]) => (a.p ?? 1) - (b.p ?? 1));
  const levels = new Map<string, number>();
  let error = familyError / tested.length;
  ascending.forEach(([, { name, p }], k) => {
    levels.set(name, 1 - error);
    const isDifferent = p !== null && p <= error && k < tested.length - 1;
    if (isDifferent) error = familyError / (tested.length - k - 1);
  });
  return new Map(
    tested.map(({ name, values, p }, i) => [
      name,
      { measurement: atLevel(values, levels.get(name) ?? 1 - error), adjustedP: p === null ? null : adjusted[i] },
    ]),
  );
}

/** The comparison whose difference is the largest upwards (or downwards) in units of its interval: what "some is better" (or "worse") rests on. */
export function extreme(comparisons: ReadonlyMap<string, Comparison>, direction: 'greatest' | 'least'): Measurement {
  const sign = direction === 'greatest' ? 1 : -1;
  const distance = ({ measurement: { estimate, interval } }: Comparison): number =>
    interval === null ? -Infinity : (sign * estimate) / ((interval[1] - interval[0]) / 2);
  const ranked = [...comparisons.entries()].sort(([, a], [, b]) => distance(b) - distance(a));
  if (ranked.length === 0) return { estimate: NaN, interval: null, seeds: 0 };
  const [[name, { measurement }]] = ranked;
  return { ...measurement, unit: `(${name})` };
}

function pValueOf(differences: readonly number[]): number | null {
  if (differences.length < 2) return null;
  const { pValue } = pairedTTest(
    differences,
    differences.map(() => 0),
  );
  return pValue;
}

function atLevel(values: readonly number[], level: number): Measurement {
  if (values.length === 0) return { estimate: NaN, interval: null, seeds: 0 };
  const { mean, meanInterval } = summarizeOutcomes(values, { level });
  return { estimate: mean ?? NaN, interval: meanInterval, seeds: values.length };
}
