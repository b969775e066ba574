import fc from 'fast-check';

/** Numbers at which kernels go wrong: not finite, zeros of both signs, subnormal, at the ends of float32. */
export const specialFloats: readonly number[] = [
  0,
  -0,
  NaN,
  Infinity,
  -Infinity,
  1.401298464324817e-45,
  -1.401298464324817e-45,
  1e-40,
  -1e-40,
  1.1754943508222875e-38,
  -1.1754943508222875e-38,
  3.4028234663852886e38,
  -3.4028234663852886e38,
  1,
  -1,
  3,
  -3,
  6,
  88.7,
  -87.4,
  100,
  -100,
  -104,
  1e4,
  -1e4,
].map(Math.fround);

/** float32 numbers of moderate size. */
export const moderateFloat: fc.Arbitrary<number> = fc.float({ min: -8, max: 8, noNaN: true });

/** Any float32, the special ones often. */
export const anyFloat: fc.Arbitrary<number> = fc.oneof(
  { weight: 3, arbitrary: moderateFloat },
  { weight: 1, arbitrary: fc.float() },
  { weight: 1, arbitrary: fc.constantFrom(...specialFloats) },
);

/** Arrays of `length` numbers. */
export function arrayOf(element: fc.Arbitrary<number>, length: number): fc.Arbitrary<number[]> {
  return fc.array(element, { minLength: length, maxLength: length });
}

/** Arrays of up to `maxLength` numbers, empty ones among them. */
export function arraysOf(element: fc.Arbitrary<number>, maxLength = 21): fc.Arbitrary<number[]> {
  return fc.array(element, { maxLength });
}
