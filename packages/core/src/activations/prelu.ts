import type { ElementwiseActivation } from '../activation.ts';
import { finite, readOptions } from '../options.ts';
import { type SubgradientOptions, subgradientRule } from './subgradient.ts';
import { twoSlopes } from './two-slopes.ts';

export interface PreluOptions extends SubgradientOptions {
  /** α, the slope for x < 0 with which learning starts. Default 0.25. */
  readonly alpha?: number;
}

/**
 * Parametric rectified linear unit: `prelu(x) = x` for `x > 0`, `α x` otherwise, with a slope that a network learns.
 *
 * Taken on its own, as here, it has the slope `alpha`; in a network that is where the learned slopes start.
 * At 0 the derivative follows `subgradient`: see {@link SubgradientOptions}; by default α (1 when α > 1).
 *
 * @throws ParameterError when `alpha` is not finite, or `subgradient` not in [0, 1].
 * @see He, Zhang, Ren & Sun 2015, https://arxiv.org/abs/1502.01852
 */
export function prelu(options: PreluOptions = {}): ElementwiseActivation {
  const { alpha, subgradient } = readOptions('prelu', options, { alpha: finite(0.25), subgradient: subgradientRule });
  return {
    kind: 'elementwise',
    name: 'prelu',
    parameters: { alpha, subgradient },
    tex: '\\begin{cases} x & x > 0 \\\\ \\alpha x & x \\le 0 \\end{cases} \\quad (\\alpha \\text{ learned})',
    source: {
      title:
        'He, Zhang, Ren & Sun 2015, Delving deep into rectifiers: surpassing human-level performance on ImageNet classification',
      url: 'https://arxiv.org/abs/1502.01852',
    },
    ...twoSlopes(alpha, subgradient),
  };
}
