import { ParameterError, elu, hardSwish, relu, relu6, selu, tanh } from '@relu-lab/core';
import { describe, expect, it } from 'vitest';
import { lengthMap, lengthSlope } from './length-map.ts';

describe('lengthMap', () => {
  it('of ReLU without bias is σ_w²/2 × q', () => {
    for (const q of [0, 0.3, 7]) expect(lengthMap(relu, { weightVariance: 1.6, q })).toBeCloseTo(0.8 * q, 14);
  });

  it('keeps SELU’s variance 1 at σ_w² = 1', () => {
    expect(lengthMap(selu, { weightVariance: 1, q: 1 })).toBeCloseTo(1, 14);
  });

  it('adds the bias variance', () => {
    expect(lengthMap(tanh, { weightVariance: 2, biasVariance: 0.3, q: 1 })).toBeCloseTo(2 * 0.3942944904 + 0.3, 9);
    expect(lengthMap(tanh, { weightVariance: 2, biasVariance: 0.3, q: 0 })).toBe(0.3);
  });
});

describe('lengthSlope', () => {
  it.each([tanh, elu({ alpha: 1.5 }), relu6, hardSwish, selu])('is the derivative of the length map: $name', (phi) => {
    for (const q of [0.2, 1, 12]) {
      const options = { weightVariance: 1.3, biasVariance: 0.1 };
      const step = 1e-4 * q;
      const [up, down] = [q + step, q - step].map((length) => lengthMap(phi, { ...options, q: length }));
      expect(lengthSlope(phi, { ...options, q })).toBeCloseTo((up - down) / (2 * step), 7);
    }
  });

  it('has a limit at 0', () => {
    expect(lengthSlope(relu, { weightVariance: 3, q: 0 })).toBe(1.5);
    expect(lengthSlope(tanh, { weightVariance: 3, q: 0 })).toBe(3);
  });
});

describe('both refuse', () => {
  it('negative variances and lengths', () => {
    for (const map of [lengthMap, lengthSlope]) {
      expect(() => map(tanh, { weightVariance: -1, q: 1 })).toThrow(ParameterError);
      expect(() => map(tanh, { weightVariance: 1, biasVariance: -1, q: 1 })).toThrow(ParameterError);
      expect(() => map(tanh, { weightVariance: 1, q: -1 })).toThrow(ParameterError);
      expect(() => map(tanh, { weightVariance: 1 } as never)).toThrow('needs q');
    }
  });
});
