import type { Integrands } from './gauss-kronrod.ts';
import { type IntegrationOptions, integrate } from './integrate.ts';

/** Where to cut the real line for a smooth function under the normal density. */
const body: readonly number[] = [-10, -6, -4, -2, 0, 2, 4, 6, 10];

/** How far to follow a function that grows: beyond 37.5 the density is no normal float64. */
const tail: readonly number[] = [10, 13, 20, 29, 37.5];

const inverseRootOfTwoPi = 0.3989422804014327;

/** What a function must exceed at the end of the range to have mass beyond it: the density there is 10⁻³⁰⁶. */
const enormous = 1e200;

/** A share of the whole that no longer counts. */
const negligible = 1e-17;

/**
 * E[f(z)] of `count` functions f at once, for z ~ N(0, 1): adaptive quadrature between `breaks` (in z, any order; every
 * point where an f is not smooth), to 1e-12 of E[|f(z)|] or better.
 *
 * The line is followed from |z| = 10 outwards as long as there is something to find. A function that grows so fast that the
 * density at 37.5 does not quench it has the expectation ±∞.
 *
 * @param options - what else `integrate` takes.
 * @throws ParameterError when the integrals do not converge.
 */
export function gaussianExpectation(
  functions: Integrands,
  count: number,
  breaks: readonly number[] = [],
  options: Omit<IntegrationOptions, 'breaks' | 'magnitude'> = {},
): Float64Array {
  const weighted: Integrands = (z, out) => {
    functions(z, out);
    const density = inverseRootOfTwoPi * Math.exp(-0.5 * z * z);
    for (let i = 0; i < count; i++) out[i] *= density;
  };
  const cuts = (points: readonly number[]): number[] => {
    const [from, to] = [Math.min(...points), Math.max(...points)];
    return [...points, ...breaks.filter((z) => z > from && z < to)].sort((a, b) => a - b);
  };
  const { integral, magnitude } = integrate(weighted, count, { ...options, breaks: cuts(body) });

  const edge = new Float64Array(count);
  for (const side of [-1, 1]) {
    let k = 1;
    for (; k < tail.length; k++) {
      weighted(side * tail[k - 1], edge);
      if (edge.every((value, i) => Math.abs(value) <= negligible * magnitude[i]) && magnitude.some((m) => m > 0)) break;
      const part = integrate(weighted, count, {
        ...options,
        breaks: cuts([side * tail[k - 1], side * tail[k]]),
        magnitude,
      });
      for (let i = 0; i < count; i++) {
        integral[i] += part.integral[i];
        magnitude[i] += part.magnitude[i];
      }
    }
    if (k === tail.length) addDivergence(functions, side, integral, magnitude);
  }
  return integral;
}

/** Makes those integrals infinite whose integrand is not yet small at the end of the range, because its function is enormous there. */
function addDivergence(functions: Integrands, side: number, integral: Float64Array, magnitude: Float64Array): void {
  const end = new Float64Array(integral.length);
  const last = tail[tail.length - 1];
  functions(side * last, end);
  const density = inverseRootOfTwoPi * Math.exp(-0.5 * last * last);
  for (let i = 0; i < end.length; i++) {
    const size = Math.abs(end[i]);
    if (size > enormous && size * density > 1e-12 * magnitude[i]) integral[i] += Math.sign(end[i]) * Infinity;
  }
}
