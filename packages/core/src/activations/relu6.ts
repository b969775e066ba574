import type { ElementwiseActivation } from '../activation.ts';
import { readOptions } from '../options.ts';
import { type SubgradientOptions, subgradientRule } from './subgradient.ts';

export type Relu6Options = SubgradientOptions;

/** {@link relu6} with another derivative at its kinks: φ'(0) = φ'(6) = `subgradient`, in [0, 1]. Default 0. */
export function relu6With(options: Relu6Options = {}): ElementwiseActivation {
  const { subgradient } = readOptions('relu6', options, { subgradient: subgradientRule });
  return {
    kind: 'elementwise',
    name: 'relu6',
    parameters: { subgradient },
    tex: '\\min(\\max(0, x), 6)',
    source: {
      title: 'Krizhevsky 2010, Convolutional deep belief networks on CIFAR-10',
      url: 'https://www.cs.toronto.edu/~kriz/conv-cifar10-aug2010.pdf',
    },
    kinks: [0, 6],
    range: { from: 0, to: 6, closedFrom: true, closedTo: true },
    positivelyHomogeneous: false,
    value: (x) => Math.min(Math.max(0, x), 6),
    derivative: (x) => (x > 0 && x < 6 ? 1 : x < 0 || x > 6 ? 0 : x === 0 || x === 6 ? subgradient : NaN),
    ...(subgradient === 0 && {
      derivativeFromOutput: (y: number) => (y > 0 && y < 6 ? 1 : y <= 0 || y >= 6 ? 0 : NaN),
    }),
    kernel: { name: 'relu6', arguments: [subgradient] },
  };
}

/**
 * ReLU cut off at 6: `relu6(x) = min(max(0, x), 6)`. φ'(0) = φ'(6) = 0; another choice is {@link relu6With}'s.
 *
 * @see Krizhevsky 2010, https://www.cs.toronto.edu/~kriz/conv-cifar10-aug2010.pdf
 */
export const relu6: ElementwiseActivation = relu6With();
