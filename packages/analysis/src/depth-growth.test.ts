import { ParameterError, maxout, tanh } from '@relu-lab/core';
import { describe, expect, it } from 'vitest';
import { depthGrowth } from './index.ts';

describe('depthGrowth', () => {
  // Squares change by σ_w²/2 a ReLU layer, up and down; the typical network of width n drifts by −5/(2n) a layer in the logarithm, and spreads by
  // √(5/n) (Hanin & Rolnick 2018): over L layers and S seeds the rate is known to √(5/(n L S)).
  const [width, depth, seeds] = [128, 12, 12];
  const tolerance = 4 * Math.sqrt(5 / (width * depth * seeds));

  it.each([1 / 3, 1, 2, 4])('is σ_w²/2 a layer for ReLU at σ_w² = %d', (weightVariance) => {
    const { forward, backward, broken } = depthGrowth({ weightVariance, width, depth, seeds });
    for (const { measured, predicted, interval } of [forward, backward]) {
      expect(predicted).toBeCloseTo(weightVariance / 2, 10);
      expect(Math.abs(Math.log(measured / (weightVariance / 2)) + 2.5 / width)).toBeLessThan(tolerance);
      expect(interval?.[0]).toBeLessThan(measured);
    }
    expect(broken).toBe(0);
  });

  it('doubles a block in a residual network of He ReLU', () => {
    const { forward, backward, verdict, layers } = depthGrowth({ residual: true, width, depth, seeds });
    for (const { measured, predicted } of [forward, backward]) {
      expect(predicted).toBeCloseTo(2, 10);
      expect(Math.abs(Math.log(measured / 2) + 2.5 / width)).toBeLessThan(tolerance);
    }
    expect(layers).toHaveLength(depth + 1);
    expect(layers[depth].predicted.secondMoment).toBeCloseTo(2 ** depth, 6);
    expect(verdict).toEqual({ forward: 'exploding', backward: 'exploding' });
  });

  it('is held by batch norm in the signal, and grows by π/(π − 1) in the gradient', () => {
    const { forward, backward } = depthGrowth({ normalization: 'batch', width, depth, seeds, samples: 256 });
    expect(forward.predicted).toBeCloseTo(1, 10);
    expect(Math.abs(forward.measured - 1)).toBeLessThan(0.03);
    expect(backward.predicted).toBeCloseTo(Math.PI / (Math.PI - 1), 8);
    expect(Math.abs(Math.log(backward.measured / (backward.predicted ?? NaN)))).toBeLessThan(tolerance);
  });

  it('is held by layer norm in both', () => {
    const { forward, backward } = depthGrowth({ normalization: 'layer', width, depth, seeds });
    for (const { measured, predicted } of [forward, backward]) {
      expect(predicted).toBeCloseTo(1, 8);
      expect(Math.abs(Math.log(measured))).toBeLessThan(tolerance + 2.5 / width);
    }
  });

  it('follows the length that signals have for tanh, layer by layer', () => {
    const { layers } = depthGrowth({ activation: tanh, weightVariance: 1, width: 256, depth: 8, seeds });
    for (const { secondMoment, predicted } of layers) {
      // A layer of 256 strays by √(2/256) = 0.09, twelve of them by a quarter of that; 8 layers, four deviations.
      expect(Math.abs(secondMoment / (predicted.secondMoment ?? NaN) - 1)).toBeLessThan(
        (4 * 0.09 * Math.sqrt(8)) / Math.sqrt(12),
      );
    }
  });

  it('says what vanishes, and counts seeds that broke', () => {
    expect(depthGrowth({ weightVariance: 0.5, depth: 12, seeds: 2 }).verdict.forward).toBe('vanishing');
    expect(depthGrowth({ weightVariance: 2, depth: 12, seeds: 2 }).verdict).toEqual({
      forward: 'healthy',
      backward: 'healthy',
    });
    const overflow = depthGrowth({ weightVariance: 1e12, depth: 12, seeds: 2, width: 16 });
    expect(overflow).toMatchObject({ broken: 2, verdict: { forward: 'exploding' } });
    expect(overflow.forward.measured).toBeNaN();
    expect(depthGrowth({ residual: true, normalization: 'layer', depth: 4, seeds: 1 }).forward).toMatchObject({
      predicted: null,
      interval: null,
    });
  });

  it('draws the networks of consecutive seeds, from the first that is asked for', () => {
    const rate = (firstSeed: number, seeds: number): number =>
      depthGrowth({ depth: 6, width: 16, firstSeed, seeds }).forward.measured;
    expect(rate(7, 2)).toBeCloseTo(Math.sqrt(rate(7, 1) * rate(8, 1)), 12);
    expect(rate(7, 1)).not.toBe(rate(8, 1));
  });

  it('refuses what makes no network', () => {
    expect(() => depthGrowth({ activation: maxout() as never })).toThrow(/elementwise activations, not maxout/);
    for (const options of [
      { depth: 3 },
      { width: 1 },
      { weightVariance: 0 },
      { seeds: 0 },
      { firstSeed: -1 },
      { samples: 1 },
      { normalization: 'group' as never },
    ]) {
      expect(() => depthGrowth(options)).toThrow(ParameterError);
    }
  });
});
