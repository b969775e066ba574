import type { Initializer } from '../initializer.ts';
import { finite, notNegative, readOptions } from '../options.ts';
import { defineInitializer } from './define-initializer.ts';

export interface NormalOptions {
  /** Default 0. */
  readonly mean?: number;
  /** Standard deviation; at least 0. Default 0.05, as in Keras. */
  readonly deviation?: number;
}

/** Weights N(mean, deviation²) whatever the fans. Biases 0. */
export function normal(options: NormalOptions = {}): Initializer {
  const { mean, deviation } = readOptions('normal', options, { mean: finite(0), deviation: notNegative(0.05) });
  return defineInitializer({
    name: 'normal',
    parameters: { mean, deviation },
    source: {
      title: 'Keras documentation, RandomNormal',
      url: 'https://keras.io/api/layers/initializers/#randomnormal-class',
    },
    variance: () => deviation ** 2,
    weights: (out, _fanIn, _fanOut, stream) => stream.fillNormal(out, mean, deviation),
  });
}
