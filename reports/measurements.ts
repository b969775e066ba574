import { holm, median, medianInterval, proportion, signFlipTest, summarizeSeeds } from '@relu-lab/analysis';
import type { Measurement } from '@relu-lab/report';
import type { Row } from '@relu-lab/sweep';

/** Which rows are meant: those with these values under these keys. */
export type Selection = Readonly<Record<string, string | number | boolean>>;

/** The rows that a selection means. */
export function select(rows: readonly Row[], selection: Selection): readonly Row[] {
  return rows.filter((row) => Object.entries(selection).every(([key, value]) => row[key] === value));
}

/** One number a seed (or a round): the mean of `key` over the selected rows of that seed. */
export function bySeed(
  rows: readonly Row[],
  selection: Selection,
  key: string,
  unit: 'seed' | 'round' = 'seed',
): ReadonlyMap<number, number> {
  const values = new Map<number, number[]>();
  for (const row of select(rows, selection)) {
    const seed = Number(row[unit]);
    values.set(seed, [...(values.get(seed) ?? []), row[key] === null ? NaN : Number(row[key])]);
  }
  return new Map([...values].map(([seed, list]) => [seed, list.reduce((sum, value) => sum + value, 0) / list.length]));
}

/** Combines two numbers of the same seed, for seeds that have both. */
export function paired(
  first: ReadonlyMap<number, number>,
  second: ReadonlyMap<number, number>,
  combine: (a: number, b: number) => number,
): ReadonlyMap<number, number> {
  return new Map(
    [...first].flatMap(([seed, a]) => {
      const b = second.get(seed);
      return b === undefined ? [] : [[seed, combine(a, b)] as const];
    }),
  );
}

export interface MeasurementOptions {
  /** `log` for the geometric mean of positive quantities. Default `linear`. */
  readonly scale?: 'linear' | 'log';
  /** Least and greatest possible value: the interval is cut there. Default: none. */
  readonly bounds?: readonly [least: number, greatest: number];
}

/** Bounds of a share. */
export const share = { bounds: [0, 1] } as const;

/**
 * The mean over seeds with its 95 % interval, as claims take it. Seeds without a usable value, such as diverged runs, are left
 * out; `seeds` says how many are in it.
 *
 * Student's interval knows no bounds: of shares near 0 or 1 it may reach beyond. What lies there is impossible, so that cutting
 * it off leaves the coverage as it is.
 */
export function measurement(
  values: ReadonlyMap<number, number>,
  { scale = 'linear', bounds: [least, greatest] = [-Infinity, Infinity] }: MeasurementOptions = {},
): Measurement {
  const usable = [...values.values()].filter((value) => Number.isFinite(value) && (scale === 'linear' || value > 0));
  if (usable.length === 0) return { estimate: NaN, interval: null, seeds: 0 };
  const { mean, interval, seeds } = summarizeSeeds(usable, { scale });
  return {
    estimate: mean,
    interval: interval && [Math.max(interval[0], least), Math.min(interval[1], greatest)],
    seeds,
  };
}

/**
 * The median over seeds with its distribution-free interval, at 95 % where there are at least six seeds: for shares and counts that lie
 * skewed. Seeds without a usable value are left out; with fewer than six there is no interval.
 */
export function medianMeasurement(values: ReadonlyMap<number, number>): Measurement {
  const usable = [...values.values()].filter(Number.isFinite);
  if (usable.length === 0) return { estimate: NaN, interval: null, seeds: 0 };
  const { interval, coverage, level } = medianInterval(usable);
  return { estimate: median(usable), interval: coverage >= level ? interval : null, seeds: usable.length };
}

/**
 * The share of seeds for which something holds (value 1, of 0 and 1), with Wilson's interval: Student's has no width where all seeds agree.
 * Seeds without a usable value are left out.
 */
export function seedShare(values: ReadonlyMap<number, number>): Measurement {
  const usable = [...values.values()].filter(Number.isFinite);
  if (usable.length === 0) return { estimate: NaN, interval: null, seeds: 0 };
  const { share: estimate, interval } = proportion(usable.filter((value) => value === 1).length, usable.length);
  return { estimate, interval, seeds: usable.length };
}

/** Two conditions over the same seeds; whatever is not finite diverged. */
export interface Comparison {
  readonly first: ReadonlyMap<number, number>;
  readonly second: ReadonlyMap<number, number>;
}

/** What a comparison came to: whether the first is `less` or `greater` than the second, beyond chance. */
export interface Comparing {
  readonly outcome: 'less' | 'greater' | 'undecided';
  /** Mean of first − second over the seeds in which neither diverged; NaN where there are none. */
  readonly difference: number;
  /** Of the sign-flip test, two-sided, adjusted for the number of comparisons by Holm's method; 1 where there is nothing to test. */
  readonly pValue: number;
  readonly pairs: number;
}

/** Compares several pairs of conditions at once: sign-flip tests over seeds, adjusted for their number by Holm's method, at level 0.05. */
export function compareAll(comparisons: readonly Comparison[]): readonly Comparing[] {
  const tests = comparisons.map(({ first, second }) => {
    const seeds = [...first.keys()].filter((seed) => second.has(seed));
    if (seeds.length === 0) return { statistic: null, pValue: null, pairs: 0 };
    const outcomes = (values: ReadonlyMap<number, number>) =>
      seeds.map((seed) => (Number.isFinite(values.get(seed)) ? (values.get(seed) ?? NaN) : 'diverged'));
    return signFlipTest(outcomes(first), outcomes(second));
  });
  const adjusted = holm(tests.map(({ pValue }) => pValue ?? 1));
  return tests.map(({ statistic, pairs }, i) => {
    const difference = statistic ?? NaN;
    const decided = adjusted[i] <= 0.05 && difference !== 0;
    return {
      outcome: decided ? (difference < 0 ? 'less' : 'greater') : 'undecided',
      difference,
      pValue: adjusted[i],
      pairs,
    };
  });
}

/**
 * Of several comparisons, the share in which the first condition is the lesser. Those that are undecided make its interval: from the share
 * that are won for certain to that of all but the lost ones.
 */
export function shareWon(comparisons: readonly Comparison[]): Measurement {
  const found = compareAll(comparisons);
  const count = (wanted: Comparing['outcome']): number => found.filter(({ outcome }) => outcome === wanted).length;
  if (found.length === 0) return { estimate: NaN, interval: null, seeds: 0 };
  const won = count('less') / found.length;
  return {
    estimate: won,
    interval: [won, 1 - count('greater') / found.length],
    seeds: Math.min(...found.map(({ pairs }) => pairs)),
    unit: `of ${found.length} comparisons, corrected for their number (Holm)`,
  };
}
