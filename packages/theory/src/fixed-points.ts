import type { ElementwiseActivation } from '@relu-lab/core';
import { valueAt } from './definition.ts';
import { type LengthMoments, lengthMoments, lengthProfile, resolution } from './length-profile.ts';
import { meanSquaredDerivativeAt } from './moments.ts';
import { type Root, type Sample, rootsOnGrid } from './roots-on-grid.ts';

/** A length that a layer keeps: V(q) = q. */
export interface FixedPoint {
  /** Variance of the pre-activations. */
  readonly q: number;
  /** χ₁ = σ_w² E[φ'(√q z)²]: what a layer multiplies the squared gradient with, and the slope of the correlation map at 1. */
  readonly chi1: number;
  /** Whether small disturbances of q die out. */
  readonly stable: boolean;
}

/** {@link FixedPoint}, and V'(q). */
export interface FixedPointWithSlope extends FixedPoint {
  readonly slope: number;
}

/** All about the orbits of a length map. */
export interface LengthOrbits {
  /** In ascending order. */
  readonly fixedPoints: readonly FixedPointWithSlope[];
  /** Whether large lengths grow for ever. */
  readonly infinityAttracts: boolean;
  /** Whether V(q) = q wherever it can be told: a line of fixed points. */
  readonly isLine: boolean;
  /** Where the orbit of q = 1 goes: a fixed point, or null for infinity. */
  readonly fromOne: FixedPointWithSlope | null;
}

/** χ₁(0) this close to 1 says nothing about which way q goes. */
const undecided = 1e-14;

/**
 * The fixed points of V(q) = σ_w² E[φ(√q z)²] + σ_b² and where the orbit from q = 1 ends.
 *
 * It does not iterate. The sign of ln(V(q) / q) is taken on a grid from 10⁻¹⁶ (or below, where σ_b² or the approach to 0 ask for
 * it) to 10¹⁴, each change of sign is closed in on by bracketing, and where q and V(q) cannot be told apart the nearest sign that
 * can be told holds: a slow drift is a drift.
 *
 * There are no cycles to look for: with N(0, q) as a weight, d ln E[φ²] / d ln q is an average of (x²/q − 1)/2, so that in ln q the
 * map never falls with a slope below −1/2. Every orbit ends at a fixed point or at infinity, and a fixed point where ln(V/q) falls
 * through 0 is stable.
 */
export function lengthOrbits(
  activation: ElementwiseActivation,
  weightVariance: number,
  biasVariance: number,
): LengthOrbits {
  const map = ({ secondMoment }: LengthMoments): number => weightVariance * secondMoment + biasVariance;
  const logRatio = (u: number): number => {
    const q = Math.exp(u);
    return Math.log(map(lengthMoments(activation, q)) / q);
  };
  const sampleAt = (moments: LengthMoments): Sample => {
    const f = Math.log(map(moments) / moments.q);
    return { u: Math.log(moments.q), f, resolved: Math.abs(f) > resolution(moments.q) };
  };
  const profile = lengthProfile(activation);
  const samples = profile.map(sampleAt);

  const atZero = weightVariance * valueAt(activation, 0) ** 2 + biasVariance;
  const chiAtZero = weightVariance * meanSquaredDerivativeAt(activation, 0);
  const zeroIsFixed = atZero < 1e-30 * weightVariance;
  const startsUp = zeroIsFixed ? signNearZero(chiAtZero, samples) : 1;
  extendDown(samples, startsUp, (q) => sampleAt(lengthMoments(activation, q)));
  extendUp(samples, Math.max(weightVariance, biasVariance), (q) => sampleAt(lengthMoments(activation, q)));

  const toFixedPoint = ({ u, rising }: Root): FixedPointWithSlope => {
    const q = Math.exp(u);
    const { derivativeSecondMoment, growth } = lengthMoments(activation, q);
    return { q, chi1: weightVariance * derivativeSecondMoment, stable: !rising, slope: weightVariance * growth };
  };
  const resolved = samples.filter((sample) => sample.resolved);
  const fixedPoints = rootsOnGrid(samples, logRatio).map(toFixedPoint);
  if (zeroIsFixed) fixedPoints.unshift({ q: 0, chi1: chiAtZero, stable: startsUp < 0, slope: chiAtZero });
  return {
    fixedPoints,
    infinityAttracts: resolved.length > 0 && resolved[resolved.length - 1].f > 0,
    isLine: resolved.length === 0,
    fromOne: limitFromOne(fixedPoints, logRatio, growsThroughout(profile)),
  };
}

/** Whether lengths just above 0 grow (1) or shrink (−1), where 0 is a fixed point; 0 where it cannot be told. */
function signNearZero(chiAtZero: number, samples: readonly Sample[]): number {
  if (Math.abs(chiAtZero - 1) > undecided) return Math.sign(chiAtZero - 1);
  return Math.sign(samples.find(({ resolved }) => resolved)?.f ?? 0);
}

/** Adds samples below the grid until the sign is the one that it has in the limit; those are taken as resolved. */
function extendDown(samples: Sample[], sign: number, sampleAt: (q: number) => Sample): void {
  const first = samples.find(({ resolved }) => resolved);
  if (sign === 0 || first === undefined || Math.sign(first.f) === sign) return;
  const lowest = samples.findIndex(({ f }) => Math.sign(f) === sign);
  if (lowest >= 0 && samples[lowest].u < first.u) {
    samples[lowest] = { ...samples[lowest], resolved: true };
    return;
  }
  for (let q = Math.exp(samples[0].u) / 100; q > 1e-300; q /= 100) {
    const sample = sampleAt(q);
    if (Math.sign(sample.f) !== sign) continue;
    samples.unshift({ ...sample, resolved: true });
    return;
  }
}

/** Adds samples above the grid, if φ did not overflow on it, until the length is far larger than the variances that feed it. */
function extendUp(samples: Sample[], variance: number, sampleAt: (q: number) => Sample): void {
  if (Math.exp(samples[samples.length - 1].u) < 1e13) return;
  for (let q = 1e15; q < 1e4 * variance; q *= 10) samples.push(sampleAt(q));
}

/**
 * Follows the orbit from 1 until the sign of ln(V/q) decides. A growing map moves towards the next fixed point and never past it;
 * one that falls somewhere may jump, but only far from its fixed points, so that a few steps settle between which of them it is.
 */
function limitFromOne(
  fixedPoints: readonly FixedPointWithSlope[],
  logRatio: (u: number) => number,
  grows: boolean,
): FixedPointWithSlope | null {
  let u = 0;
  let drift = logRatio(u);
  for (let step = 0; step < 30 && !grows; step++) {
    u += drift;
    drift = logRatio(u);
  }
  const near = fixedPoints.find(({ q }) => Math.abs(Math.log(q) - u) < 1e-10);
  if (near !== undefined) return near;
  const q = Math.exp(u);
  if (drift > 0) return fixedPoints.find((point) => point.q > q) ?? null;
  return fixedPoints.filter((point) => point.q < q).at(-1) ?? null;
}

/** Whether E[φ²] grows with q all the way, as far as rounding lets it be told. */
function growsThroughout(profile: readonly LengthMoments[]): boolean {
  return profile.every(({ growth, derivativeSecondMoment }) => growth >= -1e-6 * derivativeSecondMoment);
}
