import type { ElementwiseActivation } from '../activation.ts';
import { ParameterError } from '../errors.ts';
import { finite, readOptions } from '../options.ts';
import { type SubgradientOptions, subgradientRule } from './subgradient.ts';
import { twoSlopes } from './two-slopes.ts';

export interface RreluOptions extends SubgradientOptions {
  /** The smallest slope for x < 0 that training draws. Default 1/8. */
  readonly lower?: number;
  /** The largest slope for x < 0 that training draws. Default 1/3. */
  readonly upper?: number;
}

/**
 * Randomized leaky rectified linear unit: `rrelu(x) = x` for `x > 0`, `a x` otherwise, where training draws `a` from
 * U(`lower`, `upper`) for every element, and evaluation takes the mean.
 *
 * Taken on its own, as here, it is the evaluation form: the slope is (`lower` + `upper`) / 2.
 * At 0 the derivative follows `subgradient`: see {@link SubgradientOptions}; by default that slope (1 when it is above 1).
 *
 * @throws ParameterError when a bound is not finite, `lower` is above `upper`, or `subgradient` not in [0, 1].
 * @see Xu, Wang, Chen & Li 2015, https://arxiv.org/abs/1505.00853
 */
export function rrelu(options: RreluOptions = {}): ElementwiseActivation {
  const { lower, upper, subgradient } = readOptions('rrelu', options, {
    lower: finite(1 / 8),
    upper: finite(1 / 3),
    subgradient: subgradientRule,
  });
  if (lower > upper) {
    throw new ParameterError(`lower of rrelu must not be above its upper, but ${lower} is above ${upper}`);
  }
  return {
    kind: 'elementwise',
    name: 'rrelu',
    parameters: { lower, upper, subgradient },
    tex: '\\begin{cases} x & x > 0 \\\\ a x & x \\le 0 \\end{cases} \\quad a \\sim U(l, u)',
    source: {
      title: 'Xu, Wang, Chen & Li 2015, Empirical evaluation of rectified activations in convolutional network',
      url: 'https://arxiv.org/abs/1505.00853',
    },
    // Halved one by one, so that two large bounds do not overflow.
    ...twoSlopes(lower / 2 + upper / 2, subgradient),
  };
}
