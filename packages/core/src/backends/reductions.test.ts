import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type TestedBackend, backendsHere, buildsHere } from '../../test/backends-here.ts';
import { anyFloat, arraysOf, moderateFloat } from '../../test/arbitrary-floats.ts';
import { expectWithin, roundoff } from '../../test/closeness.ts';
import { GuardedArrays } from '../../test/guarded-arrays.ts';

function reduced(name: TestedBackend, values: number[]): { sum: number; squares: number; zeros: number } {
  const arrays = new GuardedArrays(name);
  const x = arrays.floats(values);
  const { backend } = arrays;
  return {
    sum: backend.sum(x, values.length),
    squares: backend.sumOfSquares(x, values.length),
    zeros: backend.countZeros(x, values.length),
  };
}

describe.each(backendsHere)('reductions of the backend %s', (name) => {
  it('sum, square and count small whole numbers exactly', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -9, max: 9 }), { maxLength: 70 }), (values) => {
        expect(reduced(name, values)).toEqual({
          sum: values.reduce((a, b) => a + b, 0),
          squares: values.reduce((a, b) => a + b * b, 0),
          zeros: values.filter((value) => value === 0).length,
        });
      }),
    );
  });

  it('are 0 for no elements', () => {
    expect(reduced(name, [])).toEqual({ sum: 0, squares: 0, zeros: 0 });
  });

  it('keep 1 beside 10⁸, and squares that float32 cannot hold', () => {
    expect(reduced(name, [1e8, 1, -1e8]).sum).toBe(1);
    const large = Math.fround(1e30);
    expect(reduced(name, [large, large]).squares).toBe(2 * large * large);
    const small = Math.fround(1e-30);
    expect(reduced(name, [small, 0, 0]).squares).toBe(small * small);
  });

  it('give a sum of squares that is not finite exactly when an element is not', () => {
    fc.assert(
      fc.property(arraysOf(anyFloat), (values) => {
        expect(Number.isFinite(reduced(name, values).squares)).toBe(values.every(Number.isFinite));
      }),
    );
  });

  it('tell whether all elements are finite, wherever the one that is not stands', () => {
    fc.assert(
      fc.property(arraysOf(anyFloat, 70), (values) => {
        const arrays = new GuardedArrays(name);
        expect(arrays.backend.allFinite(arrays.floats(values), values.length)).toBe(values.every(Number.isFinite));
      }),
    );
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 70 }),
        fc.nat(),
        fc.constantFrom(NaN, Infinity, -Infinity),
        (n, at, bad) => {
          const arrays = new GuardedArrays(name);
          const values = new Float32Array(n).fill(3.4028234663852886e38);
          expect(arrays.backend.allFinite(arrays.floats(values), n)).toBe(true);
          values[at % n] = bad;
          expect(arrays.backend.allFinite(arrays.floats(values), n)).toBe(false);
        },
      ),
    );
  });

  it('count zeros of both signs, and nothing else', () => {
    fc.assert(
      fc.property(arraysOf(anyFloat), (values) => {
        expect(reduced(name, values).zeros).toBe(values.filter((value) => value === 0).length);
      }),
    );
  });

  it('sum columns with one rounding at the end', () => {
    fc.assert(
      fc.property(
        fc.nat(30),
        fc.nat(41),
        fc.boolean(),
        fc.array(moderateFloat, { minLength: 1271, maxLength: 1271 }),
        (rows, columns, accumulate, pool) => {
          const arrays = new GuardedArrays(name);
          const x = pool.slice(0, rows * columns);
          const start = pool.slice(-columns || pool.length);
          const [xAt, out] = [arrays.floats(x), arrays.floats(start)];
          arrays.backend.columnSums(out, xAt, rows, columns, accumulate);
          const sums = start.map((value, c) => {
            let total = accumulate ? value : 0;
            for (let r = 0; r < rows; r++) total += x[r * columns + c];
            return total;
          });
          // 31 terms of at most 8 each, in float64, and then one rounding to float32.
          expectWithin(arrays.read(out, columns), sums, (c) => Math.abs(sums[c]) * roundoff + 1e-12);
          arrays.expectGuardsUntouched();
        },
      ),
    );
  });

  it('carry NaN and infinity into the sums of their columns alone', () => {
    const arrays = new GuardedArrays(name);
    const x = arrays.floats([1, NaN, Infinity, Infinity, 0, 1, 2, 3, -Infinity, 0]);
    const out = arrays.floats([7, 7, 7, 7, 7]);
    arrays.backend.columnSums(out, x, 2, 5, false);
    expect(arrays.read(out, 5)).toEqual([2, NaN, Infinity, NaN, 0]);
  });
});

it.each(buildsHere)('a million sums in the build %s agree with exact arithmetic to float64', (build) => {
  const tenth = Math.fround(0.1);
  expect(reduced(build, new Array(1_000_001).fill(tenth)).sum).toBeCloseTo(1_000_001 * tenth, 6);
});
