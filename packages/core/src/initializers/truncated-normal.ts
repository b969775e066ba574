import type { Initializer } from '../initializer.ts';
import { finite, notNegative, readOptions } from '../options.ts';
import { defineInitializer } from './define-initializer.ts';

export interface TruncatedNormalOptions {
  /** Default 0. */
  readonly mean?: number;
  /** Standard deviation of the normal distribution *before* it is cut; at least 0. Default 0.05, as in Keras. */
  readonly deviation?: number;
}

/** Deviations from the mean at which the distribution is cut. */
const cut = 2;

/** Variance of a standard normal number given that it lies within ±2: 1 − 4 φ(2) / (2 Φ(2) − 1). */
const varianceWithinCut = 0.7737413035499232;

/**
 * Weights from N(mean, deviation²) cut at two deviations either side of the mean: values beyond are drawn again. Biases 0.
 *
 * `variance` tells the variance after the cut, 0.7737 deviation².
 */
export function truncatedNormal(options: TruncatedNormalOptions = {}): Initializer {
  const { mean, deviation } = readOptions('truncated-normal', options, {
    mean: finite(0),
    deviation: notNegative(0.05),
  });
  return defineInitializer({
    name: 'truncated-normal',
    parameters: { mean, deviation },
    source: {
      title: 'Keras documentation, TruncatedNormal',
      url: 'https://keras.io/api/layers/initializers/#truncatednormal-class',
    },
    variance: () => varianceWithinCut * deviation ** 2,
    weights(out, _fanIn, _fanOut, stream) {
      for (let i = 0; i < out.length; i++) {
        let z = stream.normal();
        while (Math.abs(z) > cut) z = stream.normal();
        out[i] = mean + deviation * z;
      }
    },
  });
}
