import type { ElementwiseActivation } from '@relu-lab/core';
import { derivativeAt, valueAt } from './definition.ts';
import { gaussianExpectation } from './gaussian-expectation.ts';
import { homogeneousMoments, slopesOf } from './homogeneous.ts';

/** Expectations under x ~ N(mean, deviation²), from which all others are made. */
export interface GaussianMoments {
  /** E[φ]. */
  readonly mean: number;
  /** E[φ²]. */
  readonly secondMoment: number;
  /** Var[φ]. */
  readonly variance: number;
  /** E[φ']. */
  readonly derivativeMean: number;
  /** E[φ'²]. */
  readonly derivativeSecondMoment: number;
  /** E[φ''], the jumps of φ' at kinks included. */
  readonly secondDerivativeMean: number;
  /** E[φ''φ], the jumps of φ' at kinks included. */
  readonly curvatureMoment: number;
}

/** The moments for a `deviation` above 0: in closed form where φ is positively homogeneous, else by quadrature. */
export function gaussianMoments(activation: ElementwiseActivation, mean: number, deviation: number): GaussianMoments {
  if (!activation.positivelyHomogeneous) return quadratureMoments(activation, mean, deviation);
  const slopes = slopesOf(activation);
  const density = Math.exp(-0.5 * (mean / deviation) ** 2) / Math.sqrt(2 * Math.PI);
  return {
    ...homogeneousMoments(slopes, mean, deviation),
    secondDerivativeMean: ((slopes.right - slopes.left) * density) / deviation,
    // φ'' is the jump at 0, where φ is 0.
    curvatureMoment: 0,
  };
}

/**
 * The moments by quadrature, cut at the kinks.
 *
 * φ'' is not needed, and is a sum of jumps where φ' is only piecewise smooth: by Stein's lemma, E[z f(z)] = E[f'(z)] with
 * the derivative in the sense of distributions, σ E[φ''] = E[z φ'] and σ E[φ''φ + φ'²] = E[z φ φ'], jumps included.
 *
 * All integrands are taken relative to φ and φ' at the mean, so that nothing cancels when the deviation is small.
 */
export function quadratureMoments(activation: ElementwiseActivation, mean: number, deviation: number): GaussianMoments {
  const centre = valueAt(activation, mean);
  const slope = derivativeAt(activation, mean);
  const [shift, square, slopeShift, slopeSquare, bend, product] = gaussianExpectation(
    (z, out) => {
      const x = mean + deviation * z;
      const value = valueAt(activation, x) - centre;
      const derivative = derivativeAt(activation, x);
      out[0] = value;
      out[1] = value * value;
      out[2] = derivative - slope;
      out[3] = derivative * derivative;
      out[4] = z * (derivative - slope);
      out[5] = z * value * derivative;
    },
    6,
    breaksInZ(activation, mean, deviation),
    roundingOf(activation, mean, deviation, centre, slope),
  );
  const variance = Math.max(0, square - shift * shift);
  return {
    mean: centre + shift,
    secondMoment: variance + (centre + shift) ** 2,
    variance,
    derivativeMean: slope + slopeShift,
    derivativeSecondMoment: slopeSquare,
    secondDerivativeMean: bend / deviation,
    curvatureMoment: (product + centre * bend) / deviation - slopeSquare,
  };
}

/**
 * Absolute errors that are accepted in the six integrands: what rounding leaves of φ and φ' near the mean; and, as a floor, 1e-17 of
 * what they are elsewhere, without which the rule would chase for ever the staircase that 1 − tanh² x becomes where tanh x rounds to 1.
 */
function roundingOf(
  activation: ElementwiseActivation,
  mean: number,
  deviation: number,
  centre: number,
  slope: number,
): { readonly noise: readonly number[]; readonly floor: readonly number[] } {
  const points = [-1, 1, mean - deviation, mean + deviation];
  const values = Math.max(Math.abs(centre), ...points.map((x) => Math.abs(valueAt(activation, x))));
  const slopes = Math.max(Math.abs(slope), ...points.map((x) => Math.abs(derivativeAt(activation, x))));
  const change = Math.min(deviation * slopes, 2 * values);
  const errors = (ofValue: number, ofSlope: number): readonly number[] => [
    ofValue,
    ofValue * (ofValue + change),
    ofSlope,
    ofSlope * slopes,
    ofSlope,
    ofValue * slopes + ofSlope * change,
  ];
  return {
    noise: errors(1e-15 * Math.abs(centre), 1e-15 * Math.abs(slope)),
    floor: errors(1e-17 * change, 1e-17 * slopes),
  };
}

/** Steps of the ladder of cuts around points of interest. */
const rung = 8;

/**
 * Where to cut in z = (x − mean) / deviation: at the kinks, and at 0, where many an activation changes its formula (ELU with α = 1 has
 * no kink there, but a jump of φ''); and, when the normal distribution is wide on the scale of x, around those points, where an
 * activation does what it does, at distances that grow from 1 on. Otherwise the rule could step over it.
 */
export function breaksInZ(activation: ElementwiseActivation, mean: number, deviation: number): number[] {
  const breaks = [-mean / deviation];
  for (const kink of activation.kinks) if (kink !== 0) breaks.push((kink - mean) / deviation);
  if (deviation <= 2) return breaks;
  for (const centre of [0, ...activation.kinks]) {
    for (let distance = 1; distance < 10 * deviation; distance *= rung) {
      breaks.push((centre - distance - mean) / deviation, (centre + distance - mean) / deviation);
    }
  }
  return breaks;
}
