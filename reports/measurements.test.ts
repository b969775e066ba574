import { describe, expect, it } from 'vitest';
import { bySeed, measurement, medianMeasurement, share } from './measurements.ts';

const values = (...list: readonly number[]) => new Map(list.map((value, seed) => [seed, value]));

describe('measurement', () => {
  it('leaves seeds without a value out, and counts the others', () => {
    const rows = [0.5, null, 0.7].map((testAccuracy, seed) => ({ kind: 'run', seed, testAccuracy }));
    const { estimate, seeds } = measurement(bySeed(rows, {}, 'testAccuracy'));
    expect(estimate).toBeCloseTo(0.6, 12);
    expect(seeds).toBe(2);
    expect(measurement(values(NaN))).toEqual({ estimate: NaN, interval: null, seeds: 0 });
  });

  it('cuts the interval of a share at 0 and 1, and no other', () => {
    // Mean 1/2 and deviation 1/√2 of two values: t(0.975; 1) = 12.7062, half the interval 6.3531.
    expect(measurement(values(0, 1)).interval?.[0]).toBeCloseTo(0.5 - 6.3531, 3);
    expect(measurement(values(0, 1)).interval?.[1]).toBeCloseTo(0.5 + 6.3531, 3);
    expect(measurement(values(0, 1), share)).toEqual({ estimate: 0.5, interval: [0, 1], seeds: 2 });
    expect(measurement(values(0.01, 1), { ...share, scale: 'log' }).interval?.[1]).toBe(1);
    const inside = values(0.5, 0.51, 0.52);
    expect(measurement(inside, share)).toEqual(measurement(inside));
    expect(measurement(values(0.4), share).interval).toBeNull();
  });
});

describe('medianMeasurement', () => {
  it('gives the whole range of six values, which covers the median with 1 − 2⁻⁵, and no interval for fewer', () => {
    expect(medianMeasurement(values(6, 1, 2, NaN, 3, 4, 5))).toEqual({ estimate: 3.5, interval: [1, 6], seeds: 6 });
    expect(medianMeasurement(values(1, 2, 9))).toEqual({ estimate: 2, interval: null, seeds: 3 });
    expect(medianMeasurement(values(NaN))).toEqual({ estimate: NaN, interval: null, seeds: 0 });
  });
});
