import type { ElementwiseActivation } from '@relu-lab/core';

/** A function that is linear between its kinks: φ(z) = slopes[p] z + intercepts[p], with p the number of kinks below z. */
export interface LinearPieces {
  /** Ascending; only where slope or value change. */
  readonly kinks: readonly number[];
  /** One more than kinks. */
  readonly slopes: readonly number[];
  readonly intercepts: readonly number[];
}

/** How far a piece may be from its line, relative to the terms: what rounding in float64 leaves. */
const tolerance = 1e-12;

/** How far a slope may be from the same slope elsewhere, relatively: a derivative of one's own may be a difference quotient. */
const slopeTolerance = 1e-9;

/** Distances from the outermost kinks, or from 0, at which an end piece is looked at. */
const outward: readonly number[] = [0.01, 0.1, 0.5, 1, 2, 3, 5, 10, 30, 100];

/** Shares of the way between two kinks at which a piece is looked at. */
const between: readonly number[] = [0.5, 0.05, 0.2, 0.35, 0.65, 0.8, 0.95];

/**
 * The linear pieces of an activation, read from its kinks, derivative and value; null when it is not linear on some interval
 * between them (GELU is nowhere, hard Swish is not between its kinks).
 */
export function linearPieces(activation: ElementwiseActivation): LinearPieces | null {
  const lines: { slope: number; intercept: number }[] = [];
  for (const points of pointsOfPieces(activation.kinks)) {
    const [anchor] = points;
    const slope = activation.derivative(anchor);
    const intercept = activation.value(anchor) - slope * anchor;
    if (!points.every((x) => onLine(activation, x, slope, intercept))) return null;
    lines.push({ slope, intercept });
  }
  return withoutIdleKinks({
    kinks: activation.kinks,
    slopes: lines.map(({ slope }) => slope),
    intercepts: lines.map(({ intercept }) => intercept),
  });
}

/** φ(z) = z for z > 0, α z otherwise; for α = 1 without a kink. */
export function twoPieces(alpha: number): LinearPieces {
  return withoutIdleKinks({ kinks: [0], slopes: [alpha, 1], intercepts: [0, 0] });
}

/** For each piece the points at which it is looked at; the first one gives the line. */
function pointsOfPieces(kinks: readonly number[]): readonly (readonly number[])[] {
  if (kinks.length === 0) return [[0, ...outward.flatMap((x) => [-x, x])]];
  const first = kinks[0];
  const last = kinks[kinks.length - 1];
  // From a distance of 1, where value and slope of a piece through a whole number are whole numbers.
  const distances = [1, ...outward];
  return [
    distances.map((x) => first - x),
    ...kinks.slice(1).map((to, i) => between.map((share) => kinks[i] + share * (to - kinks[i]))),
    distances.map((x) => last + x),
  ];
}

function onLine({ value, derivative }: ElementwiseActivation, x: number, slope: number, intercept: number): boolean {
  const size = Math.abs(slope * x) + Math.abs(intercept);
  return (
    Math.abs(value(x) - slope * x - intercept) <= tolerance * size &&
    Math.abs(derivative(x) - slope) <= slopeTolerance * Math.abs(slope)
  );
}

/** A kink at which nothing changes bounds no piece. */
function withoutIdleKinks({ kinks, slopes, intercepts }: LinearPieces): LinearPieces {
  const real = kinks.flatMap((_, i) =>
    slopes[i] === slopes[i + 1] && intercepts[i] === intercepts[i + 1] ? [] : [i + 1],
  );
  return {
    kinks: real.map((i) => kinks[i - 1]),
    slopes: [0, ...real].map((i) => slopes[i]),
    intercepts: [0, ...real].map((i) => intercepts[i]),
  };
}
