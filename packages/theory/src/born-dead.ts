import { readRequired, requiredWholeFrom } from './required-options.ts';

export interface BornDeadOptions {
  /** N, units in each hidden layer; at least 1. */
  readonly width: number;
  /** L, weight layers; at least 1. There are L − 1 hidden layers. */
  readonly depth: number;
}

/** How likely a ReLU network is to be dead at birth. */
export interface BornDead {
  /** That some hidden layer is silent on one given input: exact. */
  readonly singleInput: number;
  /** At least this likely, some hidden layer is silent on every input. */
  readonly lowerBound: number;
  /** At most this likely, some hidden layer is silent on every input: `singleInput`. */
  readonly upperBound: number;
}

/**
 * The probability that a ReLU network with zero biases and symmetric random weights is born dead: some hidden layer is silent on
 * every input, the network constant, its gradient 0. With p = 2⁻ᴺ, N the width and L the depth:
 *
 * - a given input is silenced with probability 1 − (1 − p)^(L−1), which bounds that of all inputs from above;
 * - the lower bound, for one-dimensional input, is the probability of absorption of the chain {@link absorption}; it is exact for L ≤ 3.
 *
 * @throws ParameterError unless width and depth are whole numbers of at least 1.
 * @see Lu, Shin, Su & Karniadakis 2019, https://arxiv.org/abs/1903.06733
 */
export function bornDeadProbability(options: BornDeadOptions): BornDead {
  const { width, depth } = readRequired('bornDeadProbability', options, {
    width: requiredWholeFrom(1),
    depth: requiredWholeFrom(1),
  });
  const silent = 2 ** -width;
  const singleInput = depth === 1 ? 0 : -Math.expm1((depth - 1) * Math.log1p(-silent));
  // Close to 1, rounding must not swap the bounds.
  const lowerBound = Math.min(absorption(silent, width, depth - 2), singleInput);
  return { singleInput, lowerBound, upperBound: singleInput };
}

/**
 * A hidden layer passes on both half-lines of inputs, one of them, or none. After the first layer it is both but for 2p; from one,
 * the next layer is silent with probability p; from both, it is silent with p² and stays both with 1 − 2p − (N−1) p².
 *
 * The sum of p P[one] + p² P[both] over layers has no term to cancel, unlike the closed form in powers of 1 − p and
 * 1 − 2p − (N−1) p², which keeps no digit for wide layers.
 */
function absorption(p: number, width: number, steps: number): number {
  const losesOne = 2 * p + (width - 2) * p * p;
  let both = 1 - 2 * p;
  let one = 2 * p;
  let dead = 0;
  for (let step = 0; step < steps; step++) {
    dead += one * p + both * p * p;
    one = one * (1 - p) + both * losesOne;
    both *= 1 - losesOne - p * p;
    // What is left to die is less than rounding.
    if (one + both < 1e-17 * dead) break;
  }
  return dead;
}
