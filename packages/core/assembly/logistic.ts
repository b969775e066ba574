import { exp, expMinusOne } from './exponential';
import { atLeast, atMost, choose, madd, withSign } from './lanes';
import { backward, backwardBySixteen, forward } from './map';

// Sigmoid, its integral (softplus) and its rescaled form (tanh), all from e^−|x|, which cannot overflow.

/** e^−|x|; 0 from 104 on. */
// @ts-ignore: decorator
@inline
function decay(x: v128): v128 {
  return exp(f32x4.neg(atMost(f32x4.abs(x), 105)));
}

/** σ(x) = 1 / (1 + e⁻ˣ) on the right, eˣ / (1 + eˣ) on the left. */
// @ts-ignore: decorator
@inline
function sigmoid(x: v128): v128 {
  const e = decay(x);
  const one = f32x4.splat(1);
  return f32x4.div(choose(f32x4.ge(x, f32x4.splat(0)), one, e), f32x4.add(one, e));
}

@unmanaged
class Sigmoid {
  @inline
  forward(x: v128, a0: v128, a1: v128): v128 {
    return sigmoid(x);
  }

  @inline
  derivative(y: v128, a0: v128, a1: v128): v128 {
    return f32x4.mul(y, f32x4.sub(f32x4.splat(1), y));
  }
}

export function sigmoidForward(x: usize, y: usize, n: usize, a0: f32, a1: f32): void {
  forward<Sigmoid>(x, y, n, a0, a1);
}

export function sigmoidBackward(saved: usize, upstream: usize, out: usize, n: usize, a0: f32, a1: f32): void {
  backwardBySixteen<Sigmoid>(saved, upstream, out, n, a0, a1);
}

@unmanaged
class Softplus {
  // ln(1 + eˣ) = max(x, 0) + ln(1 + u) with u = e^−|x|; ln(1 + u) = 2 artanh s with s = u / (2 + u) ≤ 1/3. That is
  // u − s (u − s² w), where w = 2 (artanh s / s − 1) / s² is a polynomial of s² (minimax, 4.0e-9): what is subtracted is
  // less than half of u, and so are its errors.
  @inline
  forward(x: v128, a0: v128, a1: v128): v128 {
    const u = decay(x);
    const s = f32x4.div(u, f32x4.add(f32x4.splat(2), u));
    const square = f32x4.mul(s, s);
    let w = madd(square, f32x4.splat(0.28178334236145), f32x4.splat(0.27960601449012756));
    w = madd(square, w, f32x4.splat(0.40024909377098083));
    w = madd(square, w, f32x4.splat(0.6666631698608398));
    const less = f32x4.mul(s, f32x4.sub(u, f32x4.mul(square, w)));
    return f32x4.add(atLeast(x, 0), f32x4.sub(u, less));
  }

  @inline
  derivative(x: v128, a0: v128, a1: v128): v128 {
    return sigmoid(x);
  }
}

export function softplusForward(x: usize, y: usize, n: usize, a0: f32, a1: f32): void {
  forward<Softplus>(x, y, n, a0, a1);
}

export function softplusBackward(saved: usize, upstream: usize, out: usize, n: usize, a0: f32, a1: f32): void {
  backward<Softplus>(saved, upstream, out, n, a0, a1);
}

@unmanaged
class Tanh {
  // tanh |x| = −m / (2 + m) with m = e^(−2|x|) − 1; 1 from 9.02 on.
  @inline
  forward(x: v128, a0: v128, a1: v128): v128 {
    const distance = atMost(f32x4.abs(x), 10);
    const m = expMinusOne(f32x4.mul(distance, f32x4.splat(-2)));
    return withSign(f32x4.div(m, f32x4.add(f32x4.splat(2), m)), x);
  }

  @inline
  derivative(y: v128, a0: v128, a1: v128): v128 {
    const one = f32x4.splat(1);
    return f32x4.mul(f32x4.sub(one, y), f32x4.add(one, y));
  }
}

export function tanhForward(x: usize, y: usize, n: usize, a0: f32, a1: f32): void {
  forward<Tanh>(x, y, n, a0, a1);
}

export function tanhBackward(saved: usize, upstream: usize, out: usize, n: usize, a0: f32, a1: f32): void {
  backwardBySixteen<Tanh>(saved, upstream, out, n, a0, a1);
}
