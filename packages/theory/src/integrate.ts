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
  /** How many panels may be used. Default 20 000. */
  readonly panels?: number;
}

export interface Integration {
  /** The integral of each integrand. */
  readonly integral: Float64Array;
  /** The integral of the absolute value of each integrand. */
  readonly magnitude: Float64Array;
}

/** Halving a panel so often leaves nothing of it. */
const mostHalvings = 60;

/** After so many halvings an error below the floor is tolerated. */
const fewHalvings = 5;

/** When so many halvings in a row have not helped, what is left is rounding. */
const mostVainHalvings = 2;

/** The share of an integral that may be missing when all panels are used up. */
const knownAtLeast = 1e-3;

/** A panel, and how many halvings in a row before it were in vain. */
interface Pending {
  readonly panel: Panel;
  readonly inVain: number;
}

/**
 * The integrals of `count` functions at once, adaptively: in every round, each panel on which the error of an integrand is above
 * its tolerance is halved.
 *
 * An integrand that overflows has the integral ±∞ (or ∞ where both signs meet).
 *
 * @throws ParameterError when the integrals do not converge: when so many panels are not enough for three digits.
 */
export function integrate(integrands: Integrands, count: number, options: IntegrationOptions): Integration {
  const { breaks, tolerance = 1e-12, panels: mostPanels = 20_000 } = options;
  const values = new Float64Array(count);
  let pending: Pending[] = [];
  for (let k = 1; k < breaks.length; k++) {
    if (breaks[k] === breaks[k - 1]) continue;
    pending.push({ panel: gaussKronrod(integrands, values, breaks[k - 1], breaks[k]), inVain: 0 });
  }
  const wanted = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    for (const { panel } of pending) wanted[i] += panel.magnitude[i];
    wanted[i] = tolerance * Math.max(wanted[i], options.magnitude?.[i] ?? 0) + (options.noise?.[i] ?? 0);
  }
  const tolerated = wanted.map((error, i) => Math.max(error, options.floor?.[i] ?? 0));

  const total = new Total(count);
  let panels = pending.length;
  for (let halvings = 0; pending.length > 0; halvings++) {
    const allowed = halvings >= fewHalvings ? tolerated : wanted;
    const next: Pending[] = [];
    for (const { panel, inVain } of pending) {
      if (inVain >= mostVainHalvings || isAccurate(panel, allowed)) total.add(panel);
      else if (panels >= mostPanels || halvings >= mostHalvings) total.add(panel, allowed);
      else {
        const middle = (panel.from + panel.to) / 2;
        const left = gaussKronrod(integrands, values, panel.from, middle);
        const right = gaussKronrod(integrands, values, middle, panel.to);
        const vain = halvingIsVain(panel, left, right, allowed) ? inVain + 1 : 0;
        next.push({ panel: left, inVain: vain }, { panel: right, inVain: vain });
        panels += 2;
      }
    }
    pending = next;
  }
  if (total.isUnknown(options.magnitude)) {
    throw new ParameterError(
      `An integral over [${breaks[0]}, ${breaks[breaks.length - 1]}] does not converge near ${total.worst}: the function must be integrable there`,
    );
  }
  return total.integration();
}

/** The sums over panels that are settled. */
class Total {
  readonly #integral: Float64Array;
  readonly #magnitude: Float64Array;
  readonly #missing: Float64Array;
  /** Where the first panel lies that had to be taken as it was. */
  worst: number | null = null;

  constructor(count: number) {
    this.#integral = new Float64Array(count);
    this.#magnitude = new Float64Array(count);
    this.#missing = new Float64Array(count);
  }

  /** @param allowed - given for a panel that is taken although its error is above that. */
  add({ from, integral, magnitude, error }: Panel, allowed?: Float64Array): void {
    for (let i = 0; i < integral.length; i++) {
      this.#integral[i] += integral[i];
      this.#magnitude[i] += magnitude[i];
      if (allowed !== undefined && error[i] > allowed[i]) this.#missing[i] += error[i];
    }
    if (allowed !== undefined) this.worst ??= from;
  }

  isUnknown(elsewhere: Float64Array | undefined): boolean {
    return this.#missing.some((error, i) => error > knownAtLeast * Math.max(this.#magnitude[i], elsewhere?.[i] ?? 0));
  }

  integration(): Integration {
    const integral = this.#integral.map((sum, i) =>
      this.#magnitude[i] === Infinity && Number.isNaN(sum) ? Infinity : sum,
    );
    return { integral, magnitude: this.#magnitude };
  }
}

function isAccurate({ error, magnitude }: Panel, allowed: Float64Array): boolean {
  for (let i = 0; i < error.length; i++) {
    // Halving does not help against an overflow.
    if (error[i] > allowed[i] && magnitude[i] !== Infinity) return false;
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
