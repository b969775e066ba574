import { describe, expect, it } from 'vitest';
import { holmMeasurements } from './holm.ts';

const bySeed = (values: readonly number[]) => new Map(values.map((value, seed) => [seed, value] as const));

describe('holmMeasurements', () => {
  // Five differences of mean m and deviation √2.5: t = m / √0.5.
  const around = (mean: number) => ({ differences: bySeed([-2, -1, 0, 1, 2].map((x) => x + mean)), threshold: 0 });

  it('leaves the smallest of three p values a third of α, the next a half, and the largest all of it', () => {
    const { far, nearer, near } = holmMeasurements({ near: around(1), far: around(4), nearer: around(2.5) });
    // t(1 − 0.05/6; 4) = 3.9608, t(1 − 0.05/4; 4) = 3.4954, t(0.975; 4) = 2.7764 (tables).
    expect(far.measurement.interval?.[0]).toBeCloseTo(4 - 3.9608 * Math.SQRT1_2, 3);
    expect(nearer.measurement.interval?.[0]).toBeCloseTo(2.5 - 3.4954 * Math.SQRT1_2, 3);
    expect(near.measurement.interval?.[0]).toBeCloseTo(1 - 2.7764 * Math.SQRT1_2, 3);
  });

  it('leaves out the threshold exactly where the adjusted p value is below 5 %', () => {
    const means = [0.2, 1.9, 2.1, 2.2, 2.6, 3.1, 5];
    const corrected = holmMeasurements(Object.fromEntries(means.map((mean) => [`${mean}`, around(mean)])));
    const outcomes = Object.values(corrected).map(({ measurement: { interval }, pValue }) => ({
      leavesOut: (interval?.[0] ?? 0) > 0,
      differs: (pValue ?? 1) < 0.05,
    }));
    for (const { leavesOut, differs } of outcomes) expect(leavesOut).toBe(differs);
    expect(new Set(outcomes.map(({ differs }) => differs)).size).toBe(2);
  });

  it('holds differences against their threshold, and leaves diverged runs out', () => {
    const differences = bySeed([1.1, 0.9, NaN, 1, 1.05, 0.95]);
    const { same, other } = holmMeasurements({
      same: { differences, threshold: 1 },
      other: { differences, threshold: 0 },
    });
    expect(same).toMatchObject({ pValue: 1, measurement: { seeds: 5 } });
    expect(other.pValue).toBeLessThan(0.001);
    expect(other.measurement.estimate).toBeCloseTo(1, 12);
  });

  it('has no p value without spread, and none for a single seed', () => {
    const { none, one, empty } = holmMeasurements({
      none: { differences: bySeed([1, 1, 1]), threshold: 0 },
      one: { differences: bySeed([1]), threshold: 0 },
      empty: { differences: bySeed([]), threshold: 0 },
    });
    expect(none).toMatchObject({ pValue: null, measurement: { interval: [1, 1] } });
    expect(one).toMatchObject({ pValue: null, measurement: { interval: null, seeds: 1 } });
    expect(empty.measurement).toEqual({ estimate: NaN, interval: null, seeds: 0 });
  });
});
