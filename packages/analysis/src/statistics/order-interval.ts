import { readOptions } from '@relu-lab/core/options';
import { checkFiniteValues, levelRule } from './options.ts';

export interface LevelOptions {
  /** Confidence level, between 0 and 1. Default 0.95. */
  readonly level?: number;
}

/** An interval of the median between two of the values. */
export interface MedianInterval {
  readonly interval: readonly [number, number];
  /** The level that was asked for. */
  readonly level: number;
  /**
   * The probability that such an interval covers the median of a continuous distribution: at least `level` where there are values
   * enough, 1 − 2^(1−n) for the whole range of n values where there are not.
   */
  readonly coverage: number;
}

/**
 * The distribution-free interval of the median: from the k-th smallest to the k-th largest value, with the largest k for which
 * P[Bin(n, ½) < k] is at most half of 1 − level. With fewer than 6 values no such interval covers with 95 %: then it is the whole
 * range, and `coverage` says what that is worth (0.9375 for 5, 0.5 for 2).
 *
 * @throws ParameterError when there is no value, one is not finite, or the level is not between 0 and 1.
 * @see Conover 1999, Practical Nonparametric Statistics, §3.2
 */
export function medianInterval(values: ArrayLike<number>, options: LevelOptions = {}): MedianInterval {
  const { level } = readOptions('medianInterval', options, { level: levelRule });
  checkFiniteValues('medianInterval', values);
  const { rank, coverage } = medianRanks(values.length, level);
  const sorted = Float64Array.from(values).sort();
  return { interval: [sorted[rank - 1], sorted[sorted.length - rank]], level, coverage };
}

/** k, from 1, and what the interval from the k-th smallest to the k-th largest of n values covers. */
export function medianRanks(n: number, level: number): { readonly rank: number; readonly coverage: number } {
  if (n === 1) return { rank: 1, coverage: 0 };
  const probability = fairCoin(n);
  const tail = (1 - level) / 2;
  let rank = 1;
  // P[Bin(n, ½) < rank].
  let below = probability[0];
  while (rank < n / 2 && below + probability[rank] <= tail) {
    below += probability[rank];
    rank++;
  }
  return { rank, coverage: 1 - 2 * below };
}

/** P[Bin(n, ½) = k] for k from 0 to n/2, from the middle down, since 2⁻ⁿ underflows for large n. */
function fairCoin(n: number): Float64Array {
  const middle = Math.floor(n / 2);
  const weights = new Float64Array(middle + 1);
  weights[middle] = 1;
  for (let k = middle; k > 0; k--) weights[k - 1] = (weights[k] * k) / (n - k + 1);
  let half = 0;
  for (const weight of weights) half += weight;
  // The middle of an even number is there once, everything else twice.
  const total = 2 * half - (n % 2 === 0 ? 1 : 0);
  return weights.map((weight) => weight / total);
}
