import { describe, expect, it } from 'vitest';
import { products } from './matrix-product.ts';
import { steps } from './training-step.ts';

describe('the contenders', () => {
  it('multiply to the same matrix', () => {
    const [expected, ...others] = products(64).map((product) => {
      product.run();
      return product.result();
    });
    for (const other of others) {
      const difference = other.map((value, i) => Math.abs(value - expected[i]));
      // 64 products of standard normals, summed in float32.
      expect(Math.max(...difference)).toBeLessThan(64 * 2 ** -20);
    }
  });

  it('train to the same loss, which falls', () => {
    const losses = steps([5, 16, 16, 3], 32).map((step) => {
      step.run();
      const first = step.loss();
      for (let i = 0; i < 500; i++) step.run();
      return { first, last: step.loss() };
    });
    for (const { first, last } of losses) {
      expect(first).toBeCloseTo(losses[0].first, 5);
      expect(last).toBeCloseTo(losses[0].last, 4);
      expect(last).toBeLessThan(first);
    }
  });
});
