import { ParameterError } from '@relu-lab/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import recorded from '../../test/fixtures/statistics.json' with { type: 'json' };
import { type QuantileType, median, quantile, quantiles } from '../index.ts';

const { heavy } = recorded.samples;

describe('median', () => {
  it('is the middle value, or the mean of two', () => {
    expect(median([9, 1, 5])).toBe(5);
    expect(median([9, 1, 5, 2])).toBe(3.5);
    expect(() => median([])).toThrow(ParameterError);
  });

  it('is NaN with a NaN wherever it stands, and orders infinities', () => {
    for (const values of [
      [NaN, 1, 2],
      [1, NaN, 2],
      [1, 2, NaN],
      [NaN, 1],
      [1, 1, 1, 1, NaN],
    ]) {
      expect(median(values)).toBeNaN();
    }
    expect(median([Infinity, 1, -Infinity])).toBe(1);
    expect(median([Infinity, Infinity, 3])).toBe(Infinity);
    expect(median([-Infinity, 10, 9])).toBe(9);
  });
});

describe('quantile', () => {
  it.each(recorded.quantiles)('of type $type at $p is what NumPy gives', ({ type, p, value }) => {
    expect(quantile(heavy, p, { type: type as QuantileType })).toBeCloseTo(value, 12);
  });

  it('takes type 7 by default: quartiles of 1 … 4 are 1.75 and 3.25', () => {
    expect(quantiles([4, 1, 3, 2], [0.25, 0.75])).toEqual([1.75, 3.25]);
  });

  it('stays with a value where the position is a whole number, and next to infinities', () => {
    expect(quantile([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, Infinity], 0.3)).toBe(4);
    expect(quantile([-Infinity, -Infinity, 3], 0.25)).toBe(-Infinity);
    expect(quantile([NaN, 1, 2], 0)).toBeNaN();
  });

  it('grows with the probability, and lies within the values', () => {
    const someValues = fc.array(fc.double({ noNaN: true, min: -1e9, max: 1e9 }), { minLength: 1, maxLength: 30 });
    const type = fc.constantFrom<QuantileType>(5, 6, 7, 8);
    fc.assert(
      fc.property(
        someValues,
        type,
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (values, kind, a, b) => {
          const [low, high] = quantiles(values, [Math.min(a, b), Math.max(a, b)], { type: kind });
          const slack = 1e-12 * Math.max(...values.map(Math.abs));
          expect(low).toBeLessThanOrEqual(high + slack);
          expect(low).toBeGreaterThanOrEqual(Math.min(...values) - slack);
          expect(high).toBeLessThanOrEqual(Math.max(...values) + slack);
        },
      ),
    );
  });

  it('refuses no values, probabilities that are none, and other types', () => {
    expect(() => quantile([], 0.5)).toThrow(ParameterError);
    expect(() => quantile([1], 1.5)).toThrow(/from 0 to 1, not 1.5/);
    expect(() => quantile([1], NaN)).toThrow(ParameterError);
    expect(() => quantile([1], 0.5, { type: 4 as 5 })).toThrow(/5, 6, 7 or 8, not 4/);
    expect(() => quantile([1], 0.5, { kind: 7 } as object)).toThrow(/type/);
  });
});
