import { loadLanes, madd, storeLanes, vectorBytes } from './lanes';

// Filling, copying, scaling and adding whole arrays. Addresses in bytes, counts in floats.

/** x[i] = value. */
export function fill(x: usize, n: usize, value: f32): void {
  if (reinterpret<u32>(value) == 0) {
    memory.fill(x, 0, n << 2);
    return;
  }
  const lanes = f32x4.splat(value);
  const end = x + vectorBytes(n);
  for (; x != end; x += 16) v128.store(x, lanes);
  if (n & 3) storeLanes(x, lanes, n & 3);
}

/** y[i] = x[i]. */
export function copy(y: usize, x: usize, n: usize): void {
  memory.copy(y, x, n << 2);
}

// @ts-ignore: decorator
@inline
function addScaledLanes(y: usize, x: usize, factor: v128, count: usize): void {
  storeLanes(y, madd(factor, loadLanes(x, count), loadLanes(y, count)), count);
}

/** y[i] += factor x[i]. */
export function addScaled(y: usize, x: usize, n: usize, factor: f32): void {
  const factors = f32x4.splat(factor);
  const end = x + vectorBytes(n);
  for (; x != end; x += 16, y += 16) addScaledLanes(y, x, factors, 4);
  if (n & 3) addScaledLanes(y, x, factors, n & 3);
}

// @ts-ignore: decorator
@inline
function scaleLanes(x: usize, factor: v128, count: usize): void {
  storeLanes(x, f32x4.mul(factor, loadLanes(x, count)), count);
}

/** x[i] *= factor. */
export function scale(x: usize, n: usize, factor: f32): void {
  const factors = f32x4.splat(factor);
  const end = x + vectorBytes(n);
  for (; x != end; x += 16) scaleLanes(x, factors, 4);
  if (n & 3) scaleLanes(x, factors, n & 3);
}
