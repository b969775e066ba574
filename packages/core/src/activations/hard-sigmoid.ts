import type { ElementwiseActivation } from '../activation.ts';

/**
 * Piecewise linear sigmoid: `hardSigmoid(x) = relu6(x + 3) / 6`.
 *
 * At its kinks, −3 and 3, the derivative is 0, as in PyTorch.
 *
 * @see Howard et al. 2019, https://arxiv.org/abs/1905.02244
 */
export const hardSigmoid: ElementwiseActivation = {
  kind: 'elementwise',
  name: 'hard-sigmoid',
  parameters: {},
  tex: '\\tfrac{1}{6} \\min(\\max(0, x + 3), 6)',
  source: { title: 'Howard et al. 2019, Searching for MobileNetV3', url: 'https://arxiv.org/abs/1905.02244' },
  kinks: [-3, 3],
  range: { from: 0, to: 1, closedFrom: true, closedTo: true },
  positivelyHomogeneous: false,
  value: (x) => Math.min(Math.max(0, x + 3), 6) / 6,
  // From the input alone: just below 3 the output already rounds to 1.
  derivative: (x) => (Math.abs(x) < 3 ? 1 / 6 : Number.isNaN(x) ? NaN : 0),
  kernel: { name: 'hardSigmoid', arguments: [] },
};
