/** The nodes of the 21-point Kronrod rule on [0, 1]; every second one, from the second on, is a node of the 10-point Gauss rule. */
const nodes: readonly number[] = [
  0.9956571630258081, 0.9739065285171717, 0.9301574913557082, 0.8650633666889845, 0.7808177265864169,
  0.6794095682990244, 0.5627571346686047, 0.4333953941292472, 0.2943928627014602, 0.1488743389816312,
];
const kronrodWeights: readonly number[] = [
  0.011694638867371874, 0.032558162307964725, 0.054755896574352, 0.07503967481091996, 0.0931254545836976,
  0.10938715880229764, 0.12349197626206584, 0.13470921731147334, 0.14277593857706009, 0.1477391049013385,
];
const kronrodWeightAtZero = 0.1494455540029169;
const gaussWeights: readonly number[] = [
  0.06667134430868814, 0.1494513491505806, 0.21908636251598204, 0.26926671930999635, 0.29552422471475287,
];

/** Several functions of z at once: writes their values into `out`. */
export type Integrands = (z: number, out: Float64Array) => void;

/** What the rule finds on one panel, for each integrand. */
export interface Panel {
  readonly from: number;
  readonly to: number;
  readonly integral: readonly number[];
  /** The integral of the absolute value. */
  readonly magnitude: readonly number[];
  /** An estimate of the error of `integral`. */
  readonly error: readonly number[];
}

/**
 * Applies the pair of rules (Kronrod 1965) to several integrands over [from, to]: 21 evaluations.
 *
 * @param values - scratch memory, one number for each integrand.
 */
export function gaussKronrod(integrands: Integrands, values: Float64Array, from: number, to: number): Panel {
  const count = values.length;
  const centre = (from + to) / 2;
  const half = (to - from) / 2;
  const integral: number[] = [];
  const magnitude: number[] = [];
  const error: number[] = [];

  integrands(centre, values);
  for (let i = 0; i < count; i++) {
    integral.push(kronrodWeightAtZero * values[i]);
    magnitude.push(kronrodWeightAtZero * Math.abs(values[i]));
    // First the sum of the Gauss rule, which has no node in the middle.
    error.push(0);
  }
  for (let k = 0; k < nodes.length; k++) {
    const weight = kronrodWeights[k];
    const gaussWeight = k % 2 === 1 ? gaussWeights[(k - 1) / 2] : 0;
    for (let side = -1; side <= 1; side += 2) {
      integrands(centre + side * half * nodes[k], values);
      for (let i = 0; i < count; i++) {
        integral[i] += weight * values[i];
        magnitude[i] += weight * Math.abs(values[i]);
        error[i] += gaussWeight * values[i];
      }
    }
  }
  for (let i = 0; i < count; i++) {
    error[i] = half * errorEstimate(Math.abs(integral[i] - error[i]), magnitude[i]);
    integral[i] *= half;
    magnitude[i] *= half;
  }
  return { from, to, integral, magnitude, error };
}

/**
 * The difference of the two rules is the error of the lower one; that of the higher one is far smaller. The rule of thumb
 * is QUADPACK's (Piessens et al. 1983).
 */
function errorEstimate(difference: number, magnitude: number): number {
  if (difference === 0) return 0;
  const share = (200 * difference) / magnitude;
  return magnitude * Math.min(1, share * Math.sqrt(share));
}
