import type { ElementwiseActivation } from '../activation.ts';
import { finite, readOptions } from '../options.ts';
import { type SubgradientOptions, subgradientRule } from './subgradient.ts';
import { twoSlopes } from './two-slopes.ts';

export interface LeakyReluOptions extends SubgradientOptions {
  /** α, the slope for x < 0. Default 0.01. */
  readonly alpha?: number;
}

/**
 * Leaky rectified linear unit: `leakyRelu(x) = x` for `x > 0`, `α x` otherwise.
 *
 * At 0 the derivative follows `subgradient`: see {@link SubgradientOptions}; by default α (1 when α > 1).
 *
 * @throws ParameterError when `alpha` is not finite, or `subgradient` not in [0, 1].
 * @see Maas, Hannun & Ng 2013, https://ai.stanford.edu/~amaas/papers/relu_hybrid_icml2013_final.pdf
 */
export function leakyRelu(options: LeakyReluOptions = {}): ElementwiseActivation {
  const { alpha, subgradient } = readOptions('leaky-relu', options, {
    alpha: finite(0.01),
    subgradient: subgradientRule,
  });
  return {
    kind: 'elementwise',
    name: 'leaky-relu',
    parameters: { alpha, subgradient },
    tex: '\\begin{cases} x & x > 0 \\\\ \\alpha x & x \\le 0 \\end{cases}',
    source: {
      title: 'Maas, Hannun & Ng 2013, Rectifier nonlinearities improve neural network acoustic models',
      url: 'https://ai.stanford.edu/~amaas/papers/relu_hybrid_icml2013_final.pdf',
    },
    ...twoSlopes(alpha, subgradient),
  };
}
