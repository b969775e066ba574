import { readOptions } from '@relu-lab/core/options';
import jstat from 'jstat';
import { mean } from './bootstrap.ts';
import { nonCentralT } from './noncentral-t.ts';
import { levelRule } from './options.ts';
import type { LevelOptions } from './order-interval.ts';
import type { Outcome } from './outcome.ts';
import { type DivergedPairs, pairedDifferences } from './pairs.ts';

/** How large a paired difference is beside its own spread. What is null does not exist, for `reason`. */
export interface PairedEffect {
  readonly pairs: number;
  readonly diverged: DivergedPairs;
  /** Cohen's d_z: mean over standard deviation of the differences. */
  readonly d: number | null;
  /** Interval of d_z. */
  readonly interval: readonly [number, number] | null;
  /** Hedges' g: d_z without the bias of few pairs. */
  readonly g: number | null;
  /** Interval of d_z times the same correction. */
  readonly gInterval: readonly [number, number] | null;
  readonly level: number;
  readonly reason: string | null;
}

/**
 * Cohen's d_z = mean / s of the differences first − second, with the interval of the non-centrality of t = d_z √n, exact for normal
 * differences; and Hedges' g = J d_z, J = Γ(ν/2) / (√(ν/2) Γ((ν − 1)/2)) with ν = n − 1.
 *
 * @throws ShapeError when the lists differ in length; ParameterError for outcomes or options that are not acceptable.
 * @see Hedges 1981, https://doi.org/10.3102/10769986006002107; Cumming & Finch 2001, https://doi.org/10.1177/0013164401614002
 */
export function pairedEffect(
  first: readonly Outcome[],
  second: readonly Outcome[],
  options: LevelOptions = {},
): PairedEffect {
  const { level } = readOptions('pairedEffect', options, { level: levelRule });
  const { differences, diverged } = pairedDifferences(first, second);
  const pairs = differences.length;
  const none = { pairs, diverged, d: null, interval: null, g: null, gInterval: null, level };
  if (pairs < 2) return { ...none, reason: `${pairs} pairs have no spread: at least 2 are needed` };
  const centre = mean(differences);
  const squares = differences.reduce((sum, difference) => sum + (difference - centre) ** 2, 0);
  if (squares === 0) return { ...none, reason: 'all differences are equal: there is no spread to compare them with' };
  const d = centre / Math.sqrt(squares / (pairs - 1));
  const interval = effectInterval(d, pairs, level);
  const correction = hedgesCorrection(pairs - 1);
  return {
    pairs,
    diverged,
    d,
    interval,
    g: correction === null ? null : correction * d,
    gInterval: correction === null ? null : [correction * interval[0], correction * interval[1]],
    level,
    reason: null,
  };
}

/** J; it does not exist for two pairs. */
function hedgesCorrection(degrees: number): number | null {
  if (degrees < 2) return null;
  const ratio = jstat.gammaln(degrees / 2) - jstat.gammaln((degrees - 1) / 2);
  return Math.exp(ratio) / Math.sqrt(degrees / 2);
}

/** The d for which the observed t stands at either tail of the non-central t distribution, by bisection. */
function effectInterval(d: number, pairs: number, level: number): readonly [number, number] {
  const t = d * Math.sqrt(pairs);
  const tail = (1 - level) / 2;
  const at = (probability: number): number => nonCentrality(t, pairs - 1, probability) / Math.sqrt(pairs);
  return [at(1 - tail), at(tail)];
}

/** The δ with P[T ≤ t] = `probability`, which falls as δ grows. */
function nonCentrality(t: number, degrees: number, probability: number): number {
  const cumulative = (delta: number): number => nonCentralT(t, degrees, delta);
  let step = 1;
  while (cumulative(t - step) < probability) step *= 2;
  let low = t - step;
  step = 1;
  while (cumulative(t + step) > probability) step *= 2;
  let high = t + step;
  for (let i = 0; i < 100 && high - low > 1e-10 * Math.max(1, Math.abs(high)); i++) {
    const middle = (low + high) / 2;
    if (cumulative(middle) > probability) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
