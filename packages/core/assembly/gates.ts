import { excess, expHigh, expLow, octaves, remainder, widePowers } from './exponential';
import { atLeast, atMost, narrow, widenHigh, widenLow } from './lanes';
import { backward, forward } from './map';

// x times a smooth gate between 0 and 1: SiLU and Mish. Both are quotients of polynomials in e = eˣ and x, and φ' cancels
// where it is 0, so what follows the exponential is computed in float64.

/** x, at least −112: there both gates are 0, also when x is −∞. */
// @ts-ignore: decorator
@inline
function notFarLeft(x: v128): v128 {
  return atLeast(x, -112);
}

/** x σ(x) = x e / (1 + e). */
// @ts-ignore: decorator
@inline
function silu(x: v128, e: v128): v128 {
  return f64x2.div(f64x2.mul(x, e), f64x2.add(f64x2.splat(1), e));
}

/** e (1 + e + x) / (1 + e)². */
// @ts-ignore: decorator
@inline
function siluSlope(x: v128, e: v128): v128 {
  const d = f64x2.add(f64x2.splat(1), e);
  return f64x2.div(f64x2.mul(e, f64x2.add(d, x)), f64x2.mul(d, d));
}

@unmanaged
class Silu {
  @inline
  forward(x: v128, a0: v128, a1: v128): v128 {
    const start = notFarLeft(x);
    const exponent = atMost(start, 112);
    const rounded = octaves(exponent);
    const p = excess(remainder(exponent, rounded));
    const powers = widePowers(rounded);
    return narrow(silu(widenLow(start), expLow(p, powers)), silu(widenHigh(start), expHigh(p, powers)));
  }

  // At ±112 φ' is what it is at ±∞.
  @inline
  derivative(x: v128, a0: v128, a1: v128): v128 {
    const t = atMost(notFarLeft(x), 112);
    const rounded = octaves(t);
    const p = excess(remainder(t, rounded));
    const powers = widePowers(rounded);
    return narrow(siluSlope(widenLow(t), expLow(p, powers)), siluSlope(widenHigh(t), expHigh(p, powers)));
  }
}

export function siluForward(x: usize, y: usize, n: usize, a0: f32, a1: f32): void {
  forward<Silu>(x, y, n, a0, a1);
}

export function siluBackward(saved: usize, upstream: usize, out: usize, n: usize, a0: f32, a1: f32): void {
  backward<Silu>(saved, upstream, out, n, a0, a1);
}

/** x tanh(ln(1 + e)) = x w / (w + 2) with w = e (e + 2). */
// @ts-ignore: decorator
@inline
function mish(x: v128, e: v128): v128 {
  const w = f64x2.mul(e, f64x2.add(e, f64x2.splat(2)));
  return f64x2.div(f64x2.mul(x, w), f64x2.add(w, f64x2.splat(2)));
}

/** (w d + 4 x e (e + 1)) / d² = e ((e + 2) d + 4 x (e + 1)) / d² with w as above and d = w + 2. */
// @ts-ignore: decorator
@inline
function mishSlope(x: v128, e: v128): v128 {
  const two = f64x2.add(e, f64x2.splat(2));
  const d = f64x2.add(f64x2.mul(e, two), f64x2.splat(2));
  const steep = f64x2.mul(f64x2.mul(f64x2.splat(4), x), f64x2.add(e, f64x2.splat(1)));
  return f64x2.div(f64x2.mul(e, f64x2.add(f64x2.mul(two, d), steep)), f64x2.mul(d, d));
}

@unmanaged
class Mish {
  @inline
  forward(x: v128, a0: v128, a1: v128): v128 {
    const start = notFarLeft(x);
    const exponent = atMost(start, 112);
    const rounded = octaves(exponent);
    const p = excess(remainder(exponent, rounded));
    const powers = widePowers(rounded);
    return narrow(mish(widenLow(start), expLow(p, powers)), mish(widenHigh(start), expHigh(p, powers)));
  }

  // At ±112 φ' is what it is at ±∞.
  @inline
  derivative(x: v128, a0: v128, a1: v128): v128 {
    const t = atMost(notFarLeft(x), 112);
    const rounded = octaves(t);
    const p = excess(remainder(t, rounded));
    const powers = widePowers(rounded);
    return narrow(mishSlope(widenLow(t), expLow(p, powers)), mishSlope(widenHigh(t), expHigh(p, powers)));
  }
}

export function mishForward(x: usize, y: usize, n: usize, a0: f32, a1: f32): void {
  forward<Mish>(x, y, n, a0, a1);
}

export function mishBackward(saved: usize, upstream: usize, out: usize, n: usize, a0: f32, a1: f32): void {
  backward<Mish>(saved, upstream, out, n, a0, a1);
}
