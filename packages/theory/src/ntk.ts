import type { ElementwiseActivation } from '@relu-lab/core';
import { notNegative, positive } from '@relu-lab/core/options';
import { checkDefinition } from './definition.ts';
import { pairMoments } from './gaussian-pair.ts';
import type { LayerVariances } from './length-map.ts';
import { lengthMoments } from './length-profile.ts';
import { readRequired, requiredCorrelation, requiredVariance, requiredWholeFrom } from './required-options.ts';

export interface NtkOptions extends LayerVariances {
  /** Hidden layers, at least 0. */
  readonly depth: number;
  /** Correlation of the first pre-activations of the two inputs, from −1 to 1. */
  readonly rho: number;
  /** Variance of the first pre-activations, of both inputs; above 0. Default 1. */
  readonly q?: number;
}

/** The kernels of two inputs, layer by layer, divided by the q that was given: depth + 1 numbers, the first for the first layer. */
export interface NeuralTangentKernel {
  /** Θ_l / q, the neural tangent kernel of the pre-activations of layer l. */
  readonly kernel: readonly number[];
  /** K_l / q, the covariance of the pre-activations of layer l (the kernel of the network as a Gaussian process). */
  readonly nngp: readonly number[];
}

/**
 * The neural tangent kernel and the covariance of an infinitely wide multilayer perceptron, in NTK parametrisation:
 * K_1 = Θ_1 = ρ q; K_{l+1} = σ_w² E[φ(x) φ(y)] + σ_b², Θ_{l+1} = K_{l+1} + Θ_l σ_w² E[φ'(x) φ'(y)], with x and y normal with the
 * covariance K_l and the lengths that the length map gives.
 *
 * For ReLU at σ_w² = 2 without bias the diagonal (ρ = 1) is 1, 2, …, depth + 1.
 *
 * @throws ParameterError for an unsound activation, a negative variance, a depth that is no whole number, or a ρ outside [−1, 1].
 * @see Jacot, Gabriel & Hongler 2018, https://arxiv.org/abs/1806.07572; Lee et al. 2018, https://arxiv.org/abs/1711.00165
 */
export function ntk(activation: ElementwiseActivation, options: NtkOptions): NeuralTangentKernel {
  checkDefinition(activation);
  const { weightVariance, biasVariance, depth, rho, q } = readRequired('ntk', options, {
    weightVariance: requiredVariance,
    biasVariance: notNegative(0),
    depth: requiredWholeFrom(0),
    rho: requiredCorrelation,
    q: positive(1),
  });
  const kernel = [rho];
  const nngp = [rho];
  let length = q;
  let covariance = rho * q;
  let tangent = covariance;
  for (let layer = 0; layer < depth; layer++) {
    const correlation = Math.min(1, Math.max(-1, covariance / length));
    const { product, derivativeProduct } = pairMoments(activation, length, correlation);
    length = weightVariance * lengthMoments(activation, length).secondMoment + biasVariance;
    covariance = weightVariance * product + biasVariance;
    tangent = covariance + tangent * weightVariance * derivativeProduct;
    kernel.push(tangent / q);
    nngp.push(covariance / q);
  }
  return { kernel, nngp };
}
