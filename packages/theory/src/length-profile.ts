import { type ElementwiseActivation, ParameterError, power } from '@relu-lab/core';
import { gaussianMoments } from './gaussian-moments.ts';

/** What the length map of an activation is made of, at one length q: expectations under x ~ N(0, q). */
export interface LengthMoments {
  readonly q: number;
  /** E[φ²]. */
  readonly secondMoment: number;
  /** E[φ'²]. */
  readonly derivativeSecondMoment: number;
  /** dE[φ²]/dq = E[φ'² + φ''φ]. */
  readonly growth: number;
}

export function lengthMoments(activation: ElementwiseActivation, q: number): LengthMoments {
  const { secondMoment, derivativeSecondMoment, curvatureMoment } = gaussianMoments(activation, 0, Math.sqrt(q));
  return { q, secondMoment, derivativeSecondMoment, growth: derivativeSecondMoment + curvatureMoment };
}

/** From 10⁻¹⁶ to 10¹⁴; four steps a decade where activations bend, two elsewhere. E[φ²] averages φ² over a range of scales, so that
 * it cannot change faster. */
const grid: readonly number[] = [...steps(-16, -3, 2), ...steps(-3, 6, 4), ...steps(6, 14, 2), 1e14];

function steps(from: number, to: number, perDecade: number): readonly number[] {
  return Array.from({ length: (to - from) * perDecade }, (_, i) => power(10, from + i / perDecade));
}

const profiles = new WeakMap<ElementwiseActivation, readonly LengthMoments[]>();

/** The moments on a grid of lengths, which serves every (σ_w², σ_b²); computed once for an activation. */
export function lengthProfile(activation: ElementwiseActivation): readonly LengthMoments[] {
  const known = profiles.get(activation);
  if (known !== undefined) return known;
  const profile = measureProfile(activation);
  profiles.set(activation, profile);
  return profile;
}

/** Lengths that a definition must be able to serve: |x| up to some 130. */
const ordinary = 100;

/**
 * Beyond ordinary lengths the grid ends where the numbers do: there a formula such as ln(1 + eˣ) overflows, whether or not φ
 * itself would.
 */
function measureProfile(activation: ElementwiseActivation): readonly LengthMoments[] {
  const profile: LengthMoments[] = [];
  for (const q of grid) {
    try {
      const moments = lengthMoments(activation, q);
      if (q > ordinary && !Number.isFinite(moments.secondMoment + moments.derivativeSecondMoment)) break;
      profile.push(moments);
    } catch (error) {
      if (q > ordinary && error instanceof ParameterError) break;
      throw error;
    }
  }
  return profile;
}

/**
 * How far ln(V / q) is from its true value at the length q: rounding of φ(x), which may be off by 1e-16 at every x, and what the
 * quadrature leaves.
 */
export function resolution(q: number): number {
  return 2e-13 + 1e-15 / Math.sqrt(q);
}
