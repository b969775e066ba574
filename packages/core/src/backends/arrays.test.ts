import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { backendsHere } from '../../test/backends-here.ts';
import { anyFloat, arraysOf } from '../../test/arbitrary-floats.ts';
import { expectWithin, float32Spacing } from '../../test/closeness.ts';
import { GuardedArrays } from '../../test/guarded-arrays.ts';

const pairs = arraysOf(fc.tuple(anyFloat, anyFloat) as fc.Arbitrary<unknown> as fc.Arbitrary<number>).map((list) => {
  const tuples = list as unknown as [number, number][];
  return [tuples.map(([x]) => x), tuples.map(([, y]) => y)] as const;
});

/** Two float32 roundings of a sum a + b: both terms may be far larger than what is left of them. */
function sumBound(a: number, b: number): number {
  return 2 * float32Spacing(Math.max(Math.abs(a), Math.abs(b), Math.abs(a + b)));
}

describe.each(backendsHere)('arrays in the backend %s', (name) => {
  it('are filled with any number, to the bit', () => {
    fc.assert(
      fc.property(fc.nat(21), anyFloat, (length, value) => {
        const arrays = new GuardedArrays(name);
        const x = arrays.floats(new Array(length).fill(1));
        arrays.backend.fill(x, length, value);
        expect(arrays.read(x, length)).toEqual(new Array(length).fill(value));
        arrays.expectGuardsUntouched();
      }),
    );
  });

  it('are copied to the bit', () => {
    fc.assert(
      fc.property(arraysOf(anyFloat), (values) => {
        const arrays = new GuardedArrays(name);
        const [x, y] = [arrays.floats(values), arrays.floats(values.map(() => 1))];
        arrays.backend.copy(y, x, values.length);
        expect(arrays.read(y, values.length)).toEqual(values);
        arrays.expectGuardsUntouched();
      }),
    );
  });

  it('are scaled, with one rounding', () => {
    fc.assert(
      fc.property(arraysOf(anyFloat), anyFloat, (values, factor) => {
        const arrays = new GuardedArrays(name);
        const x = arrays.floats(values);
        arrays.backend.scale(x, values.length, factor);
        expect(arrays.read(x, values.length)).toEqual(values.map((value) => Math.fround(value * factor)));
        arrays.expectGuardsUntouched();
      }),
    );
  });

  it('have multiples of others added', () => {
    fc.assert(
      fc.property(pairs, fc.float({ min: -4, max: 4, noNaN: true }), ([y, x], factor) => {
        const arrays = new GuardedArrays(name);
        const [yAt, xAt] = [arrays.floats(y), arrays.floats(x)];
        arrays.backend.addScaled(yAt, xAt, y.length, factor);
        const expected = y.map((value, i) => Math.fround(value + factor * x[i]));
        const bound = (i: number): number => sumBound(y[i], factor * x[i]);
        // At the upper end of float32 the rounded product may be infinite and the exact sum not.
        const inRange = (i: number): boolean => Math.abs(factor * x[i]) < 3.4e38;
        const result = arrays.read(yAt, y.length);
        expectWithin(
          result.filter((_, i) => inRange(i)),
          expected.filter((_, i) => inRange(i)),
          (at) => bound([...y.keys()].filter(inRange)[at]),
        );
        expect(arrays.read(xAt, x.length)).toEqual(x);
        arrays.expectGuardsUntouched();
      }),
    );
  });
});
