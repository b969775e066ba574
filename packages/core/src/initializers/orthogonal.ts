import type { Initializer } from '../initializer.ts';
import { positive, readOptions } from '../options.ts';
import { defineInitializer } from './define-initializer.ts';
import { orthonormalise } from './householder.ts';

export interface OrthogonalOptions {
  /** Length of the orthogonal rows or columns; above 0. Default 1. */
  readonly gain?: number;
}

/**
 * Weights gain × a uniformly distributed matrix with orthonormal columns (rows, if the layer narrows): WᵀW = gain² I, or
 * WWᵀ = gain² I where fanOut < fanIn. One weight has variance gain² / max(fanIn, fanOut). Biases 0.
 *
 * It is the Q factor, in float64, of a matrix of standard normal numbers, drawn column by column.
 *
 * @throws ParameterError when `gain` is not a finite number above 0.
 * @see Saxe, McClelland & Ganguli 2014, https://arxiv.org/abs/1312.6120
 */
export function orthogonal(options: OrthogonalOptions = {}): Initializer {
  const { gain } = readOptions('orthogonal', options, { gain: positive(1) });
  return defineInitializer({
    name: 'orthogonal',
    parameters: { gain },
    source: {
      title:
        'Saxe, McClelland & Ganguli 2014, Exact solutions to the nonlinear dynamics of learning in deep linear neural networks',
      url: 'https://arxiv.org/abs/1312.6120',
    },
    variance: (fanIn, fanOut) => gain ** 2 / Math.max(fanIn, fanOut),
    weights(out, fanIn, fanOut, stream) {
      const long = Math.max(fanIn, fanOut);
      const short = Math.min(fanIn, fanOut);
      const columns = new Float64Array(out.length);
      stream.fillNormal(columns);
      orthonormalise(columns, long, short);
      if (fanOut < fanIn) {
        // A column is as long as a row of W: they are the same numbers in the same order.
        for (let i = 0; i < out.length; i++) out[i] = gain * columns[i];
      } else {
        for (let unit = 0; unit < fanOut; unit++) {
          for (let input = 0; input < fanIn; input++) {
            out[unit * fanIn + input] = gain * columns[input * fanOut + unit];
          }
        }
      }
    },
  });
}
