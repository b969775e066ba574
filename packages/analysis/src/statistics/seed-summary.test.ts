import { ParameterError } from '@relu-lab/core';
import { describe, expect, it } from 'vitest';
import { summarizeSeeds } from '../index.ts';

describe('summarizeSeeds', () => {
  it('gives Student’s interval of the mean', () => {
    // t(0.975; 4) = 2.776445 (tables); s of 1…5 is √2.5.
    const { mean, median: middle, interval, deviation, seeds } = summarizeSeeds([5, 1, 4, 2, 3]);
    expect([mean, middle, seeds]).toEqual([3, 3, 5]);
    expect(deviation).toBeCloseTo(Math.sqrt(2.5), 12);
    expect(interval?.[1]).toBeCloseTo(3 + (2.776445 * Math.sqrt(2.5)) / Math.sqrt(5), 5);
    expect((interval?.[0] ?? NaN) + (interval?.[1] ?? NaN)).toBeCloseTo(6, 12);
  });

  it('gives it at another level', () => {
    // t(0.995; 4) = 4.604095 (tables).
    const { interval } = summarizeSeeds([5, 1, 4, 2, 3], { level: 0.99 });
    expect(interval?.[0]).toBeCloseTo(3 - (4.604095 * Math.sqrt(2.5)) / Math.sqrt(5), 5);
    expect(() => summarizeSeeds([1, 2], { level: 95 })).toThrow(ParameterError);
  });

  it('takes factors on the log scale', () => {
    const { mean, interval, deviation, notFinite } = summarizeSeeds([1, 100, 0], { scale: 'log' });
    expect(mean).toBeCloseTo(10, 10);
    expect(notFinite).toBe(1);
    // The logs are 0 and ln 100: s = ln 100 / √2, and t(0.975; 1) = 12.7062.
    expect(Math.log(deviation ?? NaN)).toBeCloseTo(Math.log(100) / Math.SQRT2, 10);
    expect(Math.log((interval?.[1] ?? NaN) / 10)).toBeCloseTo((12.7062 * Math.log(100)) / 2, 3);
  });

  it('has no interval for one seed, and counts values that are not finite apart', () => {
    expect(summarizeSeeds([2])).toMatchObject({ kind: 'seed-summary', seeds: 1, interval: null, deviation: null });
    expect(summarizeSeeds([1, NaN, 3, Infinity])).toMatchObject({ seeds: 2, notFinite: 2, mean: 2, median: 2 });
    expect(summarizeSeeds([Infinity, -Infinity, 7])).toMatchObject({ seeds: 1, notFinite: 2, median: 7 });
    expect(() => summarizeSeeds([NaN])).toThrow(ParameterError);
    expect(() => summarizeSeeds([1], { scale: 'ln' as 'log' })).toThrow(/'linear' or 'log', not 'ln'/);
  });
});
