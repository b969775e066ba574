import { loadLanes, storeLanes, vectorBytes } from './lanes';

// An activation is a class without fields: its methods are found by type and inlined into the loops below, so that the
// loop is written once. `changetype<T>(0)` is the object that such a class does not need.
//
// The last elements of an array, fewer than four, go through the same code in the same lanes: a result does not
// depend on where in an array its element stands.

// @ts-ignore: decorator
@inline
function forwardLanes<T>(x: usize, y: usize, a0: v128, a1: v128, count: usize): void {
  storeLanes(y, changetype<T>(0).forward(loadLanes(x, count), a0, a1), count);
}

/** y = φ(x) over n floats. */
// @ts-ignore: decorator
@inline
export function forward<T>(x: usize, y: usize, n: usize, a0: f32, a1: f32): void {
  const first = f32x4.splat(a0);
  const second = f32x4.splat(a1);
  const end = x + vectorBytes(n);
  for (; x != end; x += 16, y += 16) forwardLanes<T>(x, y, first, second, 4);
  if (n & 3) forwardLanes<T>(x, y, first, second, n & 3);
}

// @ts-ignore: decorator
@inline
function backwardLanes<T>(saved: usize, upstream: usize, out: usize, a0: v128, a1: v128, count: usize): void {
  const slope = changetype<T>(0).derivative(loadLanes(saved, count), a0, a1);
  storeLanes(out, f32x4.mul(slope, loadLanes(upstream, count)), count);
}

/** out = φ' × upstream over n floats, where φ' is computed from what forward saved. */
// @ts-ignore: decorator
@inline
export function backward<T>(saved: usize, upstream: usize, out: usize, n: usize, a0: f32, a1: f32): void {
  const first = f32x4.splat(a0);
  const second = f32x4.splat(a1);
  const end = saved + vectorBytes(n);
  for (; saved != end; saved += 16, upstream += 16, out += 16) backwardLanes<T>(saved, upstream, out, first, second, 4);
  if (n & 3) backwardLanes<T>(saved, upstream, out, first, second, n & 3);
}
