import type { ElementwiseActivation } from '@relu-lab/core';
import { notNegative } from '@relu-lab/core/options';
import { checkDefinition, valueAt } from './definition.ts';
import { lengthMoments } from './length-profile.ts';
import { meanSquaredDerivativeAt } from './moments.ts';
import { readRequired, requiredVariance } from './required-options.ts';

/** The distribution of weights and biases of a wide layer. */
export interface LayerVariances {
  /** σ_w² = fanIn × Var[W]; at least 0. (He is 2, LeCun is 1.) */
  readonly weightVariance: number;
  /** σ_b² = Var[b]; at least 0. Default 0. */
  readonly biasVariance?: number;
}

/** {@link LayerVariances} and a length. */
export interface LayerAtLength extends LayerVariances {
  /** q, the variance of pre-activations; at least 0. */
  readonly q: number;
}

/**
 * The length map: the variance of the next layer's pre-activations, V(q) = σ_w² E[φ(√q z)²] + σ_b², z ~ N(0, 1).
 *
 * @throws ParameterError for an unsound activation, a negative variance or a negative length.
 * @see Poole et al. 2016, https://arxiv.org/abs/1606.05340
 */
export function lengthMap(activation: ElementwiseActivation, options: LayerAtLength): number {
  const { weightVariance, biasVariance, q } = readLayer('lengthMap', activation, options);
  const secondMoment = q === 0 ? valueAt(activation, 0) ** 2 : lengthMoments(activation, q).secondMoment;
  return weightVariance * secondMoment + biasVariance;
}

/**
 * The slope of the length map, V'(q) = σ_w² E[φ'² + φ''φ] at √q z: below 1 at a fixed point, disturbances of the length die
 * out. Kinks count with the jump of φ'. At q = 0 the limit, for a φ with φ(0) = 0.
 *
 * @throws ParameterError for an unsound activation, a negative variance or a negative length.
 */
export function lengthSlope(activation: ElementwiseActivation, options: LayerAtLength): number {
  const { weightVariance, q } = readLayer('lengthSlope', activation, options);
  return weightVariance * (q === 0 ? meanSquaredDerivativeAt(activation, 0) : lengthMoments(activation, q).growth);
}

function readLayer(
  owner: string,
  activation: ElementwiseActivation,
  options: LayerAtLength,
): { readonly [K in 'weightVariance' | 'biasVariance' | 'q']: number } {
  checkDefinition(activation);
  return readRequired(owner, options, {
    weightVariance: requiredVariance,
    biasVariance: notNegative(0),
    q: requiredVariance,
  });
}
