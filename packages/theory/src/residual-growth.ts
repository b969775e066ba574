import { type ElementwiseActivation, power } from '@relu-lab/core';
import { finite, notNegative, positive } from '@relu-lab/core/options';
import { checkDefinition } from './definition.ts';
import type { LayerVariances } from './length-map.ts';
import { lengthMoments } from './length-profile.ts';
import { readRequired, requiredVariance, requiredWholeFrom } from './required-options.ts';

export interface ResidualOptions extends LayerVariances {
  /** Residual blocks, at least 0. */
  readonly blocks: number;
  /** s, which multiplies the branch. Default 1. */
  readonly scale?: number;
  /** Variance of the stream at the start, above 0. Default 1. */
  readonly q?: number;
}

/** What residual sums do, by block: blocks + 1 numbers each. */
export interface ResidualGrowth {
  /** Variance of the stream before the first block, and after each. */
  readonly q: readonly number[];
  /** Squared gradient with respect to the stream at the same points, relative to the end: the last is 1. */
  readonly squaredGradient: readonly number[];
}

/**
 * A wide stream of residual blocks x ← x + s (W φ(x) + b), without normalisation: the variances add, q ← q + s² (σ_w² E[φ(√q z)²] + σ_b²), and so
 * do those of the gradient, times 1 + s² σ_w² E[φ'(√q z)²] a block. With ReLU, σ_w² = 2 and s = 1 both double.
 *
 * @throws ParameterError for an unsound activation, a negative variance, or a number of blocks that is no whole number.
 */
export function residualGrowth(activation: ElementwiseActivation, options: ResidualOptions): ResidualGrowth {
  checkDefinition(activation);
  const layer = readRequired('residualGrowth', options, {
    weightVariance: requiredVariance,
    biasVariance: notNegative(0),
    blocks: requiredWholeFrom(0),
    scale: finite(1),
    q: positive(1),
  });
  const branch = layer.scale * layer.scale;
  const q = [layer.q];
  const factors: number[] = [];
  for (let block = 0; block < layer.blocks; block++) {
    const { secondMoment, derivativeSecondMoment } = lengthMoments(activation, q[block]);
    q.push(q[block] + branch * (layer.weightVariance * secondMoment + layer.biasVariance));
    factors.push(1 + branch * layer.weightVariance * derivativeSecondMoment);
  }
  const squaredGradient = [1];
  for (const factor of factors.reverse()) squaredGradient.push(squaredGradient[squaredGradient.length - 1] * factor);
  return { q, squaredGradient: squaredGradient.reverse() };
}

/**
 * What Fixup multiplies the initial weights inside a residual branch with: L^(−1/(2m−2)) for L blocks of m layers, so that one step of
 * training changes the output by an amount that does not depend on L.
 *
 * @param options.blocks - L, at least 1.
 * @param options.layersPerBlock - m, weight layers in a branch; at least 2.
 * @throws ParameterError unless they are whole numbers of at least 1 and 2.
 * @see Zhang, Dauphin & Ma 2019, https://arxiv.org/abs/1901.09321
 */
export function fixupScale(options: { readonly blocks: number; readonly layersPerBlock: number }): number {
  const { blocks, layersPerBlock } = readRequired('fixupScale', options, {
    blocks: requiredWholeFrom(1),
    layersPerBlock: requiredWholeFrom(2),
  });
  return power(blocks, -1 / (2 * layersPerBlock - 2));
}
