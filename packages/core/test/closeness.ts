import { expect } from 'vitest';

/** Half the distance between 1 and the next float32: the largest relative error of one rounding. */
export const roundoff: number = 2 ** -24;

/** The distance from |x| to the next larger float32 (for |x| beyond the float32 numbers that of the largest). */
export function float32Spacing(x: number): number {
  const exponent = Math.floor(Math.log2(Math.abs(x)));
  return 2 ** (Math.min(Math.max(exponent, -126), 127) - 23);
}

/** Fails unless each |actual − expected| ≤ bound(i), infinities and NaN being equal to themselves alone. */
export function expectWithin(
  actual: ArrayLike<number>,
  expected: ArrayLike<number>,
  bound: (index: number) => number,
  what: (index: number) => string = (i) => `element ${i}`,
): void {
  expect(actual.length).toBe(expected.length);
  for (let i = 0; i < expected.length; i++) {
    const same = Object.is(actual[i], expected[i]) || Math.abs(actual[i] - expected[i]) <= bound(i);
    if (!same) expect.fail(`${what(i)} is ${actual[i]}, not within ${bound(i)} of ${expected[i]}`);
  }
}
