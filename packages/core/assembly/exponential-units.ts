import { expMinusOne } from './exponential';
import { atLeast, atMost, choose } from './lanes';
import { backwardBySixteen, forward } from './map';

// x on the right, a multiple of eˣ − 1 on the left, where the output tells the derivative.

/** eˣ − 1 for x ≤ 0: −1 from −18 downwards, in float32. */
// @ts-ignore: decorator
@inline
function leftBranch(x: v128): v128 {
  return expMinusOne(atLeast(x, -18));
}

@unmanaged
class Elu {
  // x ≥ 0 and not x > 0, so that −0 stays −0.
  @inline
  forward(x: v128, alpha: v128, a1: v128): v128 {
    return choose(f32x4.ge(x, f32x4.splat(0)), x, f32x4.mul(alpha, leftBranch(x)));
  }

  @inline
  derivative(y: v128, alpha: v128, a1: v128): v128 {
    return choose(f32x4.gt(y, f32x4.splat(0)), f32x4.splat(1), f32x4.add(y, alpha));
  }
}

/** The same where α is 1: y + 1 is above 1 on the right alone. */
@unmanaged
class UnitElu {
  @inline
  derivative(y: v128, a0: v128, a1: v128): v128 {
    return atMost(f32x4.add(y, f32x4.splat(1)), 1);
  }
}

export function eluForward(x: usize, y: usize, n: usize, a0: f32, a1: f32): void {
  forward<Elu>(x, y, n, a0, a1);
}

export function eluBackward(saved: usize, upstream: usize, out: usize, n: usize, a0: f32, a1: f32): void {
  if (a0 == 1) backwardBySixteen<UnitElu>(saved, upstream, out, n, a0, a1);
  else backwardBySixteen<Elu>(saved, upstream, out, n, a0, a1);
}

@unmanaged
class Celu {
  @inline
  forward(x: v128, alpha: v128, a1: v128): v128 {
    const left = f32x4.mul(alpha, leftBranch(f32x4.div(x, alpha)));
    return choose(f32x4.ge(x, f32x4.splat(0)), x, left);
  }

  @inline
  derivative(y: v128, alpha: v128, a1: v128): v128 {
    const one = f32x4.splat(1);
    return choose(f32x4.gt(y, f32x4.splat(0)), one, f32x4.div(f32x4.add(y, alpha), alpha));
  }
}

export function celuForward(x: usize, y: usize, n: usize, a0: f32, a1: f32): void {
  forward<Celu>(x, y, n, a0, a1);
}

export function celuBackward(saved: usize, upstream: usize, out: usize, n: usize, a0: f32, a1: f32): void {
  backwardBySixteen<Celu>(saved, upstream, out, n, a0, a1);
}

// @ts-ignore: decorator
@inline const lambda: f32 = 1.0507009873554805;
// @ts-ignore: decorator
@inline const lambdaAlpha: f32 = 1.7580993408473769;

@unmanaged
class Selu {
  @inline
  forward(x: v128, a0: v128, a1: v128): v128 {
    const right = f32x4.mul(f32x4.splat(lambda), x);
    return choose(f32x4.ge(x, f32x4.splat(0)), right, f32x4.mul(f32x4.splat(lambdaAlpha), leftBranch(x)));
  }

  // y + λα on the left, λ on the right as (λ − λα) + λα, of which neither rounds. As integers, floats above 0 are above 0 too;
  // so are some NaNs, which the smaller of NaN and anything is still.
  @inline
  derivative(y: v128, a0: v128, a1: v128): v128 {
    const right = v128.and(i32x4.gt_s(y, i32x4.splat(0)), f32x4.splat(lambda - lambdaAlpha));
    return f32x4.add(f32x4.pmin(y, right), f32x4.splat(lambdaAlpha));
  }
}

export function seluForward(x: usize, y: usize, n: usize, a0: f32, a1: f32): void {
  forward<Selu>(x, y, n, a0, a1);
}

export function seluBackward(saved: usize, upstream: usize, out: usize, n: usize, a0: f32, a1: f32): void {
  backwardBySixteen<Selu>(saved, upstream, out, n, a0, a1);
}
