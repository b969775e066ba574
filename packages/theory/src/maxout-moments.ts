import { normalCumulative, power } from '@relu-lab/core';
import { gaussianExpectation } from './gaussian-expectation.ts';
import { readRequired, requiredWholeFrom } from './required-options.ts';

/** Expectations of the largest of k independent standard normal pre-activations. */
export interface MaxoutMoments {
  /** E[max]. */
  readonly mean: number;
  /** E[max²]. */
  readonly secondMoment: number;
  /** Var[max]. */
  readonly variance: number;
  /** The σ_w that keeps the second moment, 1/√E[max²]. */
  readonly forwardGain: number;
}

/**
 * Moments of maxout: E[max^p] = k E[z^p Φ(z)^(k−1)] for `pieces` k independent pre-activations z ~ N(0, 1); in closed form for k up
 * to 3. For two, E[max] = 1/√π and E[max²] = 1.
 *
 * Gradients pass to exactly one piece: the squares of the slopes of a unit add to 1, whatever k.
 *
 * @param options.pieces - k, at least 1.
 * @throws ParameterError unless `pieces` is a whole number of at least 1.
 * @see Goodfellow et al. 2013, https://arxiv.org/abs/1302.4389
 */
export function maxoutMoments(options: { readonly pieces: number }): MaxoutMoments {
  const { pieces } = readRequired('maxoutMoments', options, { pieces: requiredWholeFrom(1) });
  const [mean, secondMoment] = closedForms.get(pieces) ?? orderStatistic(pieces);
  return { mean, secondMoment, variance: secondMoment - mean * mean, forwardGain: 1 / Math.sqrt(secondMoment) };
}

/** E[max] and E[max²] by k. */
const closedForms: ReadonlyMap<number, readonly [number, number]> = new Map([
  [1, [0, 1]],
  [2, [1 / Math.sqrt(Math.PI), 1]],
  [3, [1.5 / Math.sqrt(Math.PI), 1 + Math.sqrt(3) / (2 * Math.PI)]],
]);

export function orderStatistic(pieces: number): readonly [number, number] {
  const [mean, secondMoment] = gaussianExpectation(
    (z, out) => {
      const density = pieces * power(normalCumulative(z), pieces - 1);
      out[0] = z * density;
      out[1] = z * z * density;
    },
    2,
    // The maximum of many lies close to √(2 ln k).
    [Math.sqrt(2 * Math.log(pieces))],
  );
  return [mean, secondMoment];
}
