import type { ElementwiseActivation } from '../activation.ts';

const one = (x: number): number => (Number.isNaN(x) ? NaN : 1);

/**
 * Identity: `identity(x) = x`, which makes a linear layer, and deep linear networks.
 *
 * @see Saxe, McClelland & Ganguli 2013, https://arxiv.org/abs/1312.6120
 */
export const identity: ElementwiseActivation = {
  kind: 'elementwise',
  name: 'identity',
  parameters: {},
  tex: 'x',
  source: {
    title:
      'Saxe, McClelland & Ganguli 2013, Exact solutions to the nonlinear dynamics of learning in deep linear neural networks',
    url: 'https://arxiv.org/abs/1312.6120',
  },
  kinks: [],
  range: { from: -Infinity, to: Infinity, closedFrom: false, closedTo: false },
  positivelyHomogeneous: true,
  value: (x) => x,
  derivative: one,
  derivativeFromOutput: one,
  kernel: { name: 'identity', arguments: [] },
};
