import { atLeast, atMost, choose, nanLike } from './lanes';
import { backwardBySixteen, forwardByEight, forwardBySixteen } from './map';

// Activations that are straight on each side of their kinks. Their derivative is told by the output as well as by the
// input, except at the kinks, where a0 or a1 says what it is.

@unmanaged
class Relu {
  // −0 + 0 is 0.
  @inline
  forward(x: v128, a0: v128, a1: v128): v128 {
    return f32x4.add(atLeast(x, 0), f32x4.splat(0));
  }

  @inline
  derivative(saved: v128, subgradient: v128, a1: v128): v128 {
    const zero = f32x4.splat(0);
    const above = v128.and(f32x4.gt(saved, zero), f32x4.splat(1));
    const at = v128.and(f32x4.eq(saved, zero), subgradient);
    return nanLike(saved, v128.or(above, at));
  }
}

/** The same where the subgradient is 0 and so the output was saved: 0, more, or NaN. */
@unmanaged
class PlainRelu {
  @inline
  derivative(y: v128, a0: v128, a1: v128): v128 {
    return f32x4.ceil(atMost(y, 1));
  }
}

export function reluForward(x: usize, y: usize, n: usize, a0: f32, a1: f32): void {
  forwardByEight<Relu>(x, y, n, a0, a1);
}

export function reluBackward(saved: usize, upstream: usize, out: usize, n: usize, a0: f32, a1: f32): void {
  if (a0 == 0) backwardBySixteen<PlainRelu>(saved, upstream, out, n, a0, a1);
  else backwardBySixteen<Relu>(saved, upstream, out, n, a0, a1);
}

@unmanaged
class Relu6 {
  @inline
  forward(x: v128, a0: v128, a1: v128): v128 {
    return f32x4.add(atMost(atLeast(x, 0), 6), f32x4.splat(0));
  }

  @inline
  derivative(saved: v128, subgradient: v128, a1: v128): v128 {
    const zero = f32x4.splat(0);
    const six = f32x4.splat(6);
    const inside = v128.and(f32x4.gt(saved, zero), f32x4.lt(saved, six));
    const kink = v128.or(f32x4.eq(saved, zero), f32x4.eq(saved, six));
    return nanLike(saved, v128.or(v128.and(inside, f32x4.splat(1)), v128.and(kink, subgradient)));
  }
}

@unmanaged
class PlainRelu6 {
  @inline
  derivative(y: v128, a0: v128, a1: v128): v128 {
    return v128.andnot(f32x4.ceil(atMost(y, 1)), f32x4.eq(y, f32x4.splat(6)));
  }
}

export function relu6Forward(x: usize, y: usize, n: usize, a0: f32, a1: f32): void {
  forwardByEight<Relu6>(x, y, n, a0, a1);
}

export function relu6Backward(saved: usize, upstream: usize, out: usize, n: usize, a0: f32, a1: f32): void {
  if (a0 == 0) backwardBySixteen<PlainRelu6>(saved, upstream, out, n, a0, a1);
  else backwardBySixteen<Relu6>(saved, upstream, out, n, a0, a1);
}

@unmanaged
class LeakyRelu {
  @inline
  forward(x: v128, slope: v128, a1: v128): v128 {
    return choose(f32x4.gt(x, f32x4.splat(0)), x, f32x4.mul(slope, x));
  }

  @inline
  derivative(saved: v128, slope: v128, atKink: v128): v128 {
    const zero = f32x4.splat(0);
    const below = choose(f32x4.lt(saved, zero), slope, atKink);
    return nanLike(saved, choose(f32x4.gt(saved, zero), f32x4.splat(1), below));
  }
}

/** The same where the slope is at most 1, and not 0: less to do. */
@unmanaged
class GentleLeakyRelu {
  // The larger of x and slope x is x on the right. With a slope of 0 it would be NaN at ∞.
  @inline
  forward(x: v128, slope: v128, a1: v128): v128 {
    return f32x4.pmax(f32x4.mul(slope, x), x);
  }

  // For a slope above 0 and the same at the kink: rounded up, what is above 0 and at most 1 is 1, and all else below the slope.
  @inline
  derivative(saved: v128, slope: v128, a1: v128): v128 {
    return f32x4.pmax(f32x4.ceil(atMost(saved, 1)), slope);
  }
}

export function leakyReluForward(x: usize, y: usize, n: usize, a0: f32, a1: f32): void {
  if (a0 <= 1 && a0 != 0) forwardBySixteen<GentleLeakyRelu>(x, y, n, a0, a1);
  else forwardByEight<LeakyRelu>(x, y, n, a0, a1);
}

export function leakyReluBackward(saved: usize, upstream: usize, out: usize, n: usize, a0: f32, a1: f32): void {
  if (a0 == a1 && a0 > 0 && a0 <= 1) backwardBySixteen<GentleLeakyRelu>(saved, upstream, out, n, a0, a1);
  else backwardBySixteen<LeakyRelu>(saved, upstream, out, n, a0, a1);
}

@unmanaged
class Abs {
  @inline
  forward(x: v128, a0: v128, a1: v128): v128 {
    return f32x4.abs(x);
  }

  @inline
  derivative(x: v128, a0: v128, a1: v128): v128 {
    const zero = f32x4.splat(0);
    const above = v128.and(f32x4.gt(x, zero), f32x4.splat(1));
    const below = v128.and(f32x4.lt(x, zero), f32x4.splat(-1));
    return nanLike(x, v128.or(above, below));
  }
}

export function absForward(x: usize, y: usize, n: usize, a0: f32, a1: f32): void {
  forwardByEight<Abs>(x, y, n, a0, a1);
}

export function absBackward(saved: usize, upstream: usize, out: usize, n: usize, a0: f32, a1: f32): void {
  backwardBySixteen<Abs>(saved, upstream, out, n, a0, a1);
}

@unmanaged
class Identity {
  @inline
  derivative(saved: v128, a0: v128, a1: v128): v128 {
    return nanLike(saved, f32x4.splat(1));
  }
}

export function identityForward(x: usize, y: usize, n: usize, a0: f32, a1: f32): void {
  memory.copy(y, x, n << 2);
}

export function identityBackward(saved: usize, upstream: usize, out: usize, n: usize, a0: f32, a1: f32): void {
  backwardBySixteen<Identity>(saved, upstream, out, n, a0, a1);
}
