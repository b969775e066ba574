import { finite, positive, readOptions } from '@relu-lab/core/options';
import { type SeluMap, seluMap } from './selu-map.ts';

export interface SeluFixedPointOptions {
  /** ω = Σ w_i, the sum of a unit's weights. Default 0. */
  readonly weightSum?: number;
  /** τ = Σ w_i², the sum of their squares, above 0. Default 1. */
  readonly weightSquareSum?: number;
}

/** Where mean and variance stay as they are, near (0, 1). */
export type SeluFixedPoint =
  | {
      readonly status: 'found';
      readonly mean: number;
      readonly variance: number;
      /** As in {@link SeluMap}, at the fixed point. */
      readonly jacobian: SeluMap['jacobian'];
      readonly jacobianNorm: number;
      /** Whether what starts close to it comes to it: both eigenvalues of the Jacobian are below 1 in size. */
      readonly stable: boolean;
    }
  | { readonly status: 'none'; readonly reason: string };

/** Newton's steps double the right digits; more than this many lead nowhere. */
const mostSteps = 40;

/** Where a step no longer counts in float64. */
const smallestStep = 1e-14;

/**
 * The fixed point of {@link seluMap} that Newton's method reaches from (0, 1): mean and variance of activations that a SELU layer with
 * these sums of weights and of their squares leaves as they are.
 *
 * It is (0, 1) for normalised weights (ω = 0, τ = 1), and lies near it, and is stable, for all ω and τ of `seluContractionDomain`.
 *
 * @throws ParameterError when a number is not finite, or `weightSquareSum` is not above 0.
 * @see Klambauer, Unterthiner, Mayr & Hochreiter 2017, https://arxiv.org/abs/1706.02515
 */
export function seluFixedPoint(options: SeluFixedPointOptions = {}): SeluFixedPoint {
  const weights = readOptions('seluFixedPoint', options, { weightSum: finite(0), weightSquareSum: positive(1) });
  let [mean, variance] = [0, 1];
  for (let step = 0; step < mostSteps; step++) {
    const next = seluMap({ ...weights, mean, variance });
    const [[a, b], [c, d]] = next.jacobian;
    const [meanGap, varianceGap] = [next.mean - mean, next.variance - variance];
    // (1 − J) Δ = gap.
    const determinant = (1 - a) * (1 - d) - b * c;
    const meanStep = ((1 - d) * meanGap + b * varianceGap) / determinant;
    const varianceStep = (c * meanGap + (1 - a) * varianceGap) / determinant;
    mean += meanStep;
    variance += varianceStep;
    if (!Number.isFinite(mean) || !(variance > 0) || !Number.isFinite(variance)) break;
    if (Math.abs(meanStep) + Math.abs(varianceStep) <= smallestStep * (1 + variance)) {
      const { jacobian, jacobianNorm } = seluMap({ ...weights, mean, variance });
      return { status: 'found', mean, variance, jacobian, jacobianNorm, stable: spectralRadius(jacobian) < 1 };
    }
  }
  return {
    status: 'none',
    reason: `No fixed point is reached from (0, 1) for ω = ${weights.weightSum} and τ = ${weights.weightSquareSum}`,
  };
}

/** The larger size of the two eigenvalues. */
function spectralRadius([[a, b], [c, d]]: SeluMap['jacobian']): number {
  const half = (a + d) / 2;
  const determinant = a * d - b * c;
  const discriminant = half * half - determinant;
  return discriminant < 0 ? Math.sqrt(determinant) : Math.abs(half) + Math.sqrt(discriminant);
}
