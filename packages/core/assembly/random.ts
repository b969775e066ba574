import { choose } from './lanes';

// Uniform and normal numbers of a random stream, four Philox blocks at a time: the very numbers that src/random draws one by
// one, bit by bit. So every operation here is the one that stands there, in the same order, and none is fused: `madd` is not used.

/** The kinds of numbers, as the last word of the counter: 0 is uniform from a to b, 1 is normal with mean a and deviation b. */
// @ts-ignore: decorator
@inline const normal: i32 = 1;

// @ts-ignore: decorator
@inline const multiplier0: i32 = 0xd2511f53;
// @ts-ignore: decorator
@inline const multiplier1: i32 = 0xcd9e8d57;
// @ts-ignore: decorator
@inline const weyl0: i32 = 0x9e3779b9;
// @ts-ignore: decorator
@inline const weyl1: i32 = 0xbb67ae85;

/** The lower halves of four 64-bit products, given as two pairs. */
// @ts-ignore: decorator
@inline
function lower(first: v128, second: v128): v128 {
  return v128.shuffle<i32>(first, second, 0, 2, 4, 6);
}

/** The upper halves. */
// @ts-ignore: decorator
@inline
function upper(first: v128, second: v128): v128 {
  return v128.shuffle<i32>(first, second, 1, 3, 5, 7);
}

/** The uniform numbers of lanes 0 and 1 of two words: ((a >>> 5) 2²⁶ + (b >>> 6)) 2⁻⁵³. */
// @ts-ignore: decorator
@inline
function unit(a: v128, b: v128): v128 {
  const high = f64x2.mul(f64x2.convert_low_i32x4_u(i32x4.shr_u(a, 5)), f64x2.splat(67108864));
  const sum = f64x2.add(high, f64x2.convert_low_i32x4_u(i32x4.shr_u(b, 6)));
  return f64x2.mul(sum, f64x2.splat(1.1102230246251565e-16));
}

/** ln x of normal positive numbers: `logarithm` of src/random/box-muller.ts. */
// @ts-ignore: decorator
@inline
function logarithm(x: v128): v128 {
  // What is done to the upper words of the numbers is done to all lanes, and kept in the odd ones.
  const odd = i64x2.splat(0xffffffff00000000);
  const fraction = v128.and(x, i64x2.splat(0x000fffff00000000));
  const carry = v128.and(i32x4.add(fraction, i32x4.splat(0x95f64)), i64x2.splat(0x0010000000000000));
  const replaced = v128.or(fraction, v128.xor(carry, i64x2.splat(0x3ff0000000000000)));
  const exponents = i32x4.add(i32x4.sub(i32x4.shr_s(x, 20), i32x4.splat(1023)), i32x4.shr_s(carry, 20));
  const exponent = f64x2.convert_low_i32x4_s(v128.shuffle<i32>(exponents, exponents, 1, 3, 1, 3));
  const f = f64x2.sub(v128.or(v128.andnot(x, odd), replaced), f64x2.splat(1));
  const s = f64x2.div(f, f64x2.add(f64x2.splat(2), f));
  const z = f64x2.mul(s, s);
  const w = f64x2.mul(z, z);
  let inner = f64x2.add(f64x2.splat(1.818357216161805012e-1), f64x2.mul(w, f64x2.splat(1.479819860511658591e-1)));
  inner = f64x2.add(f64x2.splat(2.857142874366239149e-1), f64x2.mul(w, inner));
  const oddTerms = f64x2.mul(z, f64x2.add(f64x2.splat(6.66666666666673513e-1), f64x2.mul(w, inner)));
  inner = f64x2.add(f64x2.splat(2.222219843214978396e-1), f64x2.mul(w, f64x2.splat(1.531383769920937332e-1)));
  const evenTerms = f64x2.mul(w, f64x2.add(f64x2.splat(3.999999999940941908e-1), f64x2.mul(w, inner)));
  const half = f64x2.mul(f64x2.mul(f64x2.splat(0.5), f), f);
  const sum = f64x2.add(f64x2.add(half, oddTerms), evenTerms);
  const tail = f64x2.add(f64x2.mul(s, sum), f64x2.mul(exponent, f64x2.splat(1.90821492927058770002e-10)));
  const rest = f64x2.sub(f64x2.sub(half, tail), f);
  return f64x2.sub(f64x2.mul(exponent, f64x2.splat(6.9314718036912381649e-1)), rest);
}

/** sin x for |x| ≤ π/4. */
// @ts-ignore: decorator
@inline
function sine(x: v128): v128 {
  const z = f64x2.mul(x, x);
  let tail = f64x2.add(f64x2.splat(-2.50507602534068634195e-8), f64x2.mul(z, f64x2.splat(1.58969099521155010221e-10)));
  tail = f64x2.add(f64x2.splat(2.75573137070700676789e-6), f64x2.mul(z, tail));
  tail = f64x2.add(f64x2.splat(-1.98412698298579493134e-4), f64x2.mul(z, tail));
  tail = f64x2.add(f64x2.splat(8.33333333332248946124e-3), f64x2.mul(z, tail));
  const factor = f64x2.add(f64x2.splat(-1.66666666666666324348e-1), f64x2.mul(z, tail));
  return f64x2.add(x, f64x2.mul(f64x2.mul(z, x), factor));
}

/** cos x for |x| ≤ π/4. */
// @ts-ignore: decorator
@inline
function cosine(x: v128): v128 {
  const z = f64x2.mul(x, x);
  let tail = f64x2.sub(f64x2.splat(2.0875723212981748279e-9), f64x2.mul(z, f64x2.splat(1.13596475577881948265e-11)));
  tail = f64x2.add(f64x2.splat(-2.75573143513906633035e-7), f64x2.mul(z, tail));
  tail = f64x2.add(f64x2.splat(2.48015872894767294178e-5), f64x2.mul(z, tail));
  tail = f64x2.add(f64x2.splat(-1.38888888888741095749e-3), f64x2.mul(z, tail));
  tail = f64x2.add(f64x2.splat(4.16666666666666019037e-2), f64x2.mul(z, tail));
  const half = f64x2.mul(f64x2.splat(0.5), z);
  const leading = f64x2.sub(f64x2.splat(1), half);
  const lost = f64x2.sub(f64x2.sub(f64x2.splat(1), leading), half);
  return f64x2.add(leading, f64x2.add(lost, f64x2.mul(f64x2.mul(z, z), tail)));
}

/** The numbers of two blocks, the first of each in `x` and the second in `y`, one after the other. */
// @ts-ignore: decorator
@inline
function storePairs(out: usize, x: v128, y: v128, single: bool): void {
  if (single) {
    v128.store(out, v128.shuffle<f32>(f32x4.demote_f64x2_zero(x), f32x4.demote_f64x2_zero(y), 0, 4, 1, 5));
  } else {
    v128.store(out, v128.shuffle<f64>(x, y, 0, 2));
    v128.store(out, v128.shuffle<f64>(x, y, 1, 3), 16);
  }
}

/** Box and Muller's pairs, times `deviation` plus `mean`. */
// @ts-ignore: decorator
@inline
function storeNormal(out: usize, u: v128, v: v128, mean: v128, deviation: v128, single: bool): void {
  const radius = f64x2.sqrt(f64x2.mul(f64x2.splat(-2), logarithm(f64x2.sub(f64x2.splat(1), u))));
  const quarters = f64x2.mul(f64x2.splat(4), v);
  const rounded = f64x2.floor(f64x2.add(quarters, f64x2.splat(0.5)));
  const angle = f64x2.mul(f64x2.sub(quarters, rounded), f64x2.splat(1.5707963267948966));
  const s = f64x2.mul(radius, sine(angle));
  const c = f64x2.mul(radius, cosine(angle));
  const quarter = i64x2.extend_low_i32x4_s(i32x4.trunc_sat_f64x2_s_zero(rounded));
  const turned = i64x2.eq(v128.and(quarter, i64x2.splat(1)), i64x2.splat(0));
  // Bit 1 becomes the sign.
  const xSign = i64x2.shl(v128.and(i64x2.add(quarter, i64x2.splat(1)), i64x2.splat(2)), 62);
  const ySign = i64x2.shl(v128.and(quarter, i64x2.splat(2)), 62);
  const x = f64x2.add(mean, f64x2.mul(deviation, v128.xor(choose(turned, c, s), xSign)));
  const y = f64x2.add(mean, f64x2.mul(deviation, v128.xor(choose(turned, s, c), ySign)));
  storePairs(out, x, y, single);
}

/** The point at share u of [low, high), which is low where rounding reaches high. */
// @ts-ignore: decorator
@inline
function within(low: v128, high: v128, u: v128): v128 {
  const value = f64x2.add(low, f64x2.mul(f64x2.sub(high, low), u));
  return choose(f64x2.lt(value, high), value, low);
}

/** The numbers of two blocks from their uniform numbers u and v. */
// @ts-ignore: decorator
@inline
function storeNumbers(out: usize, u: v128, v: v128, a: v128, b: v128, kind: i32, single: bool): void {
  if (kind == normal) storeNormal(out, u, v, a, b, single);
  else storePairs(out, within(a, b, u), within(a, b, v), single);
}

/**
 * The numbers of `blocks` blocks, a multiple of 4, from block `first` on: two a block, as float32 when `single`, else as
 * float64.
 */
export function fillFromBlocks(
  out: usize, blocks: usize, key0: i32, key1: i32, first: f64, kind: i32, a: f64, b: f64, single: bool,
): void {
  const firsts = f64x2.splat(a);
  const seconds = f64x2.splat(b);
  const step: usize = single ? 16 : 32;
  let counters = i64x2.add(i64x2.splat(<i64>first), i64x2(0, 1));
  for (; blocks != 0; blocks -= 4, out += 2 * step) {
    const next = i64x2.add(counters, i64x2.splat(2));
    let x0 = lower(counters, next);
    let x1 = upper(counters, next);
    let x2 = i32x4.splat(0);
    let x3 = i32x4.splat(kind);
    counters = i64x2.add(next, i64x2.splat(2));
    let k0 = key0;
    let k1 = key1;
    for (let round = 0; round < 10; round++) {
      const m0 = i32x4.splat(multiplier0);
      const m1 = i32x4.splat(multiplier1);
      const first0 = i64x2.extmul_low_i32x4_u(x0, m0);
      const second0 = i64x2.extmul_high_i32x4_u(x0, m0);
      const first2 = i64x2.extmul_low_i32x4_u(x2, m1);
      const second2 = i64x2.extmul_high_i32x4_u(x2, m1);
      x0 = v128.xor(v128.xor(upper(first2, second2), x1), i32x4.splat(k0));
      x1 = lower(first2, second2);
      x2 = v128.xor(v128.xor(upper(first0, second0), x3), i32x4.splat(k1));
      x3 = lower(first0, second0);
      k0 += weyl0;
      k1 += weyl1;
    }
    storeNumbers(out, unit(x0, x1), unit(x2, x3), firsts, seconds, kind, single);
    const y0 = v128.shuffle<i32>(x0, x0, 2, 3, 2, 3);
    const y1 = v128.shuffle<i32>(x1, x1, 2, 3, 2, 3);
    const y2 = v128.shuffle<i32>(x2, x2, 2, 3, 2, 3);
    const y3 = v128.shuffle<i32>(x3, x3, 2, 3, 2, 3);
    storeNumbers(out + step, unit(y0, y1), unit(y2, y3), firsts, seconds, kind, single);
  }
}
