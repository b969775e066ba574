import { madd, widenHigh, widenLow } from './lanes';

// eˣ = 2ⁿ eʳ with n = round(x / ln 2) and r = x − n ln 2, |r| ≤ 0.35. The polynomials are minimax fits (scripts/fit-kernels.py) of
// (eʳ − 1 − r) / r², for the relative error of eʳ (3.3e-9) and of eʳ − 1 (1.4e-8).

// @ts-ignore: decorator
@inline const perLn2: f32 = 1.44269504;
/** ln 2 in two parts; the first has 9 bits, so that its product with n is exact. */
// @ts-ignore: decorator
@inline const ln2High: f32 = 0.693359375;
// @ts-ignore: decorator
@inline const ln2Low: f32 = -2.12194440e-4;
/** 1.5 × 2²³: a number between −2²² and 2²² added to it is rounded to a whole one, which stands in the low bits. */
// @ts-ignore: decorator
@inline const rounder: f32 = 12582912.0;

/** `rounder` + n for x: the bits are those of `rounder` plus the integer n. */
// @ts-ignore: decorator
@inline
export function octaves(x: v128): v128 {
  return madd(x, f32x4.splat(perLn2), f32x4.splat(rounder));
}

/** r = x − n ln 2 for what {@link octaves} returned. */
// @ts-ignore: decorator
@inline
export function remainder(x: v128, rounded: v128): v128 {
  const n = f32x4.sub(rounded, f32x4.splat(rounder));
  return madd(n, f32x4.splat(-ln2Low), madd(n, f32x4.splat(-ln2High), x));
}

/** eʳ − 1, for use beside a 1: to about a fifth of the unit in the last place of eʳ. */
// @ts-ignore: decorator
@inline
export function excess(r: v128): v128 {
  let q = madd(r, f32x4.splat(0.0013813144760206342), f32x4.splat(0.008369418792426586));
  q = madd(r, q, f32x4.splat(0.04166845604777336));
  q = madd(r, q, f32x4.splat(0.16666515171527863));
  q = madd(r, q, f32x4.splat(0.4999999403953552));
  return madd(f32x4.mul(r, r), q, r);
}

/** eʳ. */
// @ts-ignore: decorator
@inline
export function mantissa(r: v128): v128 {
  return f32x4.add(f32x4.splat(1), excess(r));
}

/** eʳ − 1. */
// @ts-ignore: decorator
@inline
function mantissaMinusOne(r: v128): v128 {
  let q = madd(r, f32x4.splat(0.0013882395578548312), f32x4.splat(0.008367180824279785));
  q = madd(r, q, f32x4.splat(0.04166722297668457));
  q = madd(r, q, f32x4.splat(0.16666539013385773));
  q = madd(r, q, f32x4.splat(0.4999999701976776));
  return madd(f32x4.mul(r, r), q, r);
}

/** 2ⁿ x for n from −190 to 63: by way of 2ⁿ⁺⁶⁴ x, so that it rounds into the subnormal numbers once. */
// @ts-ignore: decorator
@inline
export function scaled(x: v128, rounded: v128): v128 {
  // The bits of `rounder` above its lowest nine are lost in the shift: what is left is n, in the place of an exponent.
  const power = i32x4.add(i32x4.shl(rounded, 23), f32x4.splat(18446744073709551616.0));
  return f32x4.mul(f32x4.mul(x, power), f32x4.splat(5.421010862427522e-20));
}

/** eˣ for −131 ≤ x ≤ 43; NaN for NaN. */
// @ts-ignore: decorator
@inline
export function exp(x: v128): v128 {
  const rounded = octaves(x);
  return scaled(mantissa(remainder(x, rounded)), rounded);
}

/** eˣ − 1 to about one unit in the last place, for −80 ≤ x ≤ 0; NaN for NaN, 0 for −0. */
// @ts-ignore: decorator
@inline
export function expMinusOne(x: v128): v128 {
  const rounded = octaves(x);
  const minusOne = mantissaMinusOne(remainder(x, rounded));
  const power = i32x4.add(i32x4.shl(rounded, 23), f32x4.splat(1)); // as in `scaled`
  return madd(power, minusOne, f32x4.sub(power, f32x4.splat(1)));
}

// In float64 eˣ neither overflows nor vanishes where float32 does, and what is made of it keeps the accuracy of eʳ − 1. A
// vector of four is two of float64: low and high lanes.

/** The high halves of 2ⁿ as float64. */
// @ts-ignore: decorator
@inline
export function widePowers(rounded: v128): v128 {
  return i32x4.add(i32x4.shl(rounded, 20), i32x4.splat(0x3ff00000));
}

/** eˣ of lanes 0 and 1 in float64, from {@link excess} and {@link widePowers}, for −700 ≤ x ≤ 700. */
// @ts-ignore: decorator
@inline
export function expLow(excess: v128, powers: v128): v128 {
  const power = v128.shuffle<i32>(i32x4.splat(0), powers, 0, 4, 1, 5);
  return f64x2.add(power, f64x2.mul(power, widenLow(excess)));
}

/** The same of lanes 2 and 3. */
// @ts-ignore: decorator
@inline
export function expHigh(excess: v128, powers: v128): v128 {
  const power = v128.shuffle<i32>(i32x4.splat(0), powers, 2, 6, 3, 7);
  return f64x2.add(power, f64x2.mul(power, widenHigh(excess)));
}
