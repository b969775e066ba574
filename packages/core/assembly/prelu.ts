import { atMost, choose, loadLanes, nanLike, narrow, storeLanes, total, vectorBytes, widenHigh, widenLow } from './lanes';

// The rectifier with learned slopes. One slope for all is one long row; else a column has its own.

// @ts-ignore: decorator
@inline
function forwardLanes(x: usize, slope: v128, y: usize, count: usize): void {
  const lanes = loadLanes(x, count);
  storeLanes(y, choose(f32x4.gt(lanes, f32x4.splat(0)), lanes, f32x4.mul(slope, lanes)), count);
}

export function preluForward(x: usize, slopes: usize, y: usize, rows: usize, columns: usize, shared: bool): void {
  if (shared) {
    const slope = v128.load32_splat(slopes);
    const n = rows * columns;
    const end = x + vectorBytes(n);
    for (; x != end; x += 16, y += 16) forwardLanes(x, slope, y, 4);
    if (n & 3) forwardLanes(x, slope, y, n & 3);
    return;
  }
  const end = slopes + vectorBytes(columns);
  const rest = columns & 3;
  for (let r: usize = 0; r < rows; r++) {
    let slope = slopes;
    for (; slope != end; slope += 16, x += 16, y += 16) forwardLanes(x, v128.load(slope), y, 4);
    if (rest) {
      forwardLanes(x, loadLanes(slope, rest), y, rest);
      x += rest << 2;
      y += rest << 2;
    }
  }
}

/** dx = upstream × (1 or slope); returns the terms of dSlope: upstream × min(x, 0). */
// @ts-ignore: decorator
@inline
function backwardLanes(x: usize, slope: v128, upstream: usize, dx: usize, count: usize): v128 {
  const lanes = loadLanes(x, count);
  const above = loadLanes(upstream, count);
  const derivative = choose(f32x4.gt(lanes, f32x4.splat(0)), f32x4.splat(1), slope);
  storeLanes(dx, f32x4.mul(above, nanLike(lanes, derivative)), count);
  return f32x4.mul(above, atMost(lanes, 0));
}

/** The backward pass of up to four columns. */
// @ts-ignore: decorator
@inline
function backwardColumns(
  x: usize, slopes: usize, upstream: usize, dx: usize, dSlopes: usize,
  rows: usize, row: usize, count: usize,
): void {
  const slope = loadLanes(slopes, count);
  const start = loadLanes(dSlopes, count);
  let low = widenLow(start), high = widenHigh(start);
  for (let r: usize = 0; r < rows; r++, x += row, upstream += row, dx += row) {
    const terms = backwardLanes(x, slope, upstream, dx, count);
    low = f64x2.add(low, widenLow(terms));
    high = f64x2.add(high, widenHigh(terms));
  }
  storeLanes(dSlopes, narrow(low, high), count);
}

export function preluBackward(
  x: usize, slopes: usize, upstream: usize, dx: usize, dSlopes: usize,
  rows: usize, columns: usize, shared: bool,
): void {
  if (shared) {
    const slope = v128.load32_splat(slopes);
    const n = rows * columns;
    const end = x + vectorBytes(n);
    let low = f64x2.splat(0), high = f64x2.splat(0);
    for (; x != end; x += 16, upstream += 16, dx += 16) {
      const terms = backwardLanes(x, slope, upstream, dx, 4);
      low = f64x2.add(low, widenLow(terms));
      high = f64x2.add(high, widenHigh(terms));
    }
    if (n & 3) {
      const terms = backwardLanes(x, slope, upstream, dx, n & 3);
      low = f64x2.add(low, widenLow(terms));
      high = f64x2.add(high, widenHigh(terms));
    }
    store<f32>(dSlopes, <f32>(<f64>load<f32>(dSlopes) + total(f64x2.add(low, high))));
    return;
  }
  const row = columns << 2;
  const end = slopes + vectorBytes(columns);
  for (; slopes != end; slopes += 16, dSlopes += 16, x += 16, upstream += 16, dx += 16) {
    backwardColumns(x, slopes, upstream, dx, dSlopes, rows, row, 4);
  }
  if (columns & 3) backwardColumns(x, slopes, upstream, dx, dSlopes, rows, row, columns & 3);
}
