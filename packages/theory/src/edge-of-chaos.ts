import type { ElementwiseActivation } from '@relu-lab/core';
import { notNegative, readOptions } from '@relu-lab/core/options';
import { checkDefinition, valueAt } from './definition.ts';
import { meanSquaredSlope, slopesOf } from './homogeneous.ts';
import { type LengthMoments, lengthMoments, lengthProfile, resolution } from './length-profile.ts';
import { meanField } from './mean-field.ts';
import { meanSquaredDerivativeAt } from './moments.ts';
import { type Sample, rootsOnGrid } from './roots-on-grid.ts';

/** A fixed point of the length map at which χ₁ = 1. */
export interface CriticalPoint {
  /** σ_w². */
  readonly weightVariance: number;
  /** The length. */
  readonly q: number;
}

/**
 * The edge of chaos: `found` only where the length is kept as well (a stable fixed point, or, for a homogeneous φ without bias,
 * any length, of which q = 1 is given). `candidates` are the points with χ₁ = 1 whose length runs away when it is disturbed.
 */
export type EdgeOfChaos =
  | ({ readonly status: 'found' } & CriticalPoint)
  | { readonly status: 'none'; readonly reason: string; readonly candidates: readonly CriticalPoint[] };

interface Candidate extends CriticalPoint {
  readonly stable: boolean;
}

/**
 * The σ_w² at which, for a given σ_b², χ₁ = 1 at a fixed point of the length map: gradients keep their size, and correlations
 * neither die out nor blow up.
 *
 * It is solved on q, from which the variances follow: σ_w² = 1 / E[φ'(√q z)²] and σ_b² = q − σ_w² E[φ(√q z)²]. With several stable
 * points, it is the one that the orbit of q = 1 goes to, or else the shortest.
 *
 * @param options.biasVariance - σ_b², at least 0. Default 0.
 * @throws ParameterError for an unsound activation or a negative variance.
 * @see Schoenholz et al. 2017, https://arxiv.org/abs/1611.01232
 */
export function edgeOfChaos(
  activation: ElementwiseActivation,
  options: { readonly biasVariance?: number } = {},
): EdgeOfChaos {
  checkDefinition(activation);
  const { biasVariance } = readOptions('edgeOfChaos', options, { biasVariance: notNegative(0) });
  const profile = lengthProfile(activation);
  if (profile.every(({ derivativeSecondMoment }) => derivativeSecondMoment === 0)) {
    return none(`φ' of ${activation.name} is 0 almost everywhere, so that χ₁ is 0 for every weight variance`);
  }
  const samples = profile.map((moments) => sampleAt(moments, biasVariance));
  if (activation.positivelyHomogeneous || (biasVariance === 0 && !samples.some(({ resolved }) => resolved))) {
    return ofHomogeneous(activation, biasVariance);
  }
  const candidates = criticalPoints(activation, biasVariance, samples);
  const stable = candidates.filter((candidate) => candidate.stable);
  if (stable.length > 0)
    return { status: 'found', ...withoutStability(reachedFromOne(activation, biasVariance, stable)) };
  if (candidates.length === 0) {
    return none(`no fixed point of the length map has χ₁ = 1 with a bias variance of ${biasVariance}`);
  }
  return none(
    'χ₁ = 1 only where the length map has an unstable fixed point: disturbed, the length runs away from it',
    candidates.map(withoutStability),
  );
}

function ofHomogeneous(activation: ElementwiseActivation, biasVariance: number): EdgeOfChaos {
  const weightVariance = activation.positivelyHomogeneous
    ? 1 / meanSquaredSlope(slopesOf(activation))
    : 1 / lengthMoments(activation, 1).derivativeSecondMoment;
  if (biasVariance === 0) return { status: 'found', weightVariance, q: 1 };
  return none(
    `${activation.name} is homogeneous: χ₁ = 1 needs a weight variance of ${weightVariance}, and then every layer adds the bias variance to the length, which grows without end`,
  );
}

/** (q − E[φ²] / E[φ'²] − σ_b²) / q: 0 where σ_w² = 1 / E[φ'²] makes q a fixed point. */
function excess({ q, secondMoment, derivativeSecondMoment }: LengthMoments, biasVariance: number): number {
  return 1 - (secondMoment / derivativeSecondMoment + biasVariance) / q;
}

function sampleAt(moments: LengthMoments, biasVariance: number): Sample {
  const f = excess(moments, biasVariance);
  return { u: Math.log(moments.q), f, resolved: Math.abs(f) > 4 * resolution(moments.q) };
}

function criticalPoints(
  activation: ElementwiseActivation,
  biasVariance: number,
  samples: readonly Sample[],
): readonly Candidate[] {
  const roots = rootsOnGrid(samples, (u) => excess(lengthMoments(activation, Math.exp(u)), biasVariance));
  const points: Candidate[] = roots.map(({ u }) => {
    const { q, derivativeSecondMoment, growth } = lengthMoments(activation, Math.exp(u));
    return { weightVariance: 1 / derivativeSecondMoment, q, stable: growth < derivativeSecondMoment };
  });
  const chiAtZero = meanSquaredDerivativeAt(activation, 0);
  if (biasVariance === 0 && valueAt(activation, 0) === 0 && chiAtZero > 0) {
    const weightVariance = 1 / chiAtZero;
    const { fixedPoints } = meanField(activation, { weightVariance });
    points.unshift({ weightVariance, q: 0, stable: fixedPoints.some(({ q, stable }) => q === 0 && stable) });
  }
  return points;
}

function reachedFromOne(
  activation: ElementwiseActivation,
  biasVariance: number,
  stable: readonly Candidate[],
): Candidate {
  if (stable.length === 1) return stable[0];
  const isReached = ({ weightVariance, q }: Candidate): boolean => {
    const { q: limit } = meanField(activation, { weightVariance, biasVariance });
    return limit !== null && Math.abs(limit - q) <= 1e-6 * q;
  };
  return stable.find(isReached) ?? stable[0];
}

function withoutStability({ weightVariance, q }: Candidate): CriticalPoint {
  return { weightVariance, q };
}

function none(reason: string, candidates: readonly CriticalPoint[] = []): EdgeOfChaos {
  return { status: 'none', reason, candidates };
}
