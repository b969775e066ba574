import { atLeast, atMost, choose, nanLike } from './lanes';
import { backwardBySixteen, forwardByEight } from './map';

// The sigmoid and the SiLU of cheap hardware: straight lines and a parabola with kinks at ±3.

@unmanaged
class HardSigmoid {
  @inline
  forward(x: v128, a0: v128, a1: v128): v128 {
    const shifted = f32x4.add(x, f32x4.splat(3));
    return f32x4.div(atMost(atLeast(shifted, 0), 6), f32x4.splat(6));
  }

  @inline
  derivative(x: v128, a0: v128, a1: v128): v128 {
    const inside = f32x4.lt(f32x4.abs(x), f32x4.splat(3));
    return nanLike(x, v128.and(inside, f32x4.splat(0.16666667)));
  }
}

export function hardSigmoidForward(x: usize, y: usize, n: usize, a0: f32, a1: f32): void {
  forwardByEight<HardSigmoid>(x, y, n, a0, a1);
}

export function hardSigmoidBackward(saved: usize, upstream: usize, out: usize, n: usize, a0: f32, a1: f32): void {
  backwardBySixteen<HardSigmoid>(saved, upstream, out, n, a0, a1);
}

@unmanaged
class HardSwish {
  @inline
  forward(x: v128, a0: v128, a1: v128): v128 {
    const three = f32x4.splat(3);
    const between = f32x4.div(f32x4.mul(x, f32x4.add(x, three)), f32x4.splat(6));
    const leftwards = choose(f32x4.le(x, f32x4.splat(-3)), f32x4.splat(0), between);
    return choose(f32x4.ge(x, three), x, leftwards);
  }

  @inline
  derivative(x: v128, a0: v128, a1: v128): v128 {
    const three = f32x4.splat(3);
    const between = f32x4.div(f32x4.add(f32x4.add(x, x), three), f32x4.splat(6));
    const leftwards = choose(f32x4.lt(x, f32x4.splat(-3)), f32x4.splat(0), between);
    return choose(f32x4.gt(x, three), f32x4.splat(1), leftwards);
  }
}

export function hardSwishForward(x: usize, y: usize, n: usize, a0: f32, a1: f32): void {
  forwardByEight<HardSwish>(x, y, n, a0, a1);
}

export function hardSwishBackward(saved: usize, upstream: usize, out: usize, n: usize, a0: f32, a1: f32): void {
  backwardBySixteen<HardSwish>(saved, upstream, out, n, a0, a1);
}
