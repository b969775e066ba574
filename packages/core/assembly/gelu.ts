import { excess, octaves, remainder, scaled } from './exponential';
import { atMost, choose, madd } from './lanes';
import { backward, forwardByFour } from './map';

// x Φ(x) with Φ(−t) = e^(−t²/2) R(t) for t ≥ 0, where R(t) = e^(t²/2) erfc(t / √2) / 2 is smooth. So the left tail keeps
// its digits, where (1 + erf) / 2 has lost them all.

/** z = t / (t + 5/2), from 0 to 6/7. */
// @ts-ignore: decorator
@inline
function compressed(t: v128): v128 {
  return f32x4.div(t, f32x4.add(t, f32x4.splat(2.5)));
}

/** What the polynomials below are of: their terms fall in size from either end of z, so that little cancels. */
// @ts-ignore: decorator
@inline
function centred(z: v128): v128 {
  return f32x4.sub(z, f32x4.splat(0.25));
}

/** t R(t) / z for 0 ≤ t ≤ 15: a minimax fit (1.5e-8). */
// @ts-ignore: decorator
@inline
function tailRatio(z: v128): v128 {
  const v = centred(z);
  let p = madd(v, f32x4.splat(-0.08074362576007843), f32x4.splat(0.1018977090716362));
  p = madd(v, p, f32x4.splat(0.06548257917165756));
  p = madd(v, p, f32x4.splat(-0.025407804176211357));
  p = madd(v, p, f32x4.splat(-0.14848023653030396));
  p = madd(v, p, f32x4.splat(-0.10649704188108444));
  p = madd(v, p, f32x4.splat(0.2682547867298126));
  p = madd(v, p, f32x4.splat(0.38951992988586426));
  p = madd(v, p, f32x4.splat(-1.1028873920440674));
  return madd(v, p, f32x4.splat(0.9544039964675903));
}

/** Where t / √2π = R(t), in two parts: there φ' is 0 (at −t). */
// @ts-ignore: decorator
@inline const rootHigh: f32 = 0.7517915368080139;
// @ts-ignore: decorator
@inline const rootLow: f32 = -1.211444945855772e-8;

/** (t / √2π − R(t)) / (t − root) for 0 ≤ t ≤ 15: a minimax fit (2.4e-8). */
// @ts-ignore: decorator
@inline
function slopeRatio(z: v128): v128 {
  const v = centred(z);
  let q = madd(v, f32x4.splat(-0.009541371837258339), f32x4.splat(0.01655995100736618));
  q = madd(v, q, f32x4.splat(0.010069535113871098));
  q = madd(v, q, f32x4.splat(-0.013915637508034706));
  q = madd(v, q, f32x4.splat(-0.04203297942876816));
  q = madd(v, q, f32x4.splat(0.009785689413547516));
  q = madd(v, q, f32x4.splat(0.18878737092018127));
  q = madd(v, q, f32x4.splat(-0.35140112042427063));
  return madd(v, q, f32x4.splat(0.5657306909561157));
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
  const p = excess(f32x4.add(remainder(high, rounded), low));
  return scaled(madd(factor, p, factor), rounded);
}

@unmanaged
class Gelu {
  // x − x Φ(−x) on the right, −|x| Φ(−|x|) on the left: both are a start minus t Φ(−t), with t at most 15, where Φ(−t)
  // is 0. A start of −0 makes the limit at −∞ −0.
  @inline
  forward(x: v128, a0: v128, a1: v128): v128 {
    const t = atMost(f32x4.abs(x), 15);
    const z = compressed(t);
    const start = choose(f32x4.ge(x, f32x4.splat(0)), x, f32x4.splat(-0.0));
    return f32x4.sub(start, timesBell(f32x4.mul(z, tailRatio(z)), t));
  }

  // Φ(x) + x e^(−x²/2) / √2π = 1 + d on the right, −d on the left, with d = (t / √2π − R(t)) e^(−t²/2).
  @inline
  derivative(x: v128, a0: v128, a1: v128): v128 {
    const t = atMost(f32x4.abs(x), 15);
    const fromRoot = f32x4.sub(f32x4.sub(t, f32x4.splat(rootHigh)), f32x4.splat(rootLow));
    const d = timesBell(f32x4.mul(fromRoot, slopeRatio(compressed(t))), t);
    return choose(f32x4.ge(x, f32x4.splat(0)), f32x4.add(f32x4.splat(1), d), f32x4.neg(d));
  }
}

export function geluForward(x: usize, y: usize, n: usize, a0: f32, a1: f32): void {
  forwardByFour<Gelu>(x, y, n, a0, a1);
}

export function geluBackward(saved: usize, upstream: usize, out: usize, n: usize, a0: f32, a1: f32): void {
  backward<Gelu>(saved, upstream, out, n, a0, a1);
}
