import { mantissa, octaves, remainder, scaled } from './exponential';
import { atMost, choose, madd } from './lanes';
import { backward, forward } from './map';

// x Φ(x) with Φ(−t) = e^(−t²/2) R(t) for t ≥ 0, where R(t) = e^(t²/2) erfc(t / √2) / 2 is smooth. So the left tail keeps
// its digits, where (1 + erf) / 2 has lost them all.

// @ts-ignore: decorator
@inline const inverseRootOfTwoPi: f32 = 0.3989422804014327;

/** R(t) for 0 ≤ t ≤ 15: w P(z) with w = 1 / (1 + 0.4 t) and z = t w, a minimax fit (1.6e-8) that is exact at 0. */
// @ts-ignore: decorator
@inline
function tailRatio(t: v128): v128 {
  const one = f32x4.splat(1);
  const w = f32x4.div(one, madd(t, f32x4.splat(0.4), one));
  const z = f32x4.mul(t, w);
  let p = madd(z, f32x4.splat(-8.466583494737279e-6), f32x4.splat(7.433640712406486e-5));
  p = madd(z, p, f32x4.splat(-0.00020970603509340435));
  p = madd(z, p, f32x4.splat(0.0002364124229643494));
  p = madd(z, p, f32x4.splat(-0.0006280157249420881));
  p = madd(z, p, f32x4.splat(0.0005864505073986948));
  p = madd(z, p, f32x4.splat(0.007465367205440998));
  p = madd(z, p, f32x4.splat(0.010856629349291325));
  p = madd(z, p, f32x4.splat(-0.19894297420978546));
  p = madd(z, p, f32x4.splat(0.5));
  return f32x4.mul(w, p);
}

/** factor × e^(−t²/2): t is split in two so that the half square of the first part is exact. */
// @ts-ignore: decorator
@inline
function timesBell(factor: v128, t: v128): v128 {
  const half = f32x4.splat(-0.5);
  const coarse = v128.and(t, i32x4.splat(0xfffff000));
  const high = f32x4.mul(f32x4.mul(coarse, coarse), half);
  const low = f32x4.mul(f32x4.mul(f32x4.sub(t, coarse), f32x4.add(t, coarse)), half);
  const rounded = octaves(f32x4.add(high, low));
  const r = f32x4.add(remainder(high, rounded), low);
  return scaled(f32x4.mul(factor, mantissa(r)), rounded);
}

@unmanaged
class Gelu {
  // x − x Φ(−x) on the right, −|x| Φ(−|x|) on the left: both are a start minus t Φ(−t), with t at most 15, where Φ(−t)
  // is 0. A start of −0 makes the limit at −∞ −0.
  @inline
  forward(x: v128, a0: v128, a1: v128): v128 {
    const t = atMost(f32x4.abs(x), 15);
    const start = choose(f32x4.ge(x, f32x4.splat(0)), x, f32x4.splat(-0.0));
    return f32x4.sub(start, timesBell(f32x4.mul(t, tailRatio(t)), t));
  }

  // Φ(x) + x e^(−x²/2) / √2π = 1 + d on the right, −d on the left, with d = (t / √2π − R(t)) e^(−t²/2).
  @inline
  derivative(x: v128, a0: v128, a1: v128): v128 {
    const t = atMost(f32x4.abs(x), 15);
    const d = timesBell(f32x4.sub(f32x4.mul(t, f32x4.splat(inverseRootOfTwoPi)), tailRatio(t)), t);
    return choose(f32x4.ge(x, f32x4.splat(0)), f32x4.add(f32x4.splat(1), d), f32x4.neg(d));
  }
}

export function geluForward(x: usize, y: usize, n: usize, a0: f32, a1: f32): void {
  forward<Gelu>(x, y, n, a0, a1);
}

export function geluBackward(saved: usize, upstream: usize, out: usize, n: usize, a0: f32, a1: f32): void {
  backward<Gelu>(saved, upstream, out, n, a0, a1);
}
