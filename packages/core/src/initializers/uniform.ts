import { ParameterError } from '../errors.ts';
import type { Initializer } from '../initializer.ts';
import { finite, readOptions } from '../options.ts';
import { defineInitializer } from './define-initializer.ts';

export interface UniformOptions {
  /** Lower end; finite. Default −0.05, as in Keras. */
  readonly low?: number;
  /** Upper end; finite and above `low`. Default 0.05, as in Keras. */
  readonly high?: number;
}

/**
 * Weights U(low, high) whatever the fans: variance (high − low)²/12. Biases 0.
 *
 * @throws ParameterError unless low < high.
 */
export function uniform(options: UniformOptions = {}): Initializer {
  const { low, high } = readOptions('uniform', options, { low: finite(-0.05), high: finite(0.05) });
  if (!(low < high)) throw new ParameterError(`uniform needs low < high; got low ${low} and high ${high}`);
  return defineInitializer({
    name: 'uniform',
    parameters: { low, high },
    source: {
      title: 'Keras documentation, RandomUniform',
      url: 'https://keras.io/api/layers/initializers/#randomuniform-class',
    },
    variance: () => (high - low) ** 2 / 12,
    weights: (out, _fanIn, _fanOut, stream) => stream.fillUniform(out, low, high),
  });
}
