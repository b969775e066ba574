import { exp, mantissa, octaves, remainder, scaled } from './exponential';
import { atMost, choose, madd, withSign } from './lanes';
import { backward, forward } from './map';

// x times a smooth gate between 0 and 1: SiLU and Mish, both from e = e^−|x|.

/** |x|, at most 112: there both gates are 0 on the left and 1 on the right, also when x is ±∞. */
// @ts-ignore: decorator
@inline
function distance(x: v128): v128 {
  return atMost(f32x4.abs(x), 112);
}

/** t e⁻ᵗ: t is multiplied in before the power of two, so that it keeps its digits where e⁻ᵗ is subnormal. */
// @ts-ignore: decorator
@inline
function timesDecay(t: v128): v128 {
  const exponent = f32x4.neg(t);
  const rounded = octaves(exponent);
  return scaled(f32x4.mul(t, mantissa(remainder(exponent, rounded))), rounded);
}

@unmanaged
class Silu {
  // x / (1 + e) on the right, x e / (1 + e) on the left.
  @inline
  forward(x: v128, a0: v128, a1: v128): v128 {
    const t = distance(x);
    const left = f32x4.neg(timesDecay(t));
    const e = exp(f32x4.neg(t));
    return f32x4.div(choose(f32x4.ge(x, f32x4.splat(0)), x, left), f32x4.add(f32x4.splat(1), e));
  }

  // σ(x) (1 + x σ(−x)).
  @inline
  derivative(x: v128, a0: v128, a1: v128): v128 {
    const t = distance(x);
    const one = f32x4.splat(1);
    const e = exp(f32x4.neg(t));
    const near = f32x4.div(one, f32x4.add(one, e));
    const far = f32x4.mul(e, near);
    const right = f32x4.ge(x, f32x4.splat(0));
    const gate = choose(right, near, far);
    const other = choose(right, far, near);
    return f32x4.mul(gate, madd(withSign(t, x), other, one));
  }
}

export function siluForward(x: usize, y: usize, n: usize, a0: f32, a1: f32): void {
  forward<Silu>(x, y, n, a0, a1);
}

export function siluBackward(saved: usize, upstream: usize, out: usize, n: usize, a0: f32, a1: f32): void {
  backward<Silu>(saved, upstream, out, n, a0, a1);
}

@unmanaged
class Mish {
  // tanh(ln(1 + eˣ)) = (1 + 2e) / (1 + 2e + 2e²) on the right, e (e + 2) / (e (e + 2) + 2) on the left.
  @inline
  forward(x: v128, a0: v128, a1: v128): v128 {
    const t = distance(x);
    const one = f32x4.splat(1);
    const two = f32x4.splat(2);
    const e = exp(f32x4.neg(t));
    const twice = f32x4.add(e, e);
    const onePlus = f32x4.add(one, twice);
    const twoPlus = f32x4.add(two, e);
    const right = f32x4.ge(x, f32x4.splat(0));
    const left = f32x4.neg(f32x4.mul(timesDecay(t), twoPlus));
    const top = choose(right, f32x4.mul(x, onePlus), left);
    const bottom = choose(right, madd(twice, e, onePlus), madd(e, twoPlus, two));
    return f32x4.div(top, bottom);
  }

  // With d the denominator above: (1 + 2e + 4x (1 + e) e² / d) / d on the right, e (2 + e + 4x (1 + e) / d) / d on the
  // left.
  @inline
  derivative(x: v128, a0: v128, a1: v128): v128 {
    const t = distance(x);
    const one = f32x4.splat(1);
    const two = f32x4.splat(2);
    const e = exp(f32x4.neg(t));
    const twice = f32x4.add(e, e);
    const onePlus = f32x4.add(one, twice);
    const twoPlus = f32x4.add(two, e);
    const right = f32x4.ge(x, f32x4.splat(0));
    const d = choose(right, madd(twice, e, onePlus), madd(e, twoPlus, two));
    const inverse = f32x4.div(one, d);
    const steep = f32x4.mul(f32x4.mul(withSign(t, x), f32x4.splat(4)), f32x4.add(one, e));
    const second = f32x4.mul(f32x4.mul(steep, choose(right, f32x4.mul(e, e), one)), inverse);
    const sum = f32x4.add(choose(right, onePlus, twoPlus), second);
    return f32x4.mul(f32x4.mul(choose(right, one, e), inverse), sum);
  }
}

export function mishForward(x: usize, y: usize, n: usize, a0: f32, a1: f32): void {
  forward<Mish>(x, y, n, a0, a1);
}

export function mishBackward(saved: usize, upstream: usize, out: usize, n: usize, a0: f32, a1: f32): void {
  backward<Mish>(saved, upstream, out, n, a0, a1);
}
