import type { ElementwiseActivation } from '../activation.ts';

/**
 * Absolute value: `abs(x) = |x|`.
 *
 * At its kink, 0, the derivative is 0, the middle of the two slopes, as in PyTorch.
 *
 * @see Jarrett, Kavukcuoglu, Ranzato & LeCun 2009, https://doi.org/10.1109/ICCV.2009.5459469
 */
export const abs: ElementwiseActivation = {
  kind: 'elementwise',
  name: 'abs',
  parameters: {},
  tex: '|x|',
  source: {
    title:
      'Jarrett, Kavukcuoglu, Ranzato & LeCun 2009, What is the best multi-stage architecture for object recognition?',
    url: 'https://doi.org/10.1109/ICCV.2009.5459469',
  },
  kinks: [0],
  range: { from: 0, to: Infinity, closedFrom: true, closedTo: false },
  positivelyHomogeneous: true,
  value: Math.abs,
  derivative: (x) => (x > 0 ? 1 : x < 0 ? -1 : x === 0 ? 0 : NaN),
  kernel: { name: 'abs', arguments: [] },
};
