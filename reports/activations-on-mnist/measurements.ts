import { summarizeSeeds } from '@relu-lab/analysis';
import type { Measurement } from '@relu-lab/report';
import type { Row } from '@relu-lab/sweep';

/** Which rows are meant: those with these values under these keys. */
export type Selection = Readonly<Record<string, string | number | boolean>>;

/** The rows that a selection means. */
export function select(rows: readonly Row[], selection: Selection): readonly Row[] {
  return rows.filter((row) => Object.entries(selection).every(([key, value]) => row[key] === value));
}

/** One number a seed: the mean of `key` over the selected rows of that seed. */
export function bySeed(rows: readonly Row[], selection: Selection, key: string): ReadonlyMap<number, number> {
  const values = new Map<number, number[]>();
  for (const row of select(rows, selection)) {
    const seed = Number(row.seed);
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

/** The mean over seeds with its 95 % interval, as claims take it; on the log scale the geometric mean. */
export function measurement(values: ReadonlyMap<number, number>, scale: 'linear' | 'log' = 'linear'): Measurement {
  const usable = [...values.values()].filter((value) => Number.isFinite(value) && (scale === 'linear' || value > 0));
  if (usable.length === 0) return { estimate: NaN, interval: null, seeds: 0 };
  const { mean, interval, seeds } = summarizeSeeds(usable, { scale });
  return { estimate: mean, interval, seeds };
}
