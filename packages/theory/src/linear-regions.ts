import { power } from '@relu-lab/core';
import { refuseUnknown } from '@relu-lab/core/options';
import { checkWidths, readRequired, requiredWholeFrom } from './required-options.ts';

export interface LinearRegionsOptions {
  /** n_0, dimension of the input; at least 1. */
  readonly inputs: number;
  /** n_1, …, n_H, units of each hidden layer. */
  readonly widths: readonly number[];
}

/** How many linear regions a ReLU network can have; exact up to 2⁵³, ∞ beyond 10³⁰⁸. */
export interface MaxLinearRegions {
  /** No network of that shape has more. */
  readonly upperBound: number;
  /** Some network of that shape has at least so many. */
  readonly montufarLowerBound: number;
}

/**
 * Bounds on the largest number of linear regions of a ReLU network with these widths.
 *
 * - `upperBound` (Serra et al. 2018, theorem 1): Σ Π_l C(n_l, j_l) over all j with 0 ≤ j_l ≤ min(n_0, n_1 − j_1, …, n_{l−1} − j_{l−1}, n_l). For
 *   one hidden layer it is {@link hyperplaneRegions} and is attained (Zaslavsky 1975); for one input it is Π (n_l + 1) where no width is 1.
 * - `montufarLowerBound` (Montúfar et al. 2014): (Π_{i<H} ⌊n_i/d⌋^d) Σ_{j≤d} C(n_H, j) with d = n_0, or, where a layer but the last is narrower, its
 *   width: the network then ignores the other inputs.
 *
 * @throws ParameterError unless `inputs` and all `widths` are whole numbers of at least 1.
 * @see Serra, Tjandraatmadja & Ramalingam 2018, https://arxiv.org/abs/1711.02114; Montúfar, Pascanu, Cho & Bengio 2014,
 *   https://arxiv.org/abs/1402.1869
 */
export function maxLinearRegions(options: LinearRegionsOptions): MaxLinearRegions {
  refuseUnknown('maxLinearRegions', options, ['inputs', 'widths']);
  const { widths, ...rest } = options;
  const { inputs } = readRequired('maxLinearRegions', rest, { inputs: requiredWholeFrom(1) });
  checkWidths('maxLinearRegions', widths);
  return { upperBound: serraBound(inputs, widths), montufarLowerBound: montufarBound(inputs, widths) };
}

/**
 * The regions into which n hyperplanes in general position cut a space of d dimensions, Σ_{j≤d} C(n, j): 1 + n + C(n, 2) in the plane.
 *
 * @param options.hyperplanes - n, at least 0: units of one hidden layer.
 * @param options.dimension - d, at least 0: inputs.
 * @throws ParameterError unless both are whole numbers of at least 0.
 * @see Zaslavsky 1975, https://doi.org/10.1090/memo/0154
 */
export function hyperplaneRegions(options: { readonly hyperplanes: number; readonly dimension: number }): number {
  const { hyperplanes, dimension } = readRequired('hyperplaneRegions', options, {
    hyperplanes: requiredWholeFrom(0),
    dimension: requiredWholeFrom(0),
  });
  return binomials(hyperplanes, dimension).reduce((sum, count) => sum + count, 0);
}

/** C(n, 0), …, C(n, min(n, most)), each rounded only once. */
function binomials(n: number, most: number): readonly number[] {
  const row = [1n];
  for (let j = 1; j <= Math.min(n, most); j++) row.push((row[j - 1] * BigInt(n - j + 1)) / BigInt(j));
  return row.map(Number);
}

/**
 * A region on which j units of the layer are off has an image of at most n − j dimensions, which bounds what deeper layers can cut.
 * `cut` holds, by dimension d still left, how many regions have it.
 */
function serraBound(inputs: number, widths: readonly number[]): number {
  let cut = new Map<number, number>([[inputs, 1]]);
  for (const width of widths) {
    const next = new Map<number, number>();
    const choose = binomials(width, inputs);
    for (const [dimension, count] of cut) {
      for (let j = 0; j <= Math.min(dimension, width); j++) {
        const left = Math.min(dimension, width - j);
        next.set(left, (next.get(left) ?? 0) + count * choose[j]);
      }
    }
    cut = next;
  }
  return [...cut.values()].reduce((sum, count) => sum + count, 0);
}

function montufarBound(inputs: number, widths: readonly number[]): number {
  const dimension = Math.min(inputs, ...widths.slice(0, -1));
  const folds = widths
    .slice(0, -1)
    .reduce((product, width) => product * power(Math.floor(width / dimension), dimension), 1);
  return folds * hyperplaneRegions({ hyperplanes: widths[widths.length - 1], dimension });
}
