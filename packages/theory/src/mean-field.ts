import type { ElementwiseActivation } from '@relu-lab/core';
import { notNegative } from '@relu-lab/core/options';
import { checkDefinition } from './definition.ts';
import { type FixedPoint, type FixedPointWithSlope, lengthOrbits } from './fixed-points.ts';
import { meanSquaredSlope, slopesOf } from './homogeneous.ts';
import type { LayerVariances } from './length-map.ts';
import { lengthMoments } from './length-profile.ts';
import { readRequired, requiredVariance } from './required-options.ts';

interface Limit {
  /** The length that the orbit of q = 1 tends to. */
  readonly q: number;
  /** χ₁ at q. */
  readonly chi1: number;
  /** ξ_q = −1 / ln |V'(q)|, in layers: 0 if lengths are forgotten at once, ∞ at |V'| = 1, null where q repels. */
  readonly lengthScale: number | null;
  /** ξ_c = −1 / ln χ₁, in layers: 0 for χ₁ = 0, ∞ at χ₁ = 1, null in the chaotic phase, χ₁ > 1. */
  readonly correlationScale: number | null;
}

interface NoLimit {
  readonly q: null;
  readonly chi1: null;
  readonly lengthScale: null;
  readonly correlationScale: null;
}

interface FixedPoints {
  /** All fixed points of the length map, ascending in q. */
  readonly fixedPoints: readonly FixedPoint[];
}

/**
 * Mean field of a wide random network, by what becomes of the length q of its signals:
 *
 * - `converged`: there is one attractor, and q is it;
 * - `marginal`: V(q) = q for every q, as for ReLU at σ_w² = 2 without bias: each length is kept, q = 1 is the one listed, and it
 *   is not `stable`: a disturbance neither grows nor dies out;
 * - `bistable`: there are several attractors, infinity counted; q is null when that is where 1 goes;
 * - `diverges`: infinity is the only one.
 */
export type MeanField = FixedPoints &
  (
    | ({ readonly status: 'converged' | 'marginal' } & Limit)
    | ({ readonly status: 'bistable' } & (Limit | NoLimit))
    | ({ readonly status: 'diverges' } & NoLimit)
  );

const nowhere: NoLimit = { q: null, chi1: null, lengthScale: null, correlationScale: null };

/** How far σ_w² E[φ'²] of a homogeneous φ may be from 1 by rounding. */
const roundingOfOne = 1e-14;

/**
 * The length map V(q) = σ_w² E[φ(√q z)²] + σ_b², its fixed points and their stability, χ₁ = σ_w² E[φ'(√q z)²], and the depth scales
 * 1/ξ_q = −ln |χ₁ + σ_w² E[φ''φ]| and 1/ξ_c = −ln χ₁, at the limit of q = 1.
 *
 * Fixed points are bracketed, not iterated for, with a relative error of 1e-8 unless they are all but degenerate (near a
 * tangency the equation itself does not determine q better than √1e-13).
 *
 * @throws ParameterError for an unsound activation or a negative variance.
 * @see Poole et al. 2016, https://arxiv.org/abs/1606.05340; Schoenholz et al. 2017, https://arxiv.org/abs/1611.01232
 */
export function meanField(activation: ElementwiseActivation, options: LayerVariances): MeanField {
  checkDefinition(activation);
  const { weightVariance, biasVariance } = readRequired('meanField', options, {
    weightVariance: requiredVariance,
    biasVariance: notNegative(0),
  });
  if (weightVariance === 0) return single({ q: biasVariance, chi1: 0, stable: true, slope: 0 });
  if (activation.positivelyHomogeneous) {
    return ofHomogeneous(weightVariance * meanSquaredSlope(slopesOf(activation)), biasVariance);
  }
  return ofAny(activation, weightVariance, biasVariance);
}

/** V(q) = χ₁ q + σ_b². */
function ofHomogeneous(chi1: number, biasVariance: number): MeanField {
  const isCritical = Math.abs(chi1 - 1) <= roundingOfOne;
  if (isCritical && biasVariance === 0) return line(chi1);
  if (!isCritical && chi1 < 1) return single({ q: biasVariance / (1 - chi1), chi1, stable: true, slope: chi1 });
  const fixedPoints = biasVariance === 0 ? [{ q: 0, chi1, stable: false }] : [];
  return { status: 'diverges', ...nowhere, fixedPoints };
}

function ofAny(activation: ElementwiseActivation, weightVariance: number, biasVariance: number): MeanField {
  const { fixedPoints, infinityAttracts, isLine, fromOne } = lengthOrbits(activation, weightVariance, biasVariance);
  if (isLine) return line(weightVariance * lengthMoments(activation, 1).derivativeSecondMoment);
  const attractors = fixedPoints.filter(({ stable }) => stable).length + (infinityAttracts ? 1 : 0);
  const listed = { fixedPoints: fixedPoints.map(withoutSlope) };
  if (attractors > 1) return { status: 'bistable', ...(fromOne === null ? nowhere : limit(fromOne)), ...listed };
  if (fromOne === null) return { status: 'diverges', ...nowhere, ...listed };
  return { status: 'converged', ...limit(fromOne), ...listed };
}

function single(point: FixedPointWithSlope): MeanField {
  return { status: 'converged', ...limit(point), fixedPoints: [withoutSlope(point)] };
}

function line(chi1: number): MeanField {
  const point = { q: 1, chi1, stable: false, slope: 1 };
  return { status: 'marginal', ...limit(point), fixedPoints: [withoutSlope(point)] };
}

function limit({ q, chi1, slope }: FixedPointWithSlope): Limit {
  return { q, chi1, lengthScale: depthScale(Math.abs(slope)), correlationScale: depthScale(chi1) };
}

function withoutSlope({ q, chi1, stable }: FixedPointWithSlope): FixedPoint {
  return { q, chi1, stable };
}

/** −1 / ln(factor): the layers in which what is multiplied by `factor` each layer falls to 1/e; null when it grows. */
export function depthScale(factor: number): number | null {
  if (Math.abs(factor - 1) <= roundingOfOne) return Infinity;
  return factor > 1 ? null : -1 / Math.log(factor);
}
