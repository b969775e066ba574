import { loadLanes, narrow, storeLanes, total, vectorBytes, widenHigh, widenLow } from './lanes';

// Sums run in float64: they do not lose the small terms of long arrays, and a square of a float32 neither overflows nor
// vanishes.

/** Σ x[i]. */
export function sum(x: usize, n: usize): f64 {
  let s0 = f64x2.splat(0), s1 = f64x2.splat(0);
  const end = x + vectorBytes(n);
  for (; x != end; x += 16) {
    const lanes = v128.load(x);
    s0 = f64x2.add(s0, widenLow(lanes));
    s1 = f64x2.add(s1, widenHigh(lanes));
  }
  if (n & 3) {
    const lanes = loadLanes(x, n & 3);
    s0 = f64x2.add(s0, widenLow(lanes));
    s1 = f64x2.add(s1, widenHigh(lanes));
  }
  return total(f64x2.add(s0, s1));
}

/** Σ x[i]². */
export function sumOfSquares(x: usize, n: usize): f64 {
  let s0 = f64x2.splat(0), s1 = f64x2.splat(0);
  const end = x + vectorBytes(n);
  for (; x != end; x += 16) {
    const lanes = v128.load(x);
    const low = widenLow(lanes);
    const high = widenHigh(lanes);
    s0 = f64x2.add(s0, f64x2.mul(low, low));
    s1 = f64x2.add(s1, f64x2.mul(high, high));
  }
  if (n & 3) {
    const lanes = loadLanes(x, n & 3);
    const low = widenLow(lanes);
    const high = widenHigh(lanes);
    s0 = f64x2.add(s0, f64x2.mul(low, low));
    s1 = f64x2.add(s1, f64x2.mul(high, high));
  }
  return total(f64x2.add(s0, s1));
}

/** How many x[i] are 0. */
export function countZeros(x: usize, n: usize): u32 {
  const zero = f32x4.splat(0);
  let counts = i32x4.splat(0);
  const end = x + vectorBytes(n);
  // A comparison that holds is −1.
  for (; x != end; x += 16) counts = i32x4.sub(counts, f32x4.eq(v128.load(x), zero));
  let count = i32x4.extract_lane(counts, 0) + i32x4.extract_lane(counts, 1);
  count += i32x4.extract_lane(counts, 2) + i32x4.extract_lane(counts, 3);
  for (let i: usize = 0; i < (n & 3); i++) count += i32(load<f32>(x + (i << 2)) == 0);
  return count;
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

/** out[c] = (or +=, when `accumulate`) Σ_r x[r, c]. */
export function columnSums(out: usize, x: usize, rows: usize, columns: usize, accumulate: bool): void {
  const row = columns << 2;
  const end = out + vectorBytes(columns);
  for (; out != end; out += 16, x += 16) sumColumns(out, x, rows, row, accumulate, 4);
  if (columns & 3) sumColumns(out, x, rows, row, accumulate, columns & 3);
}
