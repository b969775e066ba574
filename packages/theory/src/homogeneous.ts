import { type ElementwiseActivation, millsRatio, normalCumulative, normalDensity } from '@relu-lab/core';

/**
 * A positively homogeneous φ has two slopes and nothing else: φ(x) = `right` x for x > 0 and `left` x for x < 0. ReLU, leaky
 * ReLU, PReLU, RReLU, |x| and x are such.
 */
export interface Slopes {
  readonly left: number;
  readonly right: number;
}

export function slopesOf(activation: ElementwiseActivation): Slopes {
  return { left: 0 - activation.value(-1), right: activation.value(1) };
}

/** E[φ'(x)²] = E[φ(x)²] / q for x ~ N(0, q), whatever q: (left² + right²) / 2. */
export function meanSquaredSlope({ left, right }: Slopes): number {
  return (left * left + right * right) / 2;
}

/** E[max(0, z + s)], for z ~ N(0, 1). */
function meanAbove(s: number): number {
  // Far left the two terms would cancel.
  return s >= 0 ? normalDensity(s) + s * normalCumulative(s) : normalDensity(s) * (1 + s * millsRatio(-s));
}

/** E[max(0, z + s)²], for z ~ N(0, 1). */
function squareAbove(s: number): number {
  if (s >= 0) return (1 + s * s) * normalCumulative(s) + s * normalDensity(s);
  return normalDensity(s) * ((1 + s * s) * millsRatio(-s) + s);
}

/** E[φ], E[φ²], Var[φ], E[φ'] and E[φ'²] under N(mean, deviation²), in closed form. */
export interface HomogeneousMoments {
  readonly mean: number;
  readonly secondMoment: number;
  readonly variance: number;
  readonly derivativeMean: number;
  readonly derivativeSecondMoment: number;
}

export function homogeneousMoments({ left, right }: Slopes, mean: number, deviation: number): HomogeneousMoments {
  const s = mean / deviation;
  const above = normalCumulative(s);
  const below = normalCumulative(-s);
  // φ is the line of the likelier side, plus a bend of the other: so nothing cancels when that other side is far away.
  const [line, bend, share, side] = s >= 0 ? [right, left - right, below, -1] : [left, right - left, above, 1];
  const bendMean = meanAbove(side * s);
  const bendVariance = squareAbove(side * s) - bendMean * bendMean;
  return {
    mean: deviation * (right * meanAbove(s) - left * meanAbove(-s)),
    secondMoment: deviation * deviation * (right * right * squareAbove(s) + left * left * squareAbove(-s)),
    // By Stein's lemma the covariance of z and the bend is the probability of its side.
    variance: deviation * deviation * (line * line + 2 * line * bend * share + bend * bend * bendVariance),
    derivativeMean: right * above + left * below,
    derivativeSecondMoment: right * right * above + left * left * below,
  };
}
