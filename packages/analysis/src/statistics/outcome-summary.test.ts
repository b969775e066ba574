import { ParameterError, random } from '@relu-lab/core';
import { describe, expect, it } from 'vitest';
import recorded from '../../test/fixtures/statistics.json' with { type: 'json' };
import { splitOutcomes, summarizeOutcomes } from '../index.ts';

const { heavy } = recorded.samples;

describe('summarizeOutcomes', () => {
  it('counts diverged runs apart, with the interval of their share', () => {
    const summary = summarizeOutcomes([3, 'diverged', 1, NaN, 2, -Infinity]);
    expect(summary).toMatchObject({ runs: 6, finite: 3, diverged: 3, median: 2, mean: 2, deviation: 1, zeros: 0 });
    expect(summary.divergedShare).toMatchObject({ successes: 3, trials: 6, share: 0.5 });
  });

  it('has nothing to say of runs that all diverged, but that they did', () => {
    expect(summarizeOutcomes(['diverged', NaN])).toMatchObject({
      finite: 0,
      diverged: 2,
      median: null,
      interval: null,
      mean: null,
      deviation: null,
      quantiles: [],
    });
  });

  it('takes geometric mean and deviation on the log scale, as SciPy does', () => {
    const { mean, deviation, median, interval } = summarizeOutcomes(heavy, { scale: 'log' });
    expect(mean).toBeCloseTo(recorded.geometric.mean, 12);
    expect(deviation).toBeCloseTo(recorded.geometric.deviation, 10);
    // The two in the middle meet in their geometric mean.
    const sorted = [...heavy].sort((a, b) => a - b);
    expect(median).toBeCloseTo(Math.sqrt(sorted[11] * sorted[12]), 12);
    expect(interval?.[0]).toBeGreaterThan(0);
  });

  it('finds the quantiles of a log-normal', () => {
    const stream = random(6).stream('values');
    const values = Array.from({ length: 4000 }, () => Math.exp(stream.normal(-3, 2)));
    const { quantiles, median } = summarizeOutcomes(values, { scale: 'log', probabilities: [0.1, 0.9] });
    // Errors of a quantile: √(p (1 − p)/n) over the density; ±1.2816 are the 10 % points of N(0, 1), with density 0.17550.
    const error = (2 * Math.sqrt(0.09 / 4000)) / 0.1755;
    expect(Math.abs(Math.log(quantiles[0].value) - (-3 - 2 * 1.28155))).toBeLessThan(4 * error);
    expect(Math.abs(Math.log(quantiles[1].value) - (-3 + 2 * 1.28155))).toBeLessThan(4 * error);
    expect(Math.abs(Math.log(median ?? NaN) + 3)).toBeLessThan(4 * 2 * Math.sqrt(Math.PI / 2 / 4000));
  });

  it('lets zeros count in the median of the log scale and not in the mean', () => {
    const summary = summarizeOutcomes([0, 1, 100, 0, 10], { scale: 'log' });
    expect(summary).toMatchObject({ zeros: 2, median: 1, interval: [0, 100], intervalMethod: 'order-statistics' });
    expect(summary.mean).toBeCloseTo(10, 10);
    expect(summarizeOutcomes([0, 0], { scale: 'log' })).toMatchObject({ median: 0, mean: null, zeros: 2 });
    expect(summarizeOutcomes([0], { scale: 'log' })).toMatchObject({ median: 0, interval: null });
  });

  it('has no interval for one run', () => {
    expect(summarizeOutcomes([5])).toMatchObject({ median: 5, interval: null, meanInterval: null, deviation: null });
  });

  it('refuses no outcomes, missing ones, and negative ones on the log scale', () => {
    expect(() => summarizeOutcomes([])).toThrow(ParameterError);
    expect(() => summarizeOutcomes([1, undefined as unknown as number])).toThrow(/undefined \(at 1\)/);
    expect(() => summarizeOutcomes([1, -2], { scale: 'log' })).toThrow(/at least 0, not -2/);
    expect(() => summarizeOutcomes([1], { scale: 'ln' as 'log' })).toThrow(/'linear' or 'log', not 'ln'/);
    expect(() => splitOutcomes(['exploded' as 'diverged'])).toThrow(/'diverged', not exploded/);
  });
});
