import { ParameterError } from '@relu-lab/core';
import { type Integrands, type Panel, gaussKronrod } from './gauss-kronrod.ts';

export interface IntegrationOptions {
  /** Ascending points at which to cut: the ends, and every point where an integrand is not smooth. */
  readonly breaks: readonly number[];
  /** Accepted error of each integrand, as a share of the integral of its absolute value. Default 1e-12. */
  readonly tolerance?: number;
  /** For each integrand, the magnitude that the tolerance is a share of, if it is more than that of this range. */
  readonly magnitude?: Float64Array;
  /** For each integrand, an absolute error that is accepted as well: that of its rounding. Default 0. */
  readonly noise?: readonly number[];
  /** For each integrand, an absolute error that is accepted if a few halvings have not brought it further down. Default 0. */
  readonly floor?: readonly number[];
}

export interface Integration {
  /** The integral of each integrand. */
  readonly integral: Float64Array;
  /** The integral of the absolute value of each integrand. */
  readonly magnitude: Float64Array;
}

/** Far more than any integrand with finitely many jumps and kinks needs, even when they were not named. */
const mostPanels = 20_000;

/** Halving a panel so often leaves nothing of it, */
const mostHalvings = 60;

/** so that there, at a singularity, so many times the tolerance is accepted. */
const lastResort = 1e5;

/** After so many halvings an error below the floor is tolerated. */
const fewHalvings = 5;

/** When so many halvings in a row have not helped, what is left is rounding. */
const mostVainHalvings = 2;

/**
 * The integrals of `count` functions at once, adaptively: each panel between two breaks is halved until the error of every
 * integrand is below its tolerance.
 *
 * An integrand that overflows has the integral ±∞ (or ∞ where both signs meet).
 *
 * @throws ParameterError when the integrals do not converge.
 */
export function integrate(integrands: Integrands, count: number, options: IntegrationOptions): Integration {
  const { breaks, tolerance = 1e-12 } = options;
  const integral = new Float64Array(count);
  const magnitude = new Float64Array(count);
  const values = new Float64Array(count);
  const first: Panel[] = [];
  for (let k = 1; k < breaks.length; k++) {
    if (breaks[k] > breaks[k - 1]) first.push(gaussKronrod(integrands, values, breaks[k - 1], breaks[k]));
  }
  const wanted = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    for (const panel of first) wanted[i] += panel.magnitude[i];
    wanted[i] = tolerance * Math.max(wanted[i], options.magnitude?.[i] ?? 0) + (options.noise?.[i] ?? 0);
  }
  const tolerated = wanted.map((error, i) => Math.max(error, options.floor?.[i] ?? 0));

  let panels = first.length;
  const settle = (panel: Panel, halvings: number, inVain: number): void => {
    const allowed = halvings >= fewHalvings ? tolerated : wanted;
    if (inVain >= mostVainHalvings || isAccurate(panel, allowed, halvings >= mostHalvings ? lastResort : 1)) {
      for (let i = 0; i < count; i++) {
        integral[i] += panel.integral[i];
        magnitude[i] += panel.magnitude[i];
      }
      return;
    }
    panels += 2;
    if (panels > mostPanels || halvings >= mostHalvings) {
      throw new ParameterError(
        `An integral over [${breaks[0]}, ${breaks[breaks.length - 1]}] does not converge near ${panel.from}: the function must be integrable there`,
      );
    }
    const middle = (panel.from + panel.to) / 2;
    const left = gaussKronrod(integrands, values, panel.from, middle);
    const right = gaussKronrod(integrands, values, middle, panel.to);
    const vain = halvingIsVain(panel, left, right, allowed) ? inVain + 1 : 0;
    settle(left, halvings + 1, vain);
    settle(right, halvings + 1, vain);
  };
  for (const panel of first) settle(panel, 0, 0);
  for (let i = 0; i < count; i++) {
    if (magnitude[i] === Infinity && Number.isNaN(integral[i])) integral[i] = Infinity;
  }
  return { integral, magnitude };
}

function isAccurate({ error, magnitude }: Panel, allowed: Float64Array, leniency: number): boolean {
  for (let i = 0; i < error.length; i++) {
    // Halving does not help against an overflow.
    if (error[i] > leniency * allowed[i] && magnitude[i] !== Infinity) return false;
  }
  return true;
}

/**
 * Whether the halves of a panel are no more accurate together than the whole, although they are accurate to a thousandth:
 * then the rest is rounding of the integrand. (At a jump that nobody named, halving halves the error.)
 */
function halvingIsVain(whole: Panel, left: Panel, right: Panel, allowed: Float64Array): boolean {
  for (let i = 0; i < allowed.length; i++) {
    if (whole.error[i] <= allowed[i] || whole.magnitude[i] === Infinity) continue;
    const after = left.error[i] + right.error[i];
    if (after > 1e-3 * whole.magnitude[i] || after < 0.75 * whole.error[i]) return false;
  }
  return true;
}
