import { describe, expect, it } from 'vitest';
import { compare, quantile } from './compare.ts';

describe('quantile', () => {
  it('interpolates as R and NumPy do by default', () => {
    const sorted = Float64Array.of(1, 2, 4, 8);
    // numpy.quantile([1, 2, 4, 8], [0.25, 0.5, 0.75])
    expect([0.25, 0.5, 0.75].map((share) => quantile(sorted, share))).toEqual([1.75, 3, 5]);
  });

  it('is the only number of one', () => {
    expect(quantile(Float64Array.of(7), 0.25)).toBe(7);
  });
});

describe('compare', () => {
  it('times every contender in every round, after a warm-up', () => {
    const order: string[] = [];
    const contender = (name: string): { readonly name: string; run(): void } => ({
      name,
      run: () => {
        const until = performance.now() + 2;
        while (performance.now() < until);
        if (order[order.length - 1] !== name) order.push(name);
      },
    });
    const timings = compare([contender('a'), contender('b')], { rounds: 3, chunkSeconds: 0.002 });
    expect(order.join(' ')).toBe('a b a b a b a b');
    expect(timings.map((timing) => timing.contender)).toEqual(['a', 'b']);
    for (const { lowerQuartile, median, upperQuartile } of timings) {
      expect(lowerQuartile).toBeLessThanOrEqual(median);
      expect(median).toBeLessThanOrEqual(upperQuartile);
    }
  });
});
