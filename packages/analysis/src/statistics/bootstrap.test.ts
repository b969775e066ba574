import { ParameterError, random } from '@relu-lab/core';
import { describe, expect, it } from 'vitest';
import recorded from '../../test/fixtures/statistics.json' with { type: 'json' };
import { type BootstrapOptions, bootstrapInterval, medianInterval } from '../index.ts';

const { heavy, few } = recorded.samples;

/** Spatial ability of 26 children, test A: Efron & Tibshirani 1993, table 14.1. */
const spatial = [48, 36, 20, 29, 42, 42, 20, 42, 22, 41, 45, 14, 6, 0, 33, 28, 34, 4, 32, 24, 47, 41, 24, 26, 30, 41];

function variance(values: Float64Array): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
}

describe('bootstrapInterval', () => {
  it('is the BCa interval of Efron and Tibshirani’s variance of spatial data, (115.8, 259.6) at 90 %', () => {
    const { estimate, interval, method, acceleration, bias } = bootstrapInterval(spatial, {
      statistic: variance,
      level: 0.9,
      resamples: 20_000,
    });
    expect(method).toBe('bca');
    expect(estimate).toBeCloseTo(171.5, 1);
    expect(acceleration).toBeCloseTo(0.061, 3);
    // Theirs are of 2000 resamples: z₀ = 0.146 with a standard error of 0.028, ends with one of 2 to 4.
    expect(Math.abs((bias ?? NaN) - 0.146)).toBeLessThan(4 * 0.028);
    expect(Math.abs((interval?.[0] ?? NaN) - 115.8)).toBeLessThan(6);
    expect(Math.abs((interval?.[1] ?? NaN) - 259.6)).toBeLessThan(12);
  });

  it('agrees with SciPy’s BCa of the mean of heavy tails, but for the resamples drawn', () => {
    const { interval, method } = bootstrapInterval(heavy, { statistic: 'mean', resamples: 40_000, seed: 5 });
    const [low, high] = recorded.bootstrap.mean.bca;
    expect(method).toBe('bca');
    expect(Math.abs((interval?.[0] ?? NaN) - low)).toBeLessThan(0.03);
    expect(Math.abs((interval?.[1] ?? NaN) - high)).toBeLessThan(0.1);
  });

  it('agrees with SciPy’s BCa of the median: between the same values', () => {
    const { interval } = bootstrapInterval(heavy, { resamples: 40_000 });
    expect(interval?.[0]).toBeCloseTo(recorded.bootstrap.median.bca[0], 10);
    expect(interval?.[1]).toBeCloseTo(recorded.bootstrap.median.bca[1], 10);
  });

  // Of 400 intervals that cover with 95 %, 363 to 397 cover, but for one time in 10 000 (4 standard errors of the count).
  it.each<[string, BootstrapOptions, number, number]>([
    ['median of a log-normal, 20 values', {}, 20, 1],
    ['mean of a mildly skewed one, 40 values', { statistic: 'mean' }, 40, Math.exp(0.25 ** 2 / 2)],
  ])('covers as often as it says: %s', (_, options, size, truth) => {
    const stream = random(17).stream('coverage');
    let covered = 0;
    for (let run = 0; run < 400; run++) {
      const spread = options.statistic === 'mean' ? 0.25 : 1;
      const values = Array.from({ length: size }, () => Math.exp(stream.normal(0, spread)));
      const { interval } = bootstrapInterval(values, { ...options, resamples: 400, seed: run });
      if (interval && interval[0] <= truth && truth <= interval[1]) covered++;
    }
    expect(covered).toBeGreaterThanOrEqual(363);
    expect(covered).toBeLessThanOrEqual(397);
  });

  it('is the same for the same seed, and moves with scale and place', () => {
    const one = bootstrapInterval(heavy, { seed: 3, resamples: 500 });
    expect(bootstrapInterval(heavy, { seed: 3, resamples: 500 })).toEqual(one);
    const moved = bootstrapInterval(
      heavy.map((value) => 4 * value + 8),
      { seed: 3, resamples: 500 },
    );
    expect(moved.interval?.[0]).toBeCloseTo(4 * (one.interval?.[0] ?? NaN) + 8, 10);
    expect(moved.interval?.[1]).toBeCloseTo(4 * (one.interval?.[1] ?? NaN) + 8, 10);
  });

  it('says what it does with few values', () => {
    expect(bootstrapInterval([3])).toMatchObject({ estimate: 3, interval: null, method: 'none' });
    expect(bootstrapInterval([2, 2, 2])).toMatchObject({ interval: [2, 2], method: 'constant' });
    expect(bootstrapInterval(few)).toMatchObject({ interval: [0.3, 5.2], method: 'order-statistics' });
    expect(bootstrapInterval(few).reason).toContain('0.9375');
    // Student: 1.98 ± 2.776445 × √(14.708/4) / √5.
    const student = bootstrapInterval(few, { statistic: 'mean' });
    expect(student.method).toBe('student');
    expect(student.interval?.[1]).toBeCloseTo(1.98 + (2.776445 * Math.sqrt(14.708 / 4)) / Math.sqrt(5), 3);
  });

  it('takes plain quantiles of the resamples of few values for another statistic, as SciPy does when asked', () => {
    const range = (values: Float64Array): number => Math.max(...values) - Math.min(...values);
    const { interval, method, reason } = bootstrapInterval(few, { statistic: range, resamples: 20_000 });
    expect(method).toBe('percentile');
    expect(reason).toBe('fewer than 8 values');
    expect(interval?.[0]).toBeCloseTo(recorded.bootstrapOfFew[0], 10);
    expect(interval?.[1]).toBeCloseTo(recorded.bootstrapOfFew[1], 10);
  });

  it('takes plain quantiles where every resample lies on one side', () => {
    const size = (values: Float64Array): number => (new Set(values).size === 10 ? 1 : 0);
    const { method, reason } = bootstrapInterval([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], { statistic: size, resamples: 100 });
    expect(method).toBe('percentile');
    expect(reason).toContain('one side');
  });

  it('takes plain quantiles where the acceleration is too large for the level', () => {
    // Leaving out one value of 100 changes the largest, and no other does: a = 98/(6 √9900) = 0.164. And z₀ + z = 0.5 + 6.1.
    const values = Array.from({ length: 100 }, (_, i) => i);
    const largest = (sample: Float64Array): number => Math.max(...sample);
    const { method, reason } = bootstrapInterval(values, { statistic: largest, level: 1 - 1e-9 });
    expect(method).toBe('percentile');
    expect(reason).toContain('acceleration');
  });

  it('refuses values that are not finite, statistics that are none, and options out of range', () => {
    expect(() => bootstrapInterval([])).toThrow(ParameterError);
    expect(() => bootstrapInterval([1, NaN])).toThrow(/NaN \(at 1\)/);
    expect(() => bootstrapInterval([1, 2], { statistic: 'mode' as 'mean' })).toThrow(/'median', 'mean' or a function/);
    expect(() => bootstrapInterval([1, 2], { statistic: () => NaN })).toThrow(/finite number on every resample/);
    expect(() => bootstrapInterval([1, 2], { level: 95 })).toThrow(/between 0 and 1/);
    expect(() => bootstrapInterval([1, 2], { resamples: 10 })).toThrow(ParameterError);
    expect(() => bootstrapInterval([1, 2], { seed: -1 })).toThrow(ParameterError);
    expect(() => bootstrapInterval([1, 2], { samples: 10 } as object)).toThrow(/did you mean 'resamples'/);
  });
});

describe('medianInterval', () => {
  // Conover's tables, and any of the sign test: P[Bin(n, ½) < k] ≤ 0.025.
  it.each([
    [5, 1, 0.9375],
    [6, 1, 0.96875],
    [10, 2, 1 - 22 / 1024],
    [20, 6, 0.9586],
    [100, 40, 0.9648],
    [10_000, 4902, 0.9512],
  ])('of %i values goes from number %i to its mirror image, and covers with %f', (n, rank, coverage) => {
    const values = Array.from({ length: n }, (_, i) => (i * 7) % n); // 7 divides none of them
    const found = medianInterval(values);
    expect(found.interval).toEqual([rank - 1, n - rank]);
    expect(found.coverage).toBeCloseTo(coverage, 4);
  });

  it('covers as often as it says, whatever the distribution', () => {
    const stream = random(4).stream('coverage');
    const runs = 2000;
    let covered = 0;
    for (let run = 0; run < runs; run++) {
      const { interval } = medianInterval(Array.from({ length: 10 }, () => stream.uniform() ** 5));
      if (interval[0] <= 0.5 ** 5 && 0.5 ** 5 <= interval[1]) covered++;
    }
    const coverage = 1 - 22 / 1024;
    expect(Math.abs(covered / runs - coverage)).toBeLessThan(4 * Math.sqrt((coverage * (1 - coverage)) / runs));
  });
});
