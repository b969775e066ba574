import { type ElementwiseActivation, ParameterError } from '@relu-lab/core';
import { type OptionRule, notNegative } from '@relu-lab/core/options';
import { checkDefinition } from './definition.ts';
import { type PairMoments, pairMoments } from './gaussian-pair.ts';
import type { LayerVariances } from './length-map.ts';
import { meanField } from './mean-field.ts';
import { readRequired, requiredVariance } from './required-options.ts';

/** {@link LayerVariances}, and the length of both inputs' pre-activations. */
export interface CorrelationOptions extends LayerVariances {
  /** q, above 0. Default: the limit of q = 1 under the length map, or 1 where a homogeneous φ without bias has none. */
  readonly q?: number;
}

/** What a layer makes of two inputs. */
export interface CorrelationStep {
  /** The next correlation, R(ρ). */
  readonly correlation: number;
  /** 1 − R(ρ), without cancellation where ρ is close to 1. */
  readonly decorrelation: number;
  /** R'(ρ). */
  readonly slope: number;
}

/**
 * The correlation map: the correlation of the next layer's pre-activations for two inputs whose pre-activations here have variance
 * q each and correlation ρ, R(ρ) = (σ_w² E[φ(x) φ(y)] + σ_b²) / (σ_w² E[φ(x)²] + σ_b²).
 *
 * For ReLU without bias, (√(1−ρ²) + (π − arccos ρ) ρ) / π.
 *
 * @param rho - ρ, from −1 to 1.
 * @throws ParameterError for an unsound activation, a negative variance, a ρ outside [−1, 1], and where there is no q: none given,
 *   and none that the length map leads to but 0 or infinity.
 * @see Poole et al. 2016, https://arxiv.org/abs/1606.05340; Cho & Saul 2009 for the closed form
 */
export function correlationMap(activation: ElementwiseActivation, options: CorrelationOptions, rho: number): number {
  return stepFor('correlationMap', activation, options, rho).correlation;
}

/**
 * The slope of the correlation map, R'(ρ) = σ_w² q E[φ'(x) φ'(y)] / (σ_w² E[φ²] + σ_b²); χ₁ at ρ = 1 where q is a fixed point. For
 * ReLU without bias, 1 − arccos(ρ)/π.
 *
 * @throws ParameterError as {@link correlationMap} does.
 */
export function correlationSlope(activation: ElementwiseActivation, options: CorrelationOptions, rho: number): number {
  return stepFor('correlationSlope', activation, options, rho).slope;
}

function stepFor(
  owner: string,
  activation: ElementwiseActivation,
  options: CorrelationOptions,
  rho: number,
): CorrelationStep {
  const layer = readCorrelationOptions(owner, activation, options);
  if (!(rho >= -1 && rho <= 1)) {
    throw new ParameterError(`The correlation of ${owner} must be a number from −1 to 1, not ${rho}`);
  }
  return correlationStep(activation, layer, rho);
}

/** σ_w², σ_b² and q, all known. */
export interface CorrelationLayer {
  readonly weightVariance: number;
  readonly biasVariance: number;
  readonly q: number;
}

export function correlationStep(
  activation: ElementwiseActivation,
  { weightVariance, biasVariance, q }: CorrelationLayer,
  rho: number,
): CorrelationStep {
  const pair: PairMoments = pairMoments(activation, q, rho);
  const decorrelated = weightVariance * pair.halfSquaredDifference;
  const correlated = weightVariance * pair.product + biasVariance;
  const length = decorrelated + correlated;
  const decorrelation = decorrelated / length;
  return {
    correlation: decorrelation < 0.5 ? 1 - decorrelation : correlated / length,
    decorrelation,
    slope: (weightVariance * q * pair.derivativeProduct) / length,
  };
}

/** 0 stands for a q that is not given. */
const optionalLength: OptionRule = {
  default: 0,
  accepts: (value) => value > 0 && Number.isFinite(value),
  wanted: 'a finite number above 0',
};

/**
 * The options with q filled in.
 *
 * @throws ParameterError where they are unsound, or no q is given and none follows.
 */
export function readCorrelationOptions(
  owner: string,
  activation: ElementwiseActivation,
  options: CorrelationOptions,
): CorrelationLayer {
  checkDefinition(activation);
  const { q, ...layer } = readRequired(owner, options, {
    weightVariance: requiredVariance,
    biasVariance: notNegative(0),
    q: optionalLength,
  });
  if (layer.weightVariance === 0 && layer.biasVariance === 0) {
    throw new ParameterError(`${owner} needs a weight variance or a bias variance above 0: all signals are 0`);
  }
  const length = q > 0 ? q : limitingLength(activation, layer);
  if (length !== null && length > 0) return { ...layer, q: length };
  const reason = length === null ? 'lengths grow without end' : 'lengths shrink to 0';
  throw new ParameterError(`${owner} needs q, the length of the inputs: with these variances ${reason}`);
}

/** Without bias the correlation map of a homogeneous φ is the same at every length. */
function limitingLength(
  activation: ElementwiseActivation,
  layer: { readonly weightVariance: number; readonly biasVariance: number },
): number | null {
  if (activation.positivelyHomogeneous && layer.biasVariance === 0) return 1;
  return meanField(activation, layer).q;
}
