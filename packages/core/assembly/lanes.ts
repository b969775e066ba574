// Four floats at a time: what every kernel is written with.

/** a b + c: one rounding in a build with relaxed SIMD where the processor can, two otherwise. */
// @ts-ignore: decorator
@inline
export function madd(a: v128, b: v128, c: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return f32x4.relaxed_madd(a, b, c);
  return f32x4.add(f32x4.mul(a, b), c);
}

/** The first `count` (1 to 3) floats at `from`, and 0 in the other lanes. */
function loadSome(from: usize, count: usize): v128 {
  if (count == 1) return v128.load32_zero(from);
  const two = v128.load64_zero(from);
  return count == 2 ? two : v128.load32_lane(from + 8, two, 2);
}

/** Stores the first `count` (1 to 3) lanes at `to`. */
function storeSome(to: usize, lanes: v128, count: usize): void {
  if (count == 1) {
    v128.store32_lane(to, lanes, 0);
    return;
  }
  v128.store64_lane(to, lanes, 0);
  if (count == 3) v128.store32_lane(to + 8, lanes, 2);
}

/** The first `count` (1 to 4) floats at `from`, and 0 in the other lanes: nothing behind them is read. */
// @ts-ignore: decorator
@inline
export function loadLanes(from: usize, count: usize): v128 {
  return count == 4 ? v128.load(from) : loadSome(from, count);
}

/** Stores the first `count` (1 to 4) lanes at `to`: nothing behind them is written. */
// @ts-ignore: decorator
@inline
export function storeLanes(to: usize, lanes: v128, count: usize): void {
  if (count == 4) v128.store(to, lanes);
  else storeSome(to, lanes, count);
}

/** Bytes of the whole vectors among n floats. */
// @ts-ignore: decorator
@inline
export function vectorBytes(n: usize): usize {
  return (n & ~3) << 2;
}

/** Lanes 0 and 1 in float64. */
// @ts-ignore: decorator
@inline
export function widenLow(x: v128): v128 {
  return f64x2.promote_low_f32x4(x);
}

/** Lanes 2 and 3 in float64. */
// @ts-ignore: decorator
@inline
export function widenHigh(x: v128): v128 {
  return f64x2.promote_low_f32x4(v128.shuffle<f32>(x, x, 2, 3, 2, 3));
}

/** Four lanes in float32 from two pairs in float64. */
// @ts-ignore: decorator
@inline
export function narrow(low: v128, high: v128): v128 {
  return v128.shuffle<f64>(f32x4.demote_f64x2_zero(low), f32x4.demote_f64x2_zero(high), 0, 2);
}

/** The sum of two lanes in float64. */
// @ts-ignore: decorator
@inline
export function total(x: v128): f64 {
  return f64x2.extract_lane(x, 0) + f64x2.extract_lane(x, 1);
}

/** `x` where `condition` is all ones, `otherwise` where it is 0. */
// @ts-ignore: decorator
@inline
export function choose(condition: v128, x: v128, otherwise: v128): v128 {
  return v128.bitselect(x, otherwise, condition);
}

/** The smaller of x and `bound`; NaN where x is NaN, since the comparison of `pmin` is then false and keeps x. */
// @ts-ignore: decorator
@inline
export function atMost(x: v128, bound: f32): v128 {
  return f32x4.pmin(x, f32x4.splat(bound));
}

/** The larger of x and `bound`; NaN where x is NaN. Of two zeros x is kept. */
// @ts-ignore: decorator
@inline
export function atLeast(x: v128, bound: f32): v128 {
  return f32x4.pmax(x, f32x4.splat(bound));
}

/** |x| with the sign of `sign`. */
// @ts-ignore: decorator
@inline
export function withSign(x: v128, sign: v128): v128 {
  const signBit = i32x4.splat(0x80000000);
  return v128.or(v128.andnot(x, signBit), v128.and(sign, signBit));
}

/** NaN where x is NaN, `value` elsewhere. (A comparison that holds is all ones, and that is a NaN.) */
// @ts-ignore: decorator
@inline
export function nanLike(x: v128, value: v128): v128 {
  return v128.or(value, f32x4.ne(x, x));
}
