import type { ElementwiseActivation } from '@relu-lab/core';
import { finite, notNegative, readOptions } from '@relu-lab/core/options';
import { checkDefinition, derivativeAt, oneSidedDerivatives, valueAt } from './definition.ts';
import { gaussianMoments } from './gaussian-moments.ts';

/** The normal distribution of a pre-activation. */
export interface Normal {
  /** Default 0. */
  readonly mean?: number;
  /** At least 0; 0 stands for the limit from above. Default 1. */
  readonly variance?: number;
}

/** Expectations of an activation under a normal pre-activation. */
export interface Moments {
  /** E[φ]. */
  readonly mean: number;
  /** E[φ²]. */
  readonly secondMoment: number;
  /** Var[φ] = E[φ²] − E[φ]². */
  readonly variance: number;
  /** E[φ'²], what the variance of gradients is multiplied with. */
  readonly derivativeSecondMoment: number;
  /** E[φ''φ]. At a kink k, φ'' has the jump of φ' as a point mass, which adds jump × φ(k) × density at k. */
  readonly curvatureMoment: number;
  /** The σ_w that keeps the variance of pre-activations, √(variance / E[φ²]): 1/√E[φ²] for the standard normal. */
  readonly forwardGain: number;
  /** The σ_w that keeps the variance of gradients, 1/√E[φ'²]. */
  readonly backwardGain: number;
}

/**
 * E[φ], E[φ²], Var[φ], E[φ'²] and E[φ''φ] for a pre-activation ~ N(`mean`, `variance`), and the gains that follow.
 *
 * In closed form for positively homogeneous φ (the ReLU family); otherwise by adaptive quadrature cut at the kinks, to a
 * relative error of 1e-10 (of E[|f|] for a moment E[f] that vanishes by symmetry). φ is taken to be continuous: φ' is what
 * networks propagate back, without a point mass where φ itself jumps.
 *
 * @throws ParameterError for what is no elementwise activation, for kinks that do not ascend, for a φ or φ' that is NaN at a
 *   point that matters, and for a negative variance.
 */
export function moments(activation: ElementwiseActivation, options: Normal = {}): Moments {
  checkDefinition(activation);
  const { mean, variance } = readOptions('moments', options, { mean: finite(0), variance: notNegative(1) });
  if (variance === 0) return momentsAtPoint(activation, mean);
  const all = gaussianMoments(activation, mean, Math.sqrt(variance));
  return {
    mean: all.mean,
    secondMoment: all.secondMoment,
    variance: all.variance,
    derivativeSecondMoment: all.derivativeSecondMoment,
    curvatureMoment: all.curvatureMoment,
    forwardGain: Math.sqrt(variance / all.secondMoment),
    backwardGain: 1 / Math.sqrt(all.derivativeSecondMoment),
  };
}

/** The limit for a variance that tends to 0: half of the distribution is on either side of the point. */
function momentsAtPoint(activation: ElementwiseActivation, x: number): Moments {
  const value = valueAt(activation, x);
  const derivativeSecondMoment = meanSquaredDerivativeAt(activation, x);
  return {
    mean: value,
    secondMoment: value * value,
    variance: 0,
    derivativeSecondMoment,
    curvatureMoment: value === 0 ? 0 : value * secondDerivativeAt(activation, x),
    // Where φ(x) = 0, E[φ²] vanishes like the variance times the mean square of φ'.
    forwardGain: value === 0 ? 1 / Math.sqrt(derivativeSecondMoment) : 0,
    backwardGain: 1 / Math.sqrt(derivativeSecondMoment),
  };
}

/** The limit of E[φ'²] for a variance that tends to 0: at a kink the mean of both sides. */
export function meanSquaredDerivativeAt(activation: ElementwiseActivation, x: number): number {
  const [below, above] = oneSidedDerivatives(activation, x);
  return (below * below + above * above) / 2;
}

/** φ''(x) by central differences of the fourth order, to about 1e-11; ±∞ where φ' jumps. */
function secondDerivativeAt(activation: ElementwiseActivation, x: number): number {
  const [below, above] = oneSidedDerivatives(activation, x);
  if (above !== below) return (above - below) * Infinity;
  const nearest = Math.min(...activation.kinks.filter((kink) => kink !== x).map((kink) => Math.abs(kink - x)));
  const step = Math.min(1e-3 * Math.max(1, Math.abs(x)), nearest / 3);
  const slope = (distance: number): number => derivativeAt(activation, x + distance);
  return (8 * (slope(step) - slope(-step)) - (slope(2 * step) - slope(-2 * step))) / (12 * step);
}
