import { loadLanes, storeLanes } from './lanes';

// An activation is a class without fields: its methods are found by type and inlined into the loops below, so that the
// loop is written once. `changetype<T>(0)` is the object that such a class does not need.
//
// Loops go by two vectors, or by four where that is faster: all are loaded before the first is computed, so that the
// processor has several chains of operations to work on (×1.1 to ×1.6).
//
// The last elements of an array go through the same code in the same lanes: a result does not depend on where in an
// array its element stands.

/** The last vectors, and what is left of one. */
// @ts-ignore: decorator
@inline
function forwardRest<T>(x: usize, y: usize, n: usize, a0: v128, a1: v128): void {
  while (n != 0) {
    const count = min(4, n);
    storeLanes(y, changetype<T>(0).forward(loadLanes(x, count), a0, a1), count);
    n -= count;
    x += 16;
    y += 16;
  }
}

/** y = φ(x) over n floats. */
// @ts-ignore: decorator
@inline
export function forward<T>(x: usize, y: usize, n: usize, a0: f32, a1: f32): void {
  const first = f32x4.splat(a0);
  const second = f32x4.splat(a1);
  const end = x + ((n & ~7) << 2);
  for (; x != end; x += 32, y += 32) {
    const x0 = v128.load(x);
    const x1 = v128.load(x, 16);
    v128.store(y, changetype<T>(0).forward(x0, first, second));
    v128.store(y, changetype<T>(0).forward(x1, first, second), 16);
  }
  forwardRest<T>(x, y, n & 7, first, second);
}

// @ts-ignore: decorator
@inline
function forwardFour<T>(x: usize, y: usize, a0: v128, a1: v128): void {
  const x0 = v128.load(x);
  const x1 = v128.load(x, 16);
  const x2 = v128.load(x, 32);
  const x3 = v128.load(x, 48);
  v128.store(y, changetype<T>(0).forward(x0, a0, a1));
  v128.store(y, changetype<T>(0).forward(x1, a0, a1), 16);
  v128.store(y, changetype<T>(0).forward(x2, a0, a1), 32);
  v128.store(y, changetype<T>(0).forward(x3, a0, a1), 48);
}

/** The same by four vectors: for long chains of operations. */
// @ts-ignore: decorator
@inline
export function forwardByFour<T>(x: usize, y: usize, n: usize, a0: f32, a1: f32): void {
  const first = f32x4.splat(a0);
  const second = f32x4.splat(a1);
  const end = x + ((n & ~15) << 2);
  for (; x != end; x += 64, y += 64) forwardFour<T>(x, y, first, second);
  forwardRest<T>(x, y, n & 15, first, second);
}

/** The same by eight vectors: for activations that do so little that the loop itself counts. */
// @ts-ignore: decorator
@inline
export function forwardByEight<T>(x: usize, y: usize, n: usize, a0: f32, a1: f32): void {
  const first = f32x4.splat(a0);
  const second = f32x4.splat(a1);
  const end = x + ((n & ~31) << 2);
  for (; x != end; x += 128, y += 128) {
    forwardFour<T>(x, y, first, second);
    forwardFour<T>(x + 64, y + 64, first, second);
  }
  forwardRest<T>(x, y, n & 31, first, second);
}

// @ts-ignore: decorator
@inline
function backwardRest<T>(saved: usize, upstream: usize, out: usize, n: usize, a0: v128, a1: v128): void {
  while (n != 0) {
    const count = min(4, n);
    const slope = changetype<T>(0).derivative(loadLanes(saved, count), a0, a1);
    storeLanes(out, f32x4.mul(slope, loadLanes(upstream, count)), count);
    n -= count;
    saved += 16;
    upstream += 16;
    out += 16;
  }
}

/** out = φ' × upstream over n floats, where φ' is computed from what forward saved. By four vectors. */
// @ts-ignore: decorator
@inline
export function backward<T>(saved: usize, upstream: usize, out: usize, n: usize, a0: f32, a1: f32): void {
  const first = f32x4.splat(a0);
  const second = f32x4.splat(a1);
  const end = saved + ((n & ~15) << 2);
  for (; saved != end; saved += 64, upstream += 64, out += 64) {
    const s0 = v128.load(saved);
    const s1 = v128.load(saved, 16);
    const s2 = v128.load(saved, 32);
    const s3 = v128.load(saved, 48);
    const u0 = v128.load(upstream);
    const u1 = v128.load(upstream, 16);
    const u2 = v128.load(upstream, 32);
    const u3 = v128.load(upstream, 48);
    v128.store(out, f32x4.mul(changetype<T>(0).derivative(s0, first, second), u0));
    v128.store(out, f32x4.mul(changetype<T>(0).derivative(s1, first, second), u1), 16);
    v128.store(out, f32x4.mul(changetype<T>(0).derivative(s2, first, second), u2), 32);
    v128.store(out, f32x4.mul(changetype<T>(0).derivative(s3, first, second), u3), 48);
  }
  backwardRest<T>(saved, upstream, out, n & 15, first, second);
}
