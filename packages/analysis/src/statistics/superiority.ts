import { readOptions } from '@relu-lab/core/options';
import jstat from 'jstat';
import { levelRule } from './options.ts';
import type { LevelOptions } from './order-interval.ts';
import { type Outcome, splitOutcomes } from './outcome.ts';

/** How often a run of the first condition comes out above one of the second. Null where a condition has no run that did not diverge. */
export interface Superiority {
  /** Runs of each condition that did not diverge. */
  readonly runs: readonly [number, number];
  readonly diverged: readonly [number, number];
  /** Vargha and Delaney's A = P[first > second] + ½ P[first = second]: ½ for no difference. */
  readonly a: number | null;
  readonly interval: readonly [number, number] | null;
  /** Cliff's δ = 2 A − 1. */
  readonly delta: number | null;
  readonly deltaInterval: readonly [number, number] | null;
  readonly level: number;
}

/**
 * Effect size of two conditions without any assumption on their distributions, for runs that need not be paired. The interval is
 * Cliff's asymmetric one, (δ − δ³ ± t s √((1 − δ²)² + t² s²)) / (1 − δ² + t² s²), with t Student's quantile at n + m − 2 degrees and s² the
 * variance of δ; when no run of one condition reaches one of the other (|δ| = 1) its inner end is (k − t²)/(k + t²), k the smaller
 * number of runs.
 *
 * @throws ParameterError for outcomes or options that are not acceptable.
 * @see Vargha & Delaney 2000, https://doi.org/10.3102/10769986025002101; Cliff 1996, https://doi.org/10.1207/s15327906mbr3103_4;
 * Feng & Cliff 2004, https://doi.org/10.22237/jmasm/1099267560
 */
export function superiority(
  first: readonly Outcome[],
  second: readonly Outcome[],
  options: LevelOptions = {},
): Superiority {
  const { level } = readOptions('superiority', options, { level: levelRule });
  const [x, y] = [splitOutcomes(first), splitOutcomes(second)];
  const common = {
    runs: [x.finite.length, y.finite.length],
    diverged: [x.diverged, y.diverged],
    level,
  } as const;
  if (x.finite.length === 0 || y.finite.length === 0) {
    return { ...common, a: null, interval: null, delta: null, deltaInterval: null };
  }
  const dominance = dominanceOf(x.finite, y.finite);
  const ends = x.finite.length + y.finite.length > 2 ? deltaInterval(dominance, level) : null;
  return {
    ...common,
    a: (dominance.delta + 1) / 2,
    interval: ends && [(ends[0] + 1) / 2, (ends[1] + 1) / 2],
    delta: dominance.delta,
    deltaInterval: ends,
  };
}

interface Dominance {
  readonly delta: number;
  readonly variance: number;
  readonly sizes: readonly [number, number];
}

/** δ is the mean of sign(xᵢ − yⱼ); its variance is estimated from the means by row and by column. */
function dominanceOf(x: readonly number[], y: readonly number[]): Dominance {
  const [n, m] = [x.length, y.length];
  const rows = x.map((value) => y.reduce((sum, other) => sum + Math.sign(value - other), 0) / m);
  const columns = y.map((other) => x.reduce((sum, value) => sum + Math.sign(value - other), 0) / n);
  const delta = rows.reduce((sum, value) => sum + value, 0) / n;
  const spread = (values: readonly number[]): number => values.reduce((sum, value) => sum + (value - delta) ** 2, 0);
  const cells = x.reduce(
    (sum, value) => sum + y.reduce((inner, other) => inner + (Math.sign(value - other) - delta) ** 2, 0),
    0,
  );
  const pairs = n * m;
  // With one run on a side its spread cannot be seen: what the signs themselves spread is all there is.
  const unbiased =
    n > 1 && m > 1
      ? (m * m * spread(rows) + n * n * spread(columns) - cells) / (pairs * (n - 1) * (m - 1))
      : cells / (pairs * Math.max(1, pairs - 1));
  return { delta, variance: Math.max(unbiased, (1 - delta * delta) / Math.max(1, pairs - 1)), sizes: [n, m] };
}

function deltaInterval({ delta, variance, sizes: [n, m] }: Dominance, level: number): readonly [number, number] {
  const t = jstat.studentt.inv((1 + level) / 2, n + m - 2);
  if (Math.abs(delta) === 1) {
    const fewer = Math.min(n, m);
    const inner = (fewer - t * t) / (fewer + t * t);
    return delta === 1 ? [inner, 1] : [-1, -inner];
  }
  const spread = t * t * variance;
  const centre = delta - delta * delta * delta;
  const half = Math.sqrt(spread) * Math.sqrt((1 - delta * delta) ** 2 + spread);
  const scale = 1 - delta * delta + spread;
  return [Math.max(-1, (centre - half) / scale), Math.min(1, (centre + half) / scale)];
}
