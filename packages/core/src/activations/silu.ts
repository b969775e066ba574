import type { ElementwiseActivation } from '../activation.ts';
import { logistic } from './logistic.ts';

function derivative(x: number): number {
  if (!Number.isFinite(x)) return x > 0 ? 1 : x < 0 ? 0 : NaN;
  return logistic(x) * (1 + x * logistic(-x));
}

/**
 * Sigmoid linear unit, also called Swish: `silu(x) = x σ(x)`, where σ(x) = 1 / (1 + e⁻ˣ).
 *
 * @see Elfwing, Uchibe & Doya 2017, https://arxiv.org/abs/1702.03118
 */
export const silu: ElementwiseActivation = {
  kind: 'elementwise',
  name: 'silu',
  parameters: {},
  tex: 'x\\, \\sigma(x) = \\frac{x}{1 + e^{-x}}',
  source: {
    title:
      'Elfwing, Uchibe & Doya 2017, Sigmoid-weighted linear units for neural network function approximation in reinforcement learning',
    url: 'https://arxiv.org/abs/1702.03118',
  },
  kinks: [],
  // The minimum is at x = −1.278464542761074.
  range: { from: -0.2784645427610738, to: Infinity, closedFrom: true, closedTo: false },
  positivelyHomogeneous: false,
  value: (x) => (x === -Infinity ? -0 : x * logistic(x)),
  derivative,
  kernel: { name: 'silu', arguments: [] },
};
