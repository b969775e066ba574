import { ParameterError } from '@relu-lab/core';
import { readOptions, refuseUnknown } from '@relu-lab/core/options';
import jstat from 'jstat';
import { levelRule } from './options.ts';

export interface ProportionOptions {
  /** Confidence level, between 0 and 1. Default 0.95. */
  readonly level?: number;
  /** `wilson` covers with the level on average, `clopper-pearson` with at least the level always. Default `wilson`. */
  readonly method?: 'wilson' | 'clopper-pearson';
}

/** A share of trials with its interval. */
export interface Proportion {
  readonly successes: number;
  readonly trials: number;
  /** successes / trials. */
  readonly share: number;
  readonly interval: readonly [number, number];
  readonly level: number;
  readonly method: 'wilson' | 'clopper-pearson';
}

/**
 * The share of successes with an interval that stays within 0 and 1 and has a width at both ends too. Wilson's score interval solves
 * |p̂ − p| = z √(p (1 − p)/n); Clopper and Pearson's takes the p at which as many or more (fewer) successes have half of 1 − level.
 *
 * @throws ParameterError unless 0 ≤ successes ≤ trials are whole numbers and there is a trial.
 * @see Wilson 1927, https://doi.org/10.1080/01621459.1927.10502953; Clopper & Pearson 1934, https://doi.org/10.1093/biomet/26.4.404
 */
export function proportion(successes: number, trials: number, options: ProportionOptions = {}): Proportion {
  refuseUnknown('proportion', options, ['level', 'method']);
  const { method = 'wilson', ...rest } = options;
  const { level } = readOptions('proportion', rest, { level: levelRule });
  if (!Number.isSafeInteger(trials) || trials < 1) {
    throw new ParameterError(`trials of proportion must be a whole number of at least 1, not ${String(trials)}`);
  }
  if (!Number.isSafeInteger(successes) || successes < 0 || successes > trials) {
    throw new ParameterError(
      `successes of proportion must be a whole number from 0 to ${trials}, not ${String(successes)}`,
    );
  }
  if (method !== 'wilson' && method !== 'clopper-pearson') {
    throw new ParameterError(`method of proportion must be 'wilson' or 'clopper-pearson', not '${String(method)}'`);
  }
  const interval = (method === 'wilson' ? wilson : clopperPearson)(successes, trials, level);
  return { successes, trials, share: successes / trials, interval, level, method };
}

function wilson(successes: number, trials: number, level: number): readonly [number, number] {
  const z = jstat.normal.inv((1 + level) / 2, 0, 1);
  const share = successes / trials;
  const centre = (successes + z ** 2 / 2) / (trials + z ** 2);
  const half = (z / (trials + z ** 2)) * Math.sqrt(trials * share * (1 - share) + z ** 2 / 4);
  // At both ends the formula gives 0 and 1 but for rounding.
  return [successes === 0 ? 0 : centre - half, successes === trials ? 1 : centre + half];
}

function clopperPearson(successes: number, trials: number, level: number): readonly [number, number] {
  const tail = (1 - level) / 2;
  const failures = trials - successes;
  return [
    successes === 0 ? 0 : jstat.beta.inv(tail, successes, failures + 1),
    failures === 0 ? 1 : jstat.beta.inv(1 - tail, successes + 1, failures),
  ];
}
