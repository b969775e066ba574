import { ParameterError, type RandomStream, normalCumulative, random } from '@relu-lab/core';
import { readOptions, refuseUnknown, wholeFrom } from '@relu-lab/core/options';
import jstat from 'jstat';
import { checkFiniteValues, levelRule, seedRule } from './options.ts';
import { medianInterval } from './order-interval.ts';
import { median, quantileOfSorted } from './quantile.ts';

/** A number that stands for a sample; it must not keep the array, which is used again. */
export type Statistic = (values: Float64Array) => number;

export interface BootstrapOptions {
  /** What is estimated. Default `median`. */
  readonly statistic?: 'median' | 'mean' | Statistic;
  /** Confidence level, between 0 and 1. Default 0.95. */
  readonly level?: number;
  /** Samples drawn with replacement; at least 100. Default 2000. */
  readonly resamples?: number;
  /** Seed of the resampling, which draws from the stream `bootstrap`: the same seed and values give the same interval. Default 0. */
  readonly seed?: number;
}

/** A statistic of a sample with its interval. */
export interface BootstrapInterval {
  readonly estimate: number;
  /** Null for one value, which says nothing of the spread. */
  readonly interval: readonly [number, number] | null;
  readonly level: number;
  readonly samples: number;
  /** How the interval was made: `bca` unless `reason` says why not. */
  readonly method: 'bca' | 'percentile' | 'order-statistics' | 'student' | 'constant' | 'none';
  readonly reason: string | null;
  /** z₀, the bias correction, where the method is `bca`. */
  readonly bias: number | null;
  /** a, the acceleration, where the method is `bca`. */
  readonly acceleration: number | null;
}

/** Fewer values than this get no bootstrap: the resamples of so few are too alike, and BCa covers too seldom. */
export const fewestForBootstrap = 8;

/**
 * Bias-corrected and accelerated bootstrap interval: quantiles of the statistic over resamples, at
 * Φ(z₀ + (z₀ + z)/(1 − a (z₀ + z))) for z = Φ⁻¹ of either tail, with z₀ from the share of resamples below the estimate (half of those
 * equal to it), and a from the jackknife, Σ dᵢ³ / (6 (Σ dᵢ²)^{3/2}) with dᵢ = mean − the statistic without value i.
 *
 * What is done where that is not sound, and said in `method` and `reason`:
 *
 * - one value: no interval (`none`);
 * - all values equal: the interval is that value (`constant`): nothing was seen of the spread, which need not be 0;
 * - fewer than 8 values: for the median the distribution-free interval between values ({@link medianInterval}, `order-statistics`); for
 *   the mean Student's t (`student`); for another statistic plain quantiles of the resamples (`percentile`), which are too narrow;
 * - every resample on one side of the estimate, or an acceleration a ≥ 1/(z₀ + z): plain quantiles (`percentile`).
 *
 * @throws ParameterError for values that are not finite (or none), a statistic that is not finite on some resample, or options that are
 * not acceptable.
 * @see Efron 1987, https://doi.org/10.1080/01621459.1987.10478410
 */
export function bootstrapInterval(values: ArrayLike<number>, options: BootstrapOptions = {}): BootstrapInterval {
  refuseUnknown('bootstrapInterval', options, ['statistic', 'level', 'resamples', 'seed']);
  const { statistic = 'median', ...numbers } = options;
  const { level, resamples, seed } = readOptions('bootstrapInterval', numbers, {
    level: levelRule,
    resamples: wholeFrom(100, 2000),
    seed: seedRule,
  });
  checkFiniteValues('bootstrapInterval', values);
  const sample = Float64Array.from(values);
  const measure = statisticOf(statistic);
  const estimate = measure(sample.slice());
  const found =
    withoutResamples(sample, statistic, estimate, level) ??
    fromResamples(
      sample,
      measure,
      estimate,
      level,
      resample(sample, measure, resamples, random(seed).stream('bootstrap')),
    );
  return { bias: null, acceleration: null, ...found, estimate, level, samples: sample.length };
}

type Ends = Pick<BootstrapInterval, 'interval' | 'method' | 'reason'> &
  Partial<Pick<BootstrapInterval, 'bias' | 'acceleration'>>;

/** What is done instead where there is nothing to resample, or too little; null where there is enough. */
function withoutResamples(
  sample: Float64Array,
  statistic: 'median' | 'mean' | Statistic,
  estimate: number,
  level: number,
): Ends | null {
  if (sample.length === 1) return { interval: null, method: 'none', reason: 'one value has no spread' };
  if (sample.every((value) => value === sample[0])) {
    const reason = 'all values are equal: how they spread cannot be seen';
    return { interval: [estimate, estimate], method: 'constant', reason };
  }
  if (sample.length >= fewestForBootstrap) return null;
  if (statistic === 'mean') return { interval: studentInterval(sample, level), method: 'student', reason: tooFew };
  if (statistic !== 'median') return null;
  const { interval, coverage } = medianInterval(sample, { level });
  const reason = `${tooFew}: the interval between two of them covers with a probability of ${coverage}`;
  return { interval, method: 'order-statistics', reason };
}

const tooFew = `fewer than ${fewestForBootstrap} values`;

/** BCa from the statistic of resamples, ascending; plain quantiles where that does not exist. */
function fromResamples(
  sample: Float64Array,
  measure: Statistic,
  estimate: number,
  level: number,
  drawn: Float64Array,
): Ends {
  const at = (p: number): number => quantileOfSorted(drawn, p, 7);
  const tails = [(1 - level) / 2, (1 + level) / 2] as const;
  const plain = (reason: string): Ends => ({ interval: [at(tails[0]), at(tails[1])], method: 'percentile', reason });
  if (sample.length < fewestForBootstrap) return plain(tooFew);
  const bias = biasOf(drawn, estimate);
  if (!Number.isFinite(bias)) return plain('every resample lies on one side of the estimate');
  const acceleration = accelerationOf(sample, measure);
  const shifts = tails.map((p) => bias + jstat.normal.inv(p, 0, 1));
  if (shifts.some((shift) => acceleration * shift >= 1)) return plain('the acceleration is too large for this level');
  const [low, high] = shifts.map((shift) => at(normalCumulative(bias + shift / (1 - acceleration * shift))));
  return { interval: [low, high], method: 'bca', reason: null, bias, acceleration };
}

/** Mean ± t(n − 1) s / √n. */
export function studentInterval(values: ArrayLike<number>, level: number): readonly [number, number] {
  const { length } = values;
  const centre = mean(values);
  let squares = 0;
  for (let i = 0; i < length; i++) squares += (values[i] - centre) ** 2;
  const half = jstat.studentt.inv((1 + level) / 2, length - 1) * Math.sqrt(squares / (length - 1) / length);
  return [centre - half, centre + half];
}

/** The arithmetic mean. */
export function mean(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i];
  return sum / values.length;
}

function statisticOf(statistic: 'median' | 'mean' | Statistic): Statistic {
  if (statistic === 'median') return median;
  if (statistic === 'mean') return mean;
  if (typeof statistic !== 'function') {
    throw new ParameterError(
      `statistic must be 'median', 'mean' or a function of the values, not ${String(statistic)}`,
    );
  }
  return (values) => {
    const value: unknown = statistic(values);
    if (typeof value === 'number' && Number.isFinite(value)) return value;
    throw new ParameterError(`The statistic must be a finite number on every resample, not ${String(value)}`);
  };
}

/** The statistic of samples drawn with replacement, ascending. */
function resample(sample: Float64Array, measure: Statistic, resamples: number, stream: RandomStream): Float64Array {
  const { length } = sample;
  const again = new Float64Array(length);
  const drawn = new Float64Array(resamples);
  for (let i = 0; i < resamples; i++) {
    for (let k = 0; k < length; k++) again[k] = sample[stream.integer(length)];
    drawn[i] = measure(again);
  }
  return drawn.sort();
}

/** Φ⁻¹ of the share of resamples below the estimate; those equal to it count half. */
function biasOf(drawn: Float64Array, estimate: number): number {
  let below = 0;
  for (const value of drawn) below += value < estimate ? 1 : value === estimate ? 0.5 : 0;
  if (below === 0 || below === drawn.length) return below === 0 ? -Infinity : Infinity;
  return jstat.normal.inv(below / drawn.length, 0, 1);
}

/** From the jackknife; 0 where leaving out a value changes nothing. */
function accelerationOf(sample: Float64Array, measure: Statistic): number {
  const without = Array.from(sample, (_, left) => measure(sample.filter((__, i) => i !== left)));
  const centre = mean(without);
  let squares = 0;
  let cubes = 0;
  for (const value of without) {
    squares += (centre - value) ** 2;
    cubes += (centre - value) * (centre - value) * (centre - value);
  }
  return squares === 0 ? 0 : cubes / (6 * squares * Math.sqrt(squares));
}
