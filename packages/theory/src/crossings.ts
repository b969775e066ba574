import { ParameterError } from '@relu-lab/core';
import { readRequired, requiredPositive, requiredVariance, requiredWholeFrom } from './required-options.ts';

export interface CrossingsOptions {
  /** l, the hidden layer of the unit, from 1 on. */
  readonly layer: number;
  /** a: inputs run from −a to a; above 0. */
  readonly halfWidth: number;
  /** σ_w² = fanIn × Var[W], in every layer; above 0. */
  readonly weightVariance: number;
  /** σ_b, the deviation of the biases, in every layer. At least 0, above 0 from the second layer on. */
  readonly biasDeviation: number;
}

/**
 * How often, on average, the pre-activation of one unit of a random ReLU network with one-dimensional input changes sign while the
 * input runs from −a to a: (2/π) arctan(a √(v/B)), v = σ_w² (σ_w²/2)^(l−1), B = σ_b² Σ_{k<l} (σ_w²/2)^k.
 *
 * By the formula of Kac and Rice for a pre-activation with variance v x² + B and slope of variance v: exact in the first layer, for
 * infinite width in deeper ones. Whatever the depth, a whole line has one crossing a unit. A crossing that a later layer masks
 * bounds a cell of activation patterns, but is no kink of the output.
 *
 * @throws ParameterError unless `layer` is a whole number of at least 1, `halfWidth` and `weightVariance` are above 0, and
 *   `biasDeviation` is at least 0; and for zero biases beyond the first layer, where all that can happen happens at 0.
 * @see Hanin & Rolnick 2019, https://arxiv.org/abs/1901.09021
 */
export function expectedCrossings(options: CrossingsOptions): number {
  const { layer, halfWidth, weightVariance, biasDeviation } = readRequired('expectedCrossings', options, {
    layer: requiredWholeFrom(1),
    halfWidth: requiredPositive,
    weightVariance: requiredPositive,
    biasDeviation: requiredVariance,
  });
  if (biasDeviation === 0 && layer > 1) {
    throw new ParameterError(
      'expectedCrossings needs a biasDeviation above 0 beyond the first layer: without biases the network has two linear pieces that meet at 0',
    );
  }
  // v / B = 2 r^l / (σ_b² (1 + r + … + r^(l−1))) with r = σ_w²/2, divided by r^(l−1) so that nothing overflows.
  const factor = weightVariance / 2;
  let sum = 0;
  for (let k = 0; k < layer; k++) sum = 1 + sum / factor;
  return (2 / Math.PI) * Math.atan((halfWidth * Math.sqrt(weightVariance / sum)) / biasDeviation);
}
