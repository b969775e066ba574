import type { ElementwiseActivation } from '../activation.ts';

/**
 * Piecewise quadratic {@link silu}: `hardSwish(x) = x relu6(x + 3) / 6`.
 *
 * At its kinks, −3 and 3, the derivative is the one from within [−3, 3], −1/2 and 3/2, as in PyTorch.
 *
 * @see Howard et al. 2019, https://arxiv.org/abs/1905.02244
 */
export const hardSwish: ElementwiseActivation = {
  kind: 'elementwise',
  name: 'hard-swish',
  parameters: {},
  tex: '\\tfrac{x}{6} \\min(\\max(0, x + 3), 6)',
  source: { title: 'Howard et al. 2019, Searching for MobileNetV3', url: 'https://arxiv.org/abs/1905.02244' },
  kinks: [-3, 3],
  // The minimum is at x = −3/2.
  range: { from: -0.375, to: Infinity, closedFrom: true, closedTo: false },
  positivelyHomogeneous: false,
  value: (x) => (x <= -3 ? 0 : x >= 3 ? x : (x * (x + 3)) / 6),
  derivative: (x) => (x < -3 ? 0 : x > 3 ? 1 : (2 * x + 3) / 6),
  kernel: { name: 'hardSwish', arguments: [] },
};
