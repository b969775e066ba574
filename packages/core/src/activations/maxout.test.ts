import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ParameterError, ShapeError } from '../errors.ts';
import { maxout } from './maxout.ts';

describe('maxout', () => {
  it('has two pieces by default', () => {
    expect(maxout().pieces).toBe(2);
    expect(maxout().parameters).toEqual({ pieces: 2 });
    expect(maxout({ pieces: 5 }).pieces).toBe(5);
  });

  it('is the largest of its pieces, and the first of the largest wins', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -3, max: 3 }), { minLength: 1, maxLength: 6 }), (values) => {
        const unit = maxout({ pieces: values.length });
        expect(unit.value(values)).toBe(Math.max(...values));
        expect(unit.winner(values)).toBe(values.indexOf(Math.max(...values)));
      }),
    );
  });

  it('lets NaN win, and the first of several', () => {
    const unit = maxout({ pieces: 4 });
    expect(unit.winner([1, NaN, Infinity, NaN])).toBe(1);
    expect(unit.value([1, NaN, Infinity, 2])).toBeNaN();
    expect(unit.winner([NaN, NaN, 1, 2])).toBe(0);
  });

  it('is the identity with one piece, and ReLU with a piece that is 0', () => {
    expect(maxout({ pieces: 1 }).value([-4])).toBe(-4);
    expect(maxout().value([-4, 0])).toBe(0);
    expect(maxout().value([4, 0])).toBe(4);
  });

  it('refuses another number of values than its pieces', () => {
    expect(() => maxout().value([1, 2, 3])).toThrow(ShapeError);
    expect(() => maxout().winner([])).toThrow('A maxout unit of 2 pieces takes 2 values, not 0');
  });

  it.each([0, -1, 1.5, NaN, Infinity])('refuses %d pieces', (pieces) => {
    expect(() => maxout({ pieces })).toThrow(ParameterError);
    expect(() => maxout({ pieces })).toThrow('pieces of maxout must be a whole number of at least 1');
  });
});
