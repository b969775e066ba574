import { type ElementwiseActivation, normalCumulative } from '@relu-lab/core';
import { finite, notNegative, positive, readOptions } from '@relu-lab/core/options';
import { checkDefinition, valueAt } from './definition.ts';

export interface ZeroFractionOptions {
  /** Variance of the pre-activations that the weights make, without the bias; above 0. Default 1. */
  readonly q?: number;
  /** Mean of the biases, or the one bias that all units have. Default 0. */
  readonly bias?: number;
  /** Variance of normal biases. Default 0. */
  readonly biasVariance?: number;
}

/**
 * The expected zero fraction of an activation: the share of elements whose pre-activation, N(bias, q + biasVariance) over weights
 * and biases, lies where φ is constant 0. For ReLU Φ(−bias/√(q + biasVariance)): one half without bias, whatever the weights.
 *
 * 0 for activations without such a region; single points and underflow do not count.
 *
 * @throws ParameterError for an unsound activation, a `q` that is not above 0, or a negative variance.
 */
export function zeroFraction(activation: ElementwiseActivation, options: ZeroFractionOptions = {}): number {
  const { q, bias, biasVariance } = readOptions('zeroFraction', options, {
    q: positive(1),
    bias: finite(0),
    biasVariance: notNegative(0),
  });
  return shareOfZeros(activation, bias, Math.sqrt(q + biasVariance));
}

/** The affine transformation at the end of batch norm. */
export interface BatchNormScale {
  /** γ. Default 1. */
  readonly gamma?: number;
  /** β. Default 0. */
  readonly beta?: number;
}

/**
 * The expected zero fraction after batch norm, whose output is N(β, γ²) whatever comes in, if that is normal. For ReLU Φ(−β/|γ|).
 *
 * @throws ParameterError for an unsound activation, or when γ or β is not finite.
 */
export function batchNormZeroFraction(activation: ElementwiseActivation, options: BatchNormScale = {}): number {
  const { gamma, beta } = readOptions('batchNormZeroFraction', options, { gamma: finite(1), beta: finite(0) });
  return shareOfZeros(activation, beta, Math.abs(gamma));
}

function shareOfZeros(activation: ElementwiseActivation, mean: number, deviation: number): number {
  checkDefinition(activation);
  if (deviation === 0) return valueAt(activation, mean) === 0 ? 1 : 0;
  const between = (from: number, to: number): number => {
    const [left, right] = [(from - mean) / deviation, (to - mean) / deviation];
    // On the side where the tails are small.
    return left > 0
      ? normalCumulative(-left) - normalCumulative(-right)
      : normalCumulative(right) - normalCumulative(left);
  };
  return zeroRegions(activation).reduce((share, [from, to]) => share + between(from, to), 0);
}

/** The intervals between kinks (and beyond them) on which φ is constant 0. A smooth φ has none. */
function zeroRegions(activation: ElementwiseActivation): readonly (readonly [number, number])[] {
  const bounds = [-Infinity, ...activation.kinks, Infinity];
  const pieces = bounds.slice(1).map((to, i) => [bounds[i], to] as const);
  return pieces.filter(([from, to]) => pointsBetween(from, to).every((x) => valueAt(activation, x) === 0));
}

function pointsBetween(from: number, to: number): readonly number[] {
  const distances = [0.1, 0.7, 3, 17];
  if (from === -Infinity && to === Infinity) return [...distances.map((distance) => -distance), ...distances];
  if (from === -Infinity) return distances.map((distance) => to - distance);
  if (to === Infinity) return distances.map((distance) => from + distance);
  return [0.1, 0.3, 0.6, 0.9].map((share) => from + share * (to - from));
}
