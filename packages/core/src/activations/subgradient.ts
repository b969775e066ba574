import type { OptionRule } from '../options.ts';

/**
 * The subgradient convention of every activation with kinks.
 *
 * At a kink φ has a slope on the left and a slope on the right, and no derivative. Any number between the two slopes
 * serves backpropagation; which one is a choice. An activation of the ReLU family takes it as `subgradient` s in [0, 1],
 * the place between the smaller and the larger of the two slopes:
 *
 *     φ'(kink) = smaller + s (larger − smaller)
 *
 * The default s = 0 is what the common frameworks do: 0 for ReLU and at both kinks of ReLU6, α for leaky ReLU and PReLU
 * with α < 1. The activations that take no such option say in their own description what they do at their kinks.
 *
 * Bertoin, Bolte, Gerchinovitz and Pauwels (2021) show where the choice matters: https://arxiv.org/abs/2106.12915.
 */
export interface SubgradientOptions {
  /** s, the derivative's place between the one-sided slopes at each kink: from 0, the smaller, to 1. Default 0. */
  readonly subgradient?: number;
}

/** The rule of {@link SubgradientOptions.subgradient}. */
export const subgradientRule: OptionRule = {
  default: 0,
  accepts: (value) => value >= 0 && value <= 1,
  wanted: 'a number from 0 to 1',
};

/** The derivative at a kink with the slopes `left` and `right`, by the convention of {@link SubgradientOptions}. */
export function slopeAtKink(left: number, right: number, subgradient: number): number {
  const smaller = Math.min(left, right);
  const larger = Math.max(left, right);
  return smaller + subgradient * (larger - smaller);
}
