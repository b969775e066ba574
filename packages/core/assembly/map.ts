import { loadLanes, storeLanes, vectorBytes } from './lanes';

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

/** The same by sixteen vectors, one after the other: where even eight leave the loop to be seen. */
// @ts-ignore: decorator
@inline
export function forwardBySixteen<T>(x: usize, y: usize, n: usize, a0: f32, a1: f32): void {
  const first = f32x4.splat(a0);
  const second = f32x4.splat(a1);
  const end = x + ((n & ~63) << 2);
  for (; x != end; x += 256, y += 256) {
    v128.store(y, changetype<T>(0).forward(v128.load(x), first, second));
    v128.store(y, changetype<T>(0).forward(v128.load(x, 16), first, second), 16);
    v128.store(y, changetype<T>(0).forward(v128.load(x, 32), first, second), 32);
    v128.store(y, changetype<T>(0).forward(v128.load(x, 48), first, second), 48);
    v128.store(y, changetype<T>(0).forward(v128.load(x, 64), first, second), 64);
    v128.store(y, changetype<T>(0).forward(v128.load(x, 80), first, second), 80);
    v128.store(y, changetype<T>(0).forward(v128.load(x, 96), first, second), 96);
    v128.store(y, changetype<T>(0).forward(v128.load(x, 112), first, second), 112);
    v128.store(y, changetype<T>(0).forward(v128.load(x, 128), first, second), 128);
    v128.store(y, changetype<T>(0).forward(v128.load(x, 144), first, second), 144);
    v128.store(y, changetype<T>(0).forward(v128.load(x, 160), first, second), 160);
    v128.store(y, changetype<T>(0).forward(v128.load(x, 176), first, second), 176);
    v128.store(y, changetype<T>(0).forward(v128.load(x, 192), first, second), 192);
    v128.store(y, changetype<T>(0).forward(v128.load(x, 208), first, second), 208);
    v128.store(y, changetype<T>(0).forward(v128.load(x, 224), first, second), 224);
    v128.store(y, changetype<T>(0).forward(v128.load(x, 240), first, second), 240);
  }
  const rest = x + ((n & 60) << 2);
  for (; x != rest; x += 16, y += 16) v128.store(y, changetype<T>(0).forward(v128.load(x), first, second));
  forwardRest<T>(x, y, n & 3, first, second);
}

/** φ' × upstream. */
// @ts-ignore: decorator
@inline
function chained<T>(saved: v128, upstream: v128, a0: v128, a1: v128): v128 {
  return f32x4.mul(changetype<T>(0).derivative(saved, a0, a1), upstream);
}

/** The last vectors, and what is left of one. */
// @ts-ignore: decorator
@inline
function backwardRest<T>(saved: usize, upstream: usize, out: usize, n: usize, a0: v128, a1: v128): void {
  const end = saved + vectorBytes(n);
  for (; saved != end; saved += 16, upstream += 16, out += 16) {
    v128.store(out, chained<T>(v128.load(saved), v128.load(upstream), a0, a1));
  }
  const count = n & 3;
  if (count == 0) return;
  storeLanes(out, chained<T>(loadLanes(saved, count), loadLanes(upstream, count), a0, a1), count);
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
    v128.store(out, chained<T>(s0, u0, first, second));
    v128.store(out, chained<T>(s1, u1, first, second), 16);
    v128.store(out, chained<T>(s2, u2, first, second), 32);
    v128.store(out, chained<T>(s3, u3, first, second), 48);
  }
  backwardRest<T>(saved, upstream, out, n & 15, first, second);
}

/**
 * The same by sixteen vectors, one after the other: for derivatives of few operations, which the caches can just feed. Of the
 * instructions of the loop itself, a third of all when it goes by four, little is left then.
 */
// @ts-ignore: decorator
@inline
export function backwardBySixteen<T>(saved: usize, upstream: usize, out: usize, n: usize, a0: f32, a1: f32): void {
  const first = f32x4.splat(a0);
  const second = f32x4.splat(a1);
  const end = saved + ((n & ~63) << 2);
  for (; saved != end; saved += 256, upstream += 256, out += 256) {
    v128.store(out, chained<T>(v128.load(saved), v128.load(upstream), first, second));
    v128.store(out, chained<T>(v128.load(saved, 16), v128.load(upstream, 16), first, second), 16);
    v128.store(out, chained<T>(v128.load(saved, 32), v128.load(upstream, 32), first, second), 32);
    v128.store(out, chained<T>(v128.load(saved, 48), v128.load(upstream, 48), first, second), 48);
    v128.store(out, chained<T>(v128.load(saved, 64), v128.load(upstream, 64), first, second), 64);
    v128.store(out, chained<T>(v128.load(saved, 80), v128.load(upstream, 80), first, second), 80);
    v128.store(out, chained<T>(v128.load(saved, 96), v128.load(upstream, 96), first, second), 96);
    v128.store(out, chained<T>(v128.load(saved, 112), v128.load(upstream, 112), first, second), 112);
    v128.store(out, chained<T>(v128.load(saved, 128), v128.load(upstream, 128), first, second), 128);
    v128.store(out, chained<T>(v128.load(saved, 144), v128.load(upstream, 144), first, second), 144);
    v128.store(out, chained<T>(v128.load(saved, 160), v128.load(upstream, 160), first, second), 160);
    v128.store(out, chained<T>(v128.load(saved, 176), v128.load(upstream, 176), first, second), 176);
    v128.store(out, chained<T>(v128.load(saved, 192), v128.load(upstream, 192), first, second), 192);
    v128.store(out, chained<T>(v128.load(saved, 208), v128.load(upstream, 208), first, second), 208);
    v128.store(out, chained<T>(v128.load(saved, 224), v128.load(upstream, 224), first, second), 224);
    v128.store(out, chained<T>(v128.load(saved, 240), v128.load(upstream, 240), first, second), 240);
  }
  backwardRest<T>(saved, upstream, out, n & 63, first, second);
}
