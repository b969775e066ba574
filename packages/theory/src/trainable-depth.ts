import type { ElementwiseActivation } from '@relu-lab/core';
import { notNegative, positive } from '@relu-lab/core/options';
import { correlationFixedPoint } from './correlation-fixed-point.ts';
import { checkDefinition } from './definition.ts';
import type { LayerVariances } from './length-map.ts';
import { meanField } from './mean-field.ts';
import { readRequired, requiredVariance } from './required-options.ts';

export interface TrainableDepthOptions extends LayerVariances {
  /** How many depth scales a signal may travel. Default 6, what Schoenholz et al. 2017 found in experiments. */
  readonly scales?: number;
}

/**
 * How deep a network can be for training to reach its first layers. `finite`: about `depth` layers; `unlimited`: at the edge of chaos
 * nothing limits it (but finite width); `none`: there is no length to speak of, for the reason given.
 */
export type TrainableDepth =
  | { readonly status: 'finite'; readonly depth: number; readonly correlationScale: number }
  | { readonly status: 'unlimited' }
  | { readonly status: 'none'; readonly reason: string };

/**
 * The trainable depth, `scales` × ξ_c, where ξ_c = −1 / ln R'(c*) is the number of layers in which differences between inputs approach
 * their limit: −1 / ln χ₁ in the ordered phase, taken at c* < 1 in the chaotic one.
 *
 * @throws ParameterError for an unsound activation, a negative variance, or `scales` not above 0.
 * @see Schoenholz et al. 2017, https://arxiv.org/abs/1611.01232
 */
export function trainableDepth(activation: ElementwiseActivation, options: TrainableDepthOptions): TrainableDepth {
  checkDefinition(activation);
  const { scales, ...layer } = readRequired('trainableDepth', options, {
    weightVariance: requiredVariance,
    biasVariance: notNegative(0),
    scales: positive(6),
  });
  const { q, lengthScale, correlationScale } = meanField(activation, layer);
  if (q === null) return { status: 'none', reason: 'the length of signals grows without end' };
  if (lengthScale === null) return { status: 'none', reason: `the length runs away from ${q} when it is disturbed` };
  if (correlationScale !== null) return finite(correlationScale, scales);
  return finite(correlationFixedPoint(activation, { ...layer, q }).correlationScale, scales);
}

function finite(correlationScale: number, scales: number): TrainableDepth {
  if (correlationScale === Infinity) return { status: 'unlimited' };
  return { status: 'finite', depth: scales * correlationScale, correlationScale };
}
