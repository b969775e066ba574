import { ParameterError } from '@relu-lab/core';
import { readOptions, refuseUnknown } from '@relu-lab/core/options';
import jstat from 'jstat';
import { checkList, levelRule } from './options.ts';
import { median } from './quantile.ts';

export interface SeedSummaryOptions {
  /**
   * `log` for positive quantities that spread over factors, such as gradient sizes: mean, deviation and interval are taken
   * of the logarithms and given back as factors, so that `mean` is the geometric mean, and the interval stays positive;
   * values that are not positive then count as not finite. Default `linear`.
   */
  readonly scale?: 'linear' | 'log';
  /** Confidence level of the interval, between 0 and 1. Default 0.95. */
  readonly level?: number;
}

/** What a measurement came to over seeds. */
export interface SeedSummary {
  readonly kind: 'seed-summary';
  /** How many seeds gave a value that can be summarised: finite, and on the log scale positive. */
  readonly seeds: number;
  /** Seeds whose value was not finite, counted apart and left out of the rest. */
  readonly notFinite: number;
  readonly median: number;
  readonly mean: number;
  /** Standard deviation over seeds, dividing by their number less one (on the log scale a factor); null for one seed. */
  readonly deviation: number | null;
  /** Interval of the mean by Student's t, at 95 % or the level asked for; null for one seed. */
  readonly interval: readonly [number, number] | null;
}

/**
 * Summary of one value a seed: median, mean, and the interval of the mean, mean ± t((1 + level)/2; n − 1) s / √n (Student 1908).
 *
 * @throws ParameterError when no value is finite, for another scale, and for a level that is not between 0 and 1.
 */
export function summarizeSeeds(values: readonly number[], options: SeedSummaryOptions = {}): SeedSummary {
  checkList('summarizeSeeds', values);
  refuseUnknown('summarizeSeeds', options, ['scale', 'level']);
  const { scale = 'linear', ...rest } = options;
  const { level } = readOptions('summarizeSeeds', rest, { level: levelRule });
  if (scale !== 'linear' && scale !== 'log') {
    throw new ParameterError(`scale must be 'linear' or 'log', not '${String(scale)}'`);
  }
  const [to, back] = scale === 'log' ? [Math.log, Math.exp] : [identity, identity];
  const usable = values.filter((value) => Number.isFinite(to(value)));
  const seeds = usable.length;
  if (seeds === 0) {
    const wanted = scale === 'log' ? 'positive finite' : 'finite';
    throw new ParameterError(`There is no ${wanted} value to summarise among ${values.length}`);
  }
  const scaled = usable.map(to);
  const mean = scaled.reduce((sum, value) => sum + value, 0) / seeds;
  const squares = scaled.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const deviation = seeds > 1 ? Math.sqrt(squares / (seeds - 1)) : null;
  const half = deviation === null ? null : (studentFactor(level, seeds) * deviation) / Math.sqrt(seeds);
  return {
    kind: 'seed-summary',
    seeds,
    notFinite: values.length - seeds,
    median: median(usable),
    mean: back(mean),
    deviation: deviation === null ? null : back(deviation),
    interval: half === null ? null : [back(mean - half), back(mean + half)],
  };
}

function identity(value: number): number {
  return value;
}

/** t((1 + level)/2; n − 1). */
function studentFactor(level: number, seeds: number): number {
  return jstat.studentt.inv((1 + level) / 2, seeds - 1);
}
