import { loadLanes, madd, storeLanes, vectorBytes } from './lanes';

// Optimiser steps as in PyTorch. p: parameters, g: their gradient, which is not changed.

/** g + decay p. */
// @ts-ignore: decorator
@inline
function decayed(p: v128, g: usize, decay: v128, count: usize): v128 {
  return madd(decay, p, loadLanes(g, count));
}

// @ts-ignore: decorator
@inline
function plainLanes(p: usize, g: usize, rate: v128, decay: v128, count: usize): void {
  const at = loadLanes(p, count);
  storeLanes(p, f32x4.sub(at, f32x4.mul(rate, decayed(at, g, decay, count))), count);
}

// @ts-ignore: decorator
@inline
function momentumLanes(
  p: usize, g: usize, velocity: usize, rate: v128, momentum: v128, nesterov: bool, decay: v128, count: usize,
): void {
  const at = loadLanes(p, count);
  const slope = decayed(at, g, decay, count);
  const moved = madd(momentum, loadLanes(velocity, count), slope);
  storeLanes(velocity, moved, count);
  const direction = nesterov ? madd(momentum, moved, slope) : moved;
  storeLanes(p, f32x4.sub(at, f32x4.mul(rate, direction)), count);
}

export function sgdStep(
  p: usize, g: usize, velocity: usize, n: usize, rate: f32, momentum: f32, nesterov: bool, weightDecay: f32,
): void {
  const rates = f32x4.splat(rate);
  const decays = f32x4.splat(weightDecay);
  const end = p + vectorBytes(n);
  const rest = n & 3;
  if (momentum == 0) {
    for (; p != end; p += 16, g += 16) plainLanes(p, g, rates, decays, 4);
    if (rest) plainLanes(p, g, rates, decays, rest);
    return;
  }
  const momenta = f32x4.splat(momentum);
  for (; p != end; p += 16, g += 16, velocity += 16) momentumLanes(p, g, velocity, rates, momenta, nesterov, decays, 4);
  if (rest) momentumLanes(p, g, velocity, rates, momenta, nesterov, decays, rest);
}

// @ts-ignore: decorator
@inline
function rmspropLanes(
  p: usize, g: usize, square: usize,
  rate: v128, keep: v128, take: v128, epsilon: v128, weightDecay: v128, count: usize,
): void {
  const at = loadLanes(p, count);
  const slope = decayed(at, g, weightDecay, count);
  const moved = madd(keep, loadLanes(square, count), f32x4.mul(f32x4.mul(take, slope), slope));
  storeLanes(square, moved, count);
  const step = f32x4.div(f32x4.mul(rate, slope), f32x4.add(f32x4.sqrt(moved), epsilon));
  storeLanes(p, f32x4.sub(at, step), count);
}

/** `keep` is the decay of the mean square, `take` = 1 − keep. */
export function rmspropStep(
  p: usize, g: usize, square: usize, n: usize,
  rate: f32, keep: f32, take: f32, epsilon: f32, weightDecay: f32,
): void {
  const rates = f32x4.splat(rate);
  const keeps = f32x4.splat(keep);
  const takes = f32x4.splat(take);
  const epsilons = f32x4.splat(epsilon);
  const decays = f32x4.splat(weightDecay);
  const end = p + vectorBytes(n);
  for (; p != end; p += 16, g += 16, square += 16) rmspropLanes(p, g, square, rates, keeps, takes, epsilons, decays, 4);
  if (n & 3) rmspropLanes(p, g, square, rates, keeps, takes, epsilons, decays, n & 3);
}

// @ts-ignore: decorator
@inline
function adamLanes(
  p: usize, g: usize, mean: usize, square: usize,
  rate: v128, keep1: v128, take1: v128, keep2: v128, take2: v128, perRoot: v128, epsilon: v128,
  weightDecay: v128, shrink: v128, count: usize,
): void {
  const at = loadLanes(p, count);
  const slope = decayed(at, g, weightDecay, count);
  const first = madd(keep1, loadLanes(mean, count), f32x4.mul(take1, slope));
  const second = madd(keep2, loadLanes(square, count), f32x4.mul(f32x4.mul(take2, slope), slope));
  storeLanes(mean, first, count);
  storeLanes(square, second, count);
  const step = f32x4.div(f32x4.mul(rate, first), madd(f32x4.sqrt(second), perRoot, epsilon));
  storeLanes(p, f32x4.sub(f32x4.mul(shrink, at), step), count);
}

/**
 * `rate` is the learning rate / (1 − β₁ᵗ), `keep` and `take` are β and 1 − β of each mean, `perRoot` = 1 / √(1 − β₂ᵗ);
 * `weightDecay` is added to the gradient, `shrink` multiplies the parameters (1 when decay is not decoupled).
 */
export function adamStep(
  p: usize, g: usize, mean: usize, square: usize, n: usize,
  rate: f32, keep1: f32, take1: f32, keep2: f32, take2: f32, perRoot: f32, epsilon: f32,
  weightDecay: f32, shrink: f32,
): void {
  const rates = f32x4.splat(rate);
  const keeps1 = f32x4.splat(keep1);
  const takes1 = f32x4.splat(take1);
  const keeps2 = f32x4.splat(keep2);
  const takes2 = f32x4.splat(take2);
  const perRoots = f32x4.splat(perRoot);
  const epsilons = f32x4.splat(epsilon);
  const decays = f32x4.splat(weightDecay);
  const shrinks = f32x4.splat(shrink);
  const end = p + vectorBytes(n);
  for (; p != end; p += 16, g += 16, mean += 16, square += 16) {
    adamLanes(p, g, mean, square, rates, keeps1, takes1, keeps2, takes2, perRoots, epsilons, decays, shrinks, 4);
  }
  if (n & 3) {
    adamLanes(p, g, mean, square, rates, keeps1, takes1, keeps2, takes2, perRoots, epsilons, decays, shrinks, n & 3);
  }
}
