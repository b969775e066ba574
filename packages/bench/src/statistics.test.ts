import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { quantile, ratioOf, spreadOf } from './statistics.ts';

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

describe('spreadOf', () => {
  it('sorts by size, not by text', () => {
    expect(spreadOf([10, 9, 100])).toEqual({
      lowest: 9,
      lowerQuartile: 9.5,
      median: 10,
      upperQuartile: 55,
      highest: 100,
      count: 3,
    });
  });

  it('does not depend on the order of rounds', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 1e-9, max: 1e3, noNaN: true }), { minLength: 1 }), (values) => {
        expect(spreadOf([...values].reverse())).toEqual(spreadOf(values));
      }),
    );
  });
});

describe('ratioOf', () => {
  it('is theirs over ours, by medians, so that above 1 is faster', () => {
    expect(ratioOf([1, 2, 3], [4, 8, 100]).value).toBe(4);
  });

  it('has the quartiles of the ratios in the same rounds, so that a slow moment of both does not count', () => {
    expect(ratioOf([1, 10, 1], [3, 30, 3]).quartiles).toEqual([3, 3]);
  });

  it('has no spread, which is not a spread of 0, where the rounds were not the same, or one', () => {
    expect(ratioOf([1, 1, 1], [5])).toEqual({ value: 5, quartiles: null });
    expect(ratioOf([1], [5])).toEqual({ value: 5, quartiles: null });
  });
});
