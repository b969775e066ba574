import { loadLanes, narrow, storeLanes, total, vectorBytes, widenHigh, widenLow } from './lanes';

// Sums run in float64: they do not lose the small terms of long arrays, and a square of a float32 neither overflows nor
// vanishes.

// Four vectors at a time into eight sums: each waits for its last addition.

// @ts-ignore: decorator
@inline
function widenedLow(lanes: v128, squared: bool): v128 {
  const low = widenLow(lanes);
  return squared ? f64x2.mul(low, low) : low;
}

// @ts-ignore: decorator
@inline
function widenedHigh(lanes: v128, squared: bool): v128 {
  const high = widenHigh(lanes);
  return squared ? f64x2.mul(high, high) : high;
}

/** Σ x[i], or Σ x[i]² when `squared` (a constant where this is inlined). */
// @ts-ignore: decorator
@inline
function summed(x: usize, n: usize, squared: bool): f64 {
  let s0 = f64x2.splat(0), s1 = f64x2.splat(0), s2 = f64x2.splat(0), s3 = f64x2.splat(0);
  let s4 = f64x2.splat(0), s5 = f64x2.splat(0), s6 = f64x2.splat(0), s7 = f64x2.splat(0);
  const endOfRuns = x + ((n & ~15) << 2);
  for (; x != endOfRuns; x += 64) {
    const x0 = v128.load(x);
    const x1 = v128.load(x, 16);
    const x2 = v128.load(x, 32);
    const x3 = v128.load(x, 48);
    s0 = f64x2.add(s0, widenedLow(x0, squared));
    s1 = f64x2.add(s1, widenedHigh(x0, squared));
    s2 = f64x2.add(s2, widenedLow(x1, squared));
    s3 = f64x2.add(s3, widenedHigh(x1, squared));
    s4 = f64x2.add(s4, widenedLow(x2, squared));
    s5 = f64x2.add(s5, widenedHigh(x2, squared));
    s6 = f64x2.add(s6, widenedLow(x3, squared));
    s7 = f64x2.add(s7, widenedHigh(x3, squared));
  }
  for (let rest = n & 15; rest != 0;) {
    const count = min(4, rest);
    const lanes = loadLanes(x, count);
    s0 = f64x2.add(s0, widenedLow(lanes, squared));
    s1 = f64x2.add(s1, widenedHigh(lanes, squared));
    rest -= count;
    x += 16;
  }
  const low = f64x2.add(f64x2.add(s0, s2), f64x2.add(s4, s6));
  const high = f64x2.add(f64x2.add(s1, s3), f64x2.add(s5, s7));
  return total(f64x2.add(low, high));
}

/** Σ x[i]. */
export function sum(x: usize, n: usize): f64 {
  return summed(x, n, false);
}

/** Σ x[i]². */
export function sumOfSquares(x: usize, n: usize): f64 {
  return summed(x, n, true);
}

/** How many x[i] are 0. */
export function countZeros(x: usize, n: usize): u32 {
  const zero = f32x4.splat(0);
  let c0 = i32x4.splat(0), c1 = i32x4.splat(0), c2 = i32x4.splat(0), c3 = i32x4.splat(0);
  const end = x + ((n & ~15) << 2);
  // A comparison that holds is −1.
  for (; x != end; x += 64) {
    c0 = i32x4.sub(c0, f32x4.eq(v128.load(x), zero));
    c1 = i32x4.sub(c1, f32x4.eq(v128.load(x, 16), zero));
    c2 = i32x4.sub(c2, f32x4.eq(v128.load(x, 32), zero));
    c3 = i32x4.sub(c3, f32x4.eq(v128.load(x, 48), zero));
  }
  const counts = i32x4.add(i32x4.add(c0, c1), i32x4.add(c2, c3));
  let count = i32x4.extract_lane(counts, 0) + i32x4.extract_lane(counts, 1);
  count += i32x4.extract_lane(counts, 2) + i32x4.extract_lane(counts, 3);
  for (let i: usize = 0; i < (n & 15); i++) count += i32(load<f32>(x + (i << 2)) == 0);
  return count;
}

/** Whether no x[i] is infinite or NaN: those have the largest exponents, so that one maximum of all bits tells. */
export function allFinite(x: usize, n: usize): bool {
  const magnitude = i32x4.splat(0x7fffffff);
  let m0 = i32x4.splat(0), m1 = i32x4.splat(0), m2 = i32x4.splat(0), m3 = i32x4.splat(0);
  const endOfRuns = x + ((n & ~15) << 2);
  for (; x != endOfRuns; x += 64) {
    m0 = i32x4.max_s(m0, v128.and(v128.load(x), magnitude));
    m1 = i32x4.max_s(m1, v128.and(v128.load(x, 16), magnitude));
    m2 = i32x4.max_s(m2, v128.and(v128.load(x, 32), magnitude));
    m3 = i32x4.max_s(m3, v128.and(v128.load(x, 48), magnitude));
  }
  for (let rest = n & 15; rest != 0;) {
    const count = min(4, rest);
    m0 = i32x4.max_s(m0, v128.and(loadLanes(x, count), magnitude));
    rest -= count;
    x += 16;
  }
  const largest = i32x4.max_s(i32x4.max_s(m0, m1), i32x4.max_s(m2, m3));
  return !v128.any_true(i32x4.ge_s(largest, i32x4.splat(0x7f800000)));
}

/** out = (or +=) the sums over rows of up to four columns; rows are `row` bytes apart. */
// @ts-ignore: decorator
@inline
function sumColumns(out: usize, x: usize, rows: usize, row: usize, accumulate: bool, count: usize): void {
  const start = accumulate ? loadLanes(out, count) : f32x4.splat(0);
  let low = widenLow(start), high = widenHigh(start);
  for (let r: usize = 0; r < rows; r++, x += row) {
    const lanes = loadLanes(x, count);
    low = f64x2.add(low, widenLow(lanes));
    high = f64x2.add(high, widenHigh(lanes));
  }
  storeLanes(out, narrow(low, high), count);
}

/** The sums of sixteen columns: a whole line of the cache in each row. */
function sumSixteenColumns(out: usize, x: usize, rows: usize, row: usize, accumulate: bool): void {
  const zero = f32x4.splat(0);
  const start0 = accumulate ? v128.load(out) : zero;
  const start1 = accumulate ? v128.load(out, 16) : zero;
  const start2 = accumulate ? v128.load(out, 32) : zero;
  const start3 = accumulate ? v128.load(out, 48) : zero;
  let s0 = widenLow(start0), s1 = widenHigh(start0), s2 = widenLow(start1), s3 = widenHigh(start1);
  let s4 = widenLow(start2), s5 = widenHigh(start2), s6 = widenLow(start3), s7 = widenHigh(start3);
  for (let r: usize = 0; r < rows; r++, x += row) {
    const x0 = v128.load(x);
    const x1 = v128.load(x, 16);
    const x2 = v128.load(x, 32);
    const x3 = v128.load(x, 48);
    s0 = f64x2.add(s0, widenLow(x0));
    s1 = f64x2.add(s1, widenHigh(x0));
    s2 = f64x2.add(s2, widenLow(x1));
    s3 = f64x2.add(s3, widenHigh(x1));
    s4 = f64x2.add(s4, widenLow(x2));
    s5 = f64x2.add(s5, widenHigh(x2));
    s6 = f64x2.add(s6, widenLow(x3));
    s7 = f64x2.add(s7, widenHigh(x3));
  }
  v128.store(out, narrow(s0, s1));
  v128.store(out, narrow(s2, s3), 16);
  v128.store(out, narrow(s4, s5), 32);
  v128.store(out, narrow(s6, s7), 48);
}

/** out[c] = (or +=, when `accumulate`) Σ_r x[r, c]. */
export function columnSums(out: usize, x: usize, rows: usize, columns: usize, accumulate: bool): void {
  const row = columns << 2;
  const endOfRuns = out + ((columns & ~15) << 2);
  const end = out + vectorBytes(columns);
  for (; out != endOfRuns; out += 64, x += 64) sumSixteenColumns(out, x, rows, row, accumulate);
  for (; out != end; out += 16, x += 16) sumColumns(out, x, rows, row, accumulate, 4);
  if (columns & 3) sumColumns(out, x, rows, row, accumulate, columns & 3);
}
