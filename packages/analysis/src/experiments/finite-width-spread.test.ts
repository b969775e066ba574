import { ParameterError } from '@relu-lab/core';
import { describe, expect, it } from 'vitest';
import { finiteWidthSpread, runFiniteWidth } from '../index.ts';

describe('finiteWidthSpread', () => {
  const networks = 800;
  const { kind, rows, summary } = finiteWidthSpread({ widths: [32], depths: [5, 9], networks, seeds: [3] });

  it('has a row a network', () => {
    expect(kind).toBe('finite-width-spread');
    expect(rows).toHaveLength(2 * networks);
    expect(runFiniteWidth({ width: 32, depth: 5, networks }, 3)).toEqual(rows.slice(0, networks));
  });

  // ln M has variance 5β: its mean over n networks a standard error of √(5β/n), its median one √(π/2) times that. What the law leaves out is of the
  // order of Σ 1/n²: 0.004 and 0.008 here, times a small number.
  it('finds the typical network at e^(−5β/2) of the mean', () => {
    for (const { measured, predicted, depth } of summary) {
      const error = Math.sqrt(predicted.logVariance / networks);
      const missing = (5 * (depth - 1)) / 32 ** 2;
      expect(predicted.logMean).toBeCloseTo((-5 * (depth - 1)) / 32 / 2, 12);
      expect(Math.abs((measured.logMean ?? NaN) - predicted.logMean)).toBeLessThan(4 * error + missing);
      expect(Math.abs(Math.log(measured.median / predicted.median))).toBeLessThan(4 * 1.2533 * error + missing);
      // A sample variance of a normal has a relative standard error of √(2/n); the next order is some 5/n of it.
      expect(Math.abs((measured.logVariance ?? NaN) / predicted.logVariance - 1)).toBeLessThan(
        4 * Math.sqrt(2 / networks) + 5 / 32,
      );
    }
  });

  it('finds the mean kept, and the second moment of the shallower networks', () => {
    for (const { measured, predicted } of summary) {
      const error = Math.sqrt((predicted.secondMomentRatio - 1) / networks);
      expect(Math.abs(measured.mean - 1)).toBeLessThan(4 * error);
    }
    // E[M⁴] of a log-normal with 5β = 0.625 makes the ratio's standard error about 0.17.
    expect(Math.abs(summary[0].measured.secondMomentRatio - (1 + 5 / 32) ** 4)).toBeLessThan(4 * 0.17);
  });

  it('has quantiles along the predicted band', () => {
    for (const { quantiles, predicted } of summary) {
      expect(quantiles.map(({ p }) => p)).toEqual([0.05, 0.25, 0.5, 0.75, 0.95]);
      for (const { p, measured, predicted: expected } of quantiles) {
        // Of ln M: √(p (1 − p)/n) over the density at the quantile; the tails of a sum of few logarithms are not quite normal.
        const density = Math.abs(p - 0.5) > 0.4 ? 0.10314 : Math.abs(p - 0.5) > 0.2 ? 0.31778 : 0.39894;
        const error = Math.sqrt((predicted.logVariance * p * (1 - p)) / networks) / density;
        expect(Math.abs(Math.log(measured / expected))).toBeLessThan(4 * error + 0.15);
      }
    }
  });

  it('counts silent networks apart', () => {
    const [cell] = finiteWidthSpread({ widths: [2], depths: [8], networks: 400 }).summary;
    expect(cell.silent).toBeGreaterThan(200); // 1 − (3/4)⁷ = 0.87 of them
    expect(cell.measured.median).toBe(0);
  });

  it('refuses what is no grid', () => {
    expect(() => finiteWidthSpread({ widths: [8], depths: [1] })).toThrow(/at least 2, not 1/);
    expect(() => finiteWidthSpread({ widths: [8, 8], depths: [2] })).toThrow(/8 twice/);
    expect(() => finiteWidthSpread({ widths: [8], depths: [2], seeds: [-1] })).toThrow(ParameterError);
    expect(() => runFiniteWidth({ depth: 3 } as { width: number; depth: number }, 0)).toThrow(ParameterError);
  });
});
