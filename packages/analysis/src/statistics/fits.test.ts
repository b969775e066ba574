import { ParameterError, ShapeError, random } from '@relu-lab/core';
import { describe, expect, it } from 'vitest';
import recorded from '../../test/fixtures/statistics.json' with { type: 'json' };
import { fitGrowth, fitLine, fitPower } from '../index.ts';

describe('fitLine', () => {
  it('gives Anscombe’s line, 3.0001 + 0.5001 x with a standard error of 0.1179', () => {
    const x = [10, 8, 13, 9, 11, 14, 6, 4, 12, 7, 5];
    const y = [8.04, 6.95, 7.58, 8.81, 8.33, 9.96, 7.24, 4.26, 10.84, 4.82, 5.68];
    const { slope, intercept, slopeError, interval, residualDeviation } = fitLine(x, y);
    expect(slope).toBeCloseTo(0.5001, 4);
    expect(intercept).toBeCloseTo(3.0001, 4);
    expect(slopeError).toBeCloseTo(0.1179, 4);
    expect(residualDeviation).toBeCloseTo(1.237, 3);
    // t(0.975; 9) = 2.262157.
    expect(interval?.[1]).toBeCloseTo(0.50009 + 2.262157 * 0.11791, 4);
  });

  it('agrees with SciPy', () => {
    const { x, y, slope, intercept, slopeError, interval } = recorded.line;
    const found = fitLine(x, y);
    expect(found.slope).toBeCloseTo(slope, 12);
    expect(found.intercept).toBeCloseTo(intercept, 12);
    expect(found.slopeError).toBeCloseTo(slopeError, 12);
    expect(found.interval?.[0]).toBeCloseTo(interval[0], 8);
  });

  it('has no interval through two points, and refuses fewer', () => {
    expect(fitLine([0, 2], [1, 5])).toMatchObject({ slope: 2, intercept: 1, interval: null, slopeError: null });
    expect(() => fitLine([1], [1])).toThrow(ParameterError);
    expect(() => fitLine([2, 2, 2], [1, 2, 3])).toThrow(/different x/);
    expect(() => fitLine([1, 2], [1])).toThrow(ShapeError);
    expect(() => fitLine([1, 2], [1, NaN])).toThrow(/\(2, NaN\)/);
  });
});

describe('fitGrowth', () => {
  it('finds the factor of an exponential, and of one with positions', () => {
    const found = fitGrowth([3, 6, 12, 24]);
    expect(found.factor).toBeCloseTo(2, 12);
    expect(found.interval?.[0]).toBeCloseTo(2, 9);
    expect(fitGrowth([5, 5 / 64], { positions: [1, 4] }).factor).toBeCloseTo(1 / 4, 12);
  });

  it('covers the true factor in 95 % of runs with independent deviations', () => {
    const stream = random(3).stream('noise');
    const runs = 1000;
    let covered = 0;
    for (let run = 0; run < runs; run++) {
      const { interval } = fitGrowth(Array.from({ length: 8 }, (_, i) => 0.9 ** i * Math.exp(stream.normal(0, 0.3))));
      if (interval && interval[0] <= 0.9 && 0.9 <= interval[1]) covered++;
    }
    expect(Math.abs(covered / runs - 0.95)).toBeLessThan(4 * Math.sqrt((0.95 * 0.05) / runs));
  });

  it('leaves out what has no logarithm, and says so', () => {
    expect(fitGrowth([1, 0.5, 0, Infinity, 1 / 16])).toMatchObject({ leftOut: 2, factor: expect.closeTo(0.5, 10) });
    expect(() => fitGrowth([1, 0, 0])).toThrow(/there are 1 of 3/);
    expect(() => fitGrowth([1, -1])).toThrow(ParameterError);
    expect(() => fitGrowth([1, 2], { positions: [1] })).toThrow(ShapeError);
  });
});

describe('fitPower', () => {
  it('finds the exponent of a power law', () => {
    const widths = [16, 32, 64, 128];
    const found = fitPower(
      widths,
      widths.map((n) => 7 * n ** -0.5),
    );
    expect(found.slope).toBeCloseTo(-0.5, 12);
    expect(Math.exp(found.line.intercept)).toBeCloseTo(7, 10);
  });

  it('refuses an x without logarithm', () => {
    expect(() => fitPower([0, 1], [1, 1])).toThrow(/positive finite x, not 0/);
    expect(() => fitPower([1, 2], [1])).toThrow(ShapeError);
  });
});
