import type { MaxoutActivation } from '../activation.ts';
import { ShapeError } from '../errors.ts';
import { readOptions, wholeFrom } from '../options.ts';

export interface MaxoutOptions {
  /** k, the pre-activations of one unit: a whole number of at least 1. Default 2. */
  readonly pieces?: number;
}

function firstLargest(values: ArrayLike<number>): number {
  let best = 0;
  for (let piece = 1; piece < values.length; piece++) {
    // Once the largest is NaN it stays; a candidate that is NaN beats every number.
    if (values[piece] > values[best] || (Number.isNaN(values[piece]) && !Number.isNaN(values[best]))) best = piece;
  }
  return best;
}

/**
 * Maxout: the largest of `pieces` pre-activations, `maxout(x₁, …, x_k) = max x_p`. The whole slope goes to the piece that
 * wins, the first of several equally large.
 *
 * Not elementwise: a unit takes `pieces` pre-activations, which stand next to each other in an array. NaN wins over every
 * number. `value` and `winner` throw a ShapeError for another number of values than `pieces`.
 *
 * @throws ParameterError when `pieces` is not a whole number of at least 1.
 * @see Goodfellow, Warde-Farley, Mirza, Courville & Bengio 2013, https://arxiv.org/abs/1302.4389
 */
export function maxout(options: MaxoutOptions = {}): MaxoutActivation {
  const { pieces } = readOptions('maxout', options, { pieces: wholeFrom(1, 2) });
  const winner = (values: ArrayLike<number>): number => {
    if (values.length === pieces) return firstLargest(values);
    throw new ShapeError(`A maxout unit of ${pieces} pieces takes ${pieces} values, not ${values.length}`);
  };
  return {
    kind: 'maxout',
    name: 'maxout',
    parameters: { pieces },
    pieces,
    tex: '\\max_{p = 1, \\dots, k} x_p',
    source: {
      title: 'Goodfellow, Warde-Farley, Mirza, Courville & Bengio 2013, Maxout networks',
      url: 'https://arxiv.org/abs/1302.4389',
    },
    range: { from: -Infinity, to: Infinity, closedFrom: false, closedTo: false },
    positivelyHomogeneous: true,
    value: (values) => values[winner(values)],
    winner,
  };
}
