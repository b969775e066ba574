import type { ElementwiseActivation } from '@relu-lab/core';
import { derivativeAt, valueAt } from './definition.ts';
import { gaussianExpectation } from './gaussian-expectation.ts';
import { breaksInZ, gaussianMoments } from './gaussian-moments.ts';
import { type Slopes, slopesOf } from './homogeneous.ts';

/** Expectations under two normal pre-activations x, y of variance q and correlation ρ. */
export interface PairMoments {
  /** E[φ(x) φ(y)]. */
  readonly product: number;
  /** E[φ'(x) φ'(y)]. */
  readonly derivativeProduct: number;
  /** E[(φ(x) − φ(y))²] / 2 = E[φ²] − E[φ(x) φ(y)], without cancellation where ρ is close to 1. */
  readonly halfSquaredDifference: number;
}

/** In closed form for homogeneous φ, else by quadrature. `q` above 0, `rho` from −1 to 1. */
export function pairMoments(activation: ElementwiseActivation, q: number, rho: number): PairMoments {
  if (activation.positivelyHomogeneous) return arcCosine(slopesOf(activation), q, rho);
  return pairQuadrature(activation, q, rho);
}

/**
 * The arc-cosine kernels of order 1 and 0 (Cho & Saul 2009, https://papers.nips.cc/paper/2009/hash/5751ec3e9a4feab575962e78e006250d-Abstract.html)
 * for any two slopes: φ(x) = a x + b |x|, E[x y] = ρ q, E[|x y|] = (2/π) (√(1−ρ²) + ρ arcsin ρ) q, and no mixed terms.
 */
export function arcCosine({ left, right }: Slopes, q: number, rho: number): PairMoments {
  const a = (right + left) / 2;
  const b = (right - left) / 2;
  const root = Math.sqrt((1 - rho) * (1 + rho));
  const bent = (2 / Math.PI) * (root + rho * Math.asin(rho));
  // 1 − bent: near ρ = 1 as an integral of arccos, 2/π (∫ arccos) = 2/π (ρ arccos ρ − √(1−ρ²)) + 1 − ρ.
  const angle = 2 * Math.asin(Math.sqrt((1 - rho) / 2));
  const straightDifference = 1 - rho;
  const bentDifference = rho > 0.5 ? straightDifference - (2 / Math.PI) * sineMinusCosine(angle) : 1 - bent;
  return {
    product: q * (a * a * rho + b * b * bent),
    derivativeProduct: a * a + b * b * (2 / Math.PI) * Math.asin(rho),
    halfSquaredDifference: q * (a * a * straightDifference + b * b * bentDifference),
  };
}

/** sin θ − θ cos θ, by its series where it would cancel. */
function sineMinusCosine(theta: number): number {
  if (theta > 0.5) return Math.sin(theta) - theta * Math.cos(theta);
  // θ³/3 − θ⁵/30 + …: the term of θ^(2k+1) is (−1)^(k+1) 2k / (2k + 1)!.
  let power = theta;
  let total = 0;
  for (let k = 1; k <= 10; k++) {
    power *= -(theta * theta) / (2 * k * (2 * k + 1));
    total -= 2 * k * power;
  }
  return total;
}

/**
 * With x and y written as √|ρ| g plus independent parts of variance 1 − |ρ| (and y from −g where ρ < 0), both are independent given
 * g, so that one outer and one inner integral do: E[φ(x) φ(y)] = E[m(g) m(±g)] with m(g) = E[φ(x) | g].
 */
export function pairQuadrature(activation: ElementwiseActivation, q: number, rho: number): PairMoments {
  const whole = gaussianMoments(activation, 0, Math.sqrt(q));
  const shared = Math.sqrt(q * Math.abs(rho));
  const own = Math.sqrt(q * (1 - Math.abs(rho)));
  if (shared === 0) {
    const { mean, variance, derivativeMean } = whole;
    return { product: mean * mean, derivativeProduct: derivativeMean ** 2, halfSquaredDifference: variance };
  }
  if (rho === 1) {
    const { secondMoment, derivativeSecondMoment } = whole;
    return { product: secondMoment, derivativeProduct: derivativeSecondMoment, halfSquaredDifference: 0 };
  }
  const rms = { value: Math.sqrt(whole.secondMoment), slope: Math.sqrt(whole.derivativeSecondMoment) };
  const given = (g: number): Conditional =>
    own > 0 ? conditional(activation, shared * g, own, rms) : atPoint(activation, shared * g);
  const [product, derivativeProduct, variance] = gaussianExpectation(
    (g, out) => {
      const one = given(g);
      const other = rho > 0 ? one : given(-g);
      out[0] = one.mean * other.mean;
      out[1] = one.derivativeMean * other.derivativeMean;
      out[2] = one.variance;
    },
    3,
    outerBreaks(activation, shared, own, rho),
    { noise: outerNoise(rms, own), panels: 300 },
  );
  return { product, derivativeProduct, halfSquaredDifference: rho > 0 ? variance : whole.secondMoment - product };
}

/** What rounding leaves in the outer integrands: the conditional variance is a difference of roundings when `own` is small. */
function outerNoise(rms: { readonly value: number; readonly slope: number }, own: number): readonly number[] {
  const spread = Math.min(rms.value, own * rms.slope);
  const rounding = 4e-16 * rms.value;
  return [1e-14 * rms.value ** 2, 1e-14 * rms.slope ** 2, 1e-14 * spread ** 2 + rounding * (spread + rounding)];
}

interface Conditional {
  readonly mean: number;
  readonly variance: number;
  readonly derivativeMean: number;
}

/** On so small a scale, away from kinks, φ is its tangent: its bend matters less than the rounding of its values. */
const lineLike = 1e-8;

/** E[φ], Var[φ] and E[φ'] under N(mean, deviation²), to 1e-15 of their size `rms` over all means. */
function conditional(
  activation: ElementwiseActivation,
  mean: number,
  deviation: number,
  rms: { readonly value: number; readonly slope: number },
): Conditional {
  const centre = valueAt(activation, mean);
  const slope = derivativeAt(activation, mean);
  if (deviation < lineLike && activation.kinks.every((kink) => Math.abs(kink - mean) > 40 * deviation)) {
    return { mean: centre, variance: (deviation * slope) ** 2, derivativeMean: slope };
  }
  const change = Math.min(rms.value, deviation * rms.slope);
  const [shift, square, slopeShift] = gaussianExpectation(
    (z, out) => {
      const x = mean + deviation * z;
      const value = valueAt(activation, x) - centre;
      out[0] = value;
      out[1] = value * value;
      out[2] = derivativeAt(activation, x) - slope;
    },
    3,
    breaksInZ(activation, mean, deviation),
    {
      noise: [1e-15 * (Math.abs(centre) + change), 1e-15 * change * change, 1e-15 * (Math.abs(slope) + rms.slope)],
    },
  );
  return { mean: centre + shift, variance: Math.max(0, square - shift * shift), derivativeMean: slope + slopeShift };
}

function atPoint(activation: ElementwiseActivation, x: number): Conditional {
  return { mean: valueAt(activation, x), variance: 0, derivativeMean: derivativeAt(activation, x) };
}

/** At a kink the conditional moments change over a distance own / shared in g: cuts around it, at distances that grow from there. */
function outerBreaks(activation: ElementwiseActivation, shared: number, own: number, rho: number): readonly number[] {
  const breaks = breaksInZ(activation, 0, shared);
  for (const kink of activation.kinks) {
    for (let distance = own / shared; distance > 0 && distance < 2; distance *= 4) {
      breaks.push(kink / shared - distance, kink / shared + distance);
    }
  }
  return rho > 0 ? breaks : [...breaks, ...breaks.map((z) => -z)];
}
