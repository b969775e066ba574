import { selu } from '@relu-lab/core';
import { finite, positive, readOptions } from '@relu-lab/core/options';
import { gaussianExpectation } from './gaussian-expectation.ts';
import { breaksInZ, gaussianMoments } from './gaussian-moments.ts';

export interface SeluMapOptions {
  /** μ, mean of the activations below. Default 0. */
  readonly mean?: number;
  /** ν, variance of the activations below, above 0. Default 1. */
  readonly variance?: number;
  /** ω = Σ w_i, the sum of a unit's weights. Default 0. */
  readonly weightSum?: number;
  /** τ = Σ w_i², the sum of their squares, above 0. Default 1. */
  readonly weightSquareSum?: number;
}

/** What a SELU layer makes of mean and variance. */
export interface SeluMap {
  /** μ̃. */
  readonly mean: number;
  /** ν̃. */
  readonly variance: number;
  /** [[∂μ̃/∂μ, ∂μ̃/∂ν], [∂ν̃/∂μ, ∂ν̃/∂ν]]. */
  readonly jacobian: readonly [readonly [number, number], readonly [number, number]];
  /** The largest singular value of the Jacobian: below 1, the map contracts. */
  readonly jacobianNorm: number;
}

/**
 * The map from the mean and variance of a layer's activations to those of the next layer, for SELU: with z ~ N(μω, ντ),
 * μ̃ = E[selu(z)], ν̃ = Var[selu(z)]; and its Jacobian, from E[φ'] and E[φ''] by Stein's lemma.
 *
 * With normalised weights (ω = 0, τ = 1) the fixed point is (0, 1), where ∂μ̃/∂ν = 0.0888347551 and ∂ν̃/∂ν = 0.7826478832.
 *
 * @throws ParameterError when a number is not finite, or `variance` or `weightSquareSum` is not above 0.
 * @see Klambauer, Unterthiner, Mayr & Hochreiter 2017, https://arxiv.org/abs/1706.02515
 */
export function seluMap(options: SeluMapOptions = {}): SeluMap {
  const read = readOptions('seluMap', options, {
    mean: finite(0),
    variance: positive(1),
    weightSum: finite(0),
    weightSquareSum: positive(1),
  });
  const location = read.mean * read.weightSum;
  const deviation = Math.sqrt(read.variance * read.weightSquareSum);
  const m = gaussianMoments(selu, location, deviation);
  const [productMean] = gaussianExpectation(
    (z, out) => {
      const x = location + deviation * z;
      out[0] = selu.value(x) * selu.derivative(x);
    },
    1,
    breaksInZ(selu, location, deviation),
  );
  // By location and by variance of z: of E[φ], E[φ'] and E[φ'']/2; of E[φ²], 2 E[φφ'] and E[φ'² + φ''φ].
  const meanBy = [m.derivativeMean, m.secondDerivativeMean / 2];
  const squareBy = [2 * productMean, m.derivativeSecondMoment + m.curvatureMoment];
  const varianceBy = squareBy.map((by, i) => by - 2 * m.mean * meanBy[i]);
  const jacobian = [
    [read.weightSum * meanBy[0], read.weightSquareSum * meanBy[1]],
    [read.weightSum * varianceBy[0], read.weightSquareSum * varianceBy[1]],
  ] as const;
  return { mean: m.mean, variance: m.variance, jacobian, jacobianNorm: largestSingularValue(jacobian) };
}

function largestSingularValue([[a, b], [c, d]]: SeluMap['jacobian']): number {
  return (Math.hypot(a + d, b - c) + Math.hypot(a - d, b + c)) / 2;
}

/** An interval of each of the four numbers that {@link seluMap} takes. */
export interface SeluDomain {
  readonly mean: readonly [number, number];
  readonly variance: readonly [number, number];
  readonly weightSum: readonly [number, number];
  readonly weightSquareSum: readonly [number, number];
}

/**
 * A domain on which the SELU map contracts: the norm of its Jacobian is below 1 throughout, and mean and variance stay inside, so that
 * they converge to a fixed point near (0, 1), at (0, 1) for normalised weights. Tested on a grid.
 */
export const seluContractionDomain: SeluDomain = {
  mean: [-0.1, 0.1],
  variance: [0.8, 1.5],
  weightSum: [-0.1, 0.1],
  weightSquareSum: [0.95, 1.1],
};
