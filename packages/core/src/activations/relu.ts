import type { ElementwiseActivation } from '../activation.ts';
import { readOptions } from '../options.ts';
import { type SubgradientOptions, subgradientRule } from './subgradient.ts';

export type ReluOptions = SubgradientOptions;

/** {@link relu} with another derivative at 0: φ'(0) = `subgradient`, in [0, 1]. Default 0. */
export function reluWith(options: ReluOptions = {}): ElementwiseActivation {
  const { subgradient } = readOptions('relu', options, { subgradient: subgradientRule });
  return {
    kind: 'elementwise',
    name: 'relu',
    parameters: { subgradient },
    tex: '\\max(0, x)',
    source: {
      title: 'Nair & Hinton 2010, Rectified linear units improve restricted Boltzmann machines',
      url: 'https://www.cs.toronto.edu/~fritz/absps/reluICML.pdf',
    },
    kinks: [0],
    range: { from: 0, to: Infinity, closedFrom: true, closedTo: false },
    positivelyHomogeneous: true,
    value: (x) => Math.max(0, x),
    derivative: (x) => (x > 0 ? 1 : x < 0 ? 0 : x === 0 ? subgradient : NaN),
    // y = 0 stands for every x ≤ 0, so that y tells the derivative only when it is the same at 0 as below.
    ...(subgradient === 0 && { derivativeFromOutput: (y: number) => (y > 0 ? 1 : y <= 0 ? 0 : NaN) }),
    kernel: { name: 'relu', arguments: [subgradient] },
  };
}

/**
 * Rectified linear unit: `relu(x) = max(0, x)`. φ'(0) = 0; another choice is {@link reluWith}'s.
 *
 * @see Nair & Hinton 2010, https://www.cs.toronto.edu/~fritz/absps/reluICML.pdf
 */
export const relu: ElementwiseActivation = reluWith();
