import type { ElementwiseActivation } from '@relu-lab/core';
import { bracketedRoot } from './bracketed-root.ts';
import { type CorrelationOptions, correlationStep, readCorrelationOptions } from './correlation-map.ts';
import { depthScale } from './mean-field.ts';

/** Where correlations of a deep network end. */
export interface CorrelationFixedPoint {
  /** c*, the correlation that all pairs of inputs with a correlation from 0 to 1 (1 excluded) tend to. */
  readonly correlation: number;
  /** R'(c*). */
  readonly slope: number;
  /** ξ_c = −1 / ln R'(c*), in layers; ∞ where the slope is 1. */
  readonly correlationScale: number;
}

/** Up to this slope at 1 the correlation 1 attracts. */
const critical = 1 + 1e-12;

/**
 * The stable fixed point c* = R(c*) of the correlation map at the length q: 1 while χ₁ ≤ 1 (at χ₁ = 1 it is approached
 * algebraically), below 1 in the chaotic phase, where it is bracketed. It is the only one: on [0, 1] the map is convex, since
 * E[φ(x) φ(y)] is a power series in ρ with coefficients of at least 0, and R(1) = 1.
 *
 * @throws ParameterError as `correlationMap` does.
 * @see Schoenholz et al. 2017, https://arxiv.org/abs/1611.01232
 */
export function correlationFixedPoint(
  activation: ElementwiseActivation,
  options: CorrelationOptions,
): CorrelationFixedPoint {
  const layer = readCorrelationOptions('correlationFixedPoint', activation, options);
  const { slope } = correlationStep(activation, layer, 1);
  if (slope <= critical) return at(1, slope);
  // (1 − R(1 − d)) / d − 1 has lost the root d = 0. At d = 1 it is below 0, or 0 where c* = 0: above it only by rounding.
  const deflated = (d: number): number => correlationStep(activation, layer, 1 - d).decorrelation / d - 1;
  const atZero = Math.min(deflated(1), 0);
  let near = 0.5;
  while (near > 1e-15 && deflated(near) <= 0) near /= 4;
  const d = bracketedRoot(deflated, near, 1, deflated(near), atZero);
  return at(1 - d, correlationStep(activation, layer, 1 - d).slope);
}

function at(correlation: number, slope: number): CorrelationFixedPoint {
  return { correlation, slope, correlationScale: depthScale(Math.min(slope, 1)) ?? Infinity };
}
