import type { Initializer } from '../initializer.ts';
import { finite, readOptions } from '../options.ts';
import { defineInitializer } from './define-initializer.ts';

const source = {
  title: 'Keras documentation, Layer weight initializers',
  url: 'https://keras.io/api/layers/initializers/',
};

/** All weights and biases 0. Units of a layer stay equal for ever: for output layers, tests and demonstrations. */
export function zeros(options: Readonly<Record<string, never>> = {}): Initializer {
  readOptions('zeros', options, {});
  return defineInitializer({
    name: 'zeros',
    parameters: {},
    source,
    variance: () => 0,
    weights: (out) => out.fill(0),
  });
}

export interface ConstantOptions {
  /** Every weight; a finite number. Default 0, as in Keras. */
  readonly value?: number;
}

/** All weights the same `value`, biases 0. */
export function constant(options: ConstantOptions = {}): Initializer {
  const { value } = readOptions('constant', options, { value: finite(0) });
  return defineInitializer({
    name: 'constant',
    parameters: { value },
    source,
    variance: () => 0,
    weights: (out) => out.fill(value),
  });
}
