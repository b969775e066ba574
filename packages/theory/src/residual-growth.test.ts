import { ParameterError, relu, tanh } from '@relu-lab/core';
import { describe, expect, it } from 'vitest';
import { expectRelative } from '../test/closeness.ts';
import { fixupScale, residualGrowth } from './residual-growth.ts';

describe('residualGrowth', () => {
  it('doubles the length and the squared gradient a block, for ReLU at σ_w² = 2', () => {
    expect(residualGrowth(relu, { weightVariance: 2, blocks: 4 })).toEqual({
      q: [1, 2, 4, 8, 16],
      squaredGradient: [16, 8, 4, 2, 1],
    });
  });

  it('is bounded by e for branches scaled with 1/√blocks, however many there are', () => {
    for (const blocks of [10, 1000]) {
      const { q } = residualGrowth(relu, { weightVariance: 2, blocks, scale: 1 / Math.sqrt(blocks) });
      expectRelative(q[blocks], (1 + 1 / blocks) ** blocks, 1e-11);
      expect(q[blocks]).toBeLessThan(Math.E);
    }
  });

  it('of tanh grows by at most σ_w² a block', () => {
    const { q, squaredGradient } = residualGrowth(tanh, { weightVariance: 1, biasVariance: 0.5, blocks: 3, q: 2 });
    expect(q).toHaveLength(4);
    for (let block = 1; block < q.length; block++) {
      expect(q[block]).toBeGreaterThan(q[block - 1] + 0.5);
      expect(q[block]).toBeLessThan(q[block - 1] + 1.5);
      expect(squaredGradient[block - 1]).toBeGreaterThan(squaredGradient[block]);
    }
    expect(squaredGradient[3]).toBe(1);
  });

  it('refuses negative variances and half blocks', () => {
    expect(() => residualGrowth(relu, { weightVariance: -2, blocks: 4 })).toThrow(ParameterError);
    expect(() => residualGrowth(relu, { weightVariance: 2, blocks: 1.5 })).toThrow(ParameterError);
    expect(() => residualGrowth(relu, { weightVariance: 2, blocks: 1, q: 0 })).toThrow(ParameterError);
  });
});

describe('fixupScale', () => {
  it('is L^(−1/(2m − 2))', () => {
    expect(fixupScale({ blocks: 16, layersPerBlock: 2 })).toBeCloseTo(1 / 4, 15);
    expect(fixupScale({ blocks: 16, layersPerBlock: 3 })).toBeCloseTo(1 / 2, 15);
    expect(() => fixupScale({ blocks: 16, layersPerBlock: 1 })).toThrow(ParameterError);
  });
});
