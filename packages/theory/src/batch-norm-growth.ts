import type { ElementwiseActivation } from '@relu-lab/core';
import { checkDefinition } from './definition.ts';
import { gaussianMoments } from './gaussian-moments.ts';

/**
 * The factor by which the squared gradient grows a layer, towards the input, in a wide network of dense layer, batch norm and φ,
 * without skips: E[φ'(z)²] / Var[φ(z)], z ~ N(0, 1). For ReLU π/(π − 1) = 1.46694.
 *
 * Batch norm divides by the deviation over the batch, which the mean of φ does not feed: with inputs of distinct samples uncorrelated,
 * the deviation is σ_w √Var[φ] whatever σ_w, and the gradient of each layer is multiplied with σ_w² E[φ'²] / (σ_w² Var[φ]). For large
 * batches: small ones grow faster. The first and the last layer do not follow it.
 *
 * @throws ParameterError for an unsound activation.
 * @see Yang et al. 2019, https://arxiv.org/abs/1902.08129
 */
export function batchNormGrowth(activation: ElementwiseActivation): number {
  checkDefinition(activation);
  const { derivativeSecondMoment, variance } = gaussianMoments(activation, 0, 1);
  return derivativeSecondMoment / variance;
}
