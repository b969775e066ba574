import { ParameterError, identity, leakyRelu, maxout, relu, tanh } from '@relu-lab/core';
import { describe, expect, it } from 'vitest';
import { batchNormGrowth } from './batch-norm-growth.ts';

describe('batchNormGrowth', () => {
  it('of ReLU is π/(π − 1)', () => {
    expect(batchNormGrowth(relu)).toBeCloseTo(Math.PI / (Math.PI - 1), 14);
    expect(batchNormGrowth(relu)).toBeCloseTo(1.46694, 5);
  });

  it('of a linear network is 1, and of leaky ReLU in between', () => {
    expect(batchNormGrowth(identity)).toBeCloseTo(1, 14);
    const alpha = 0.3;
    const expected = (1 + alpha ** 2) / 2 / ((1 + alpha ** 2) / 2 - (1 - alpha) ** 2 / (2 * Math.PI));
    expect(batchNormGrowth(leakyRelu({ alpha }))).toBeCloseTo(expected, 14);
  });

  it('of an odd activation is E[φ’²]/E[φ²]', () => {
    expect(batchNormGrowth(tanh)).toBeCloseTo(0.4644029024 / 0.3942944904, 8);
  });

  it('refuses maxout', () => {
    expect(() => batchNormGrowth(maxout() as never)).toThrow(ParameterError);
  });
});
