import type { ElementwiseActivation } from '../activation.ts';
import { positive, readOptions } from '../options.ts';

export interface CeluOptions {
  /** α: the output tends to −α for x → −∞, on the scale α; above 0. Default 1. */
  readonly alpha?: number;
}

/**
 * Continuously differentiable exponential linear unit: `celu(x) = x` for `x > 0`, `α (e^(x/α) − 1)` otherwise.
 *
 * Unlike {@link elu} it has the slope 1 at 0 for every α.
 *
 * @throws ParameterError when `alpha` is not a finite number above 0.
 * @see Barron 2017, https://arxiv.org/abs/1704.07483
 */
export function celu(options: CeluOptions = {}): ElementwiseActivation {
  const { alpha } = readOptions('celu', options, { alpha: positive(1) });
  return {
    kind: 'elementwise',
    name: 'celu',
    parameters: { alpha },
    tex: '\\begin{cases} x & x > 0 \\\\ \\alpha (e^{x / \\alpha} - 1) & x \\le 0 \\end{cases}',
    source: {
      title: 'Barron 2017, Continuously differentiable exponential linear units',
      url: 'https://arxiv.org/abs/1704.07483',
    },
    kinks: [],
    range: { from: -alpha, to: Infinity, closedFrom: false, closedTo: false },
    positivelyHomogeneous: false,
    value: (x) => (x > 0 ? x : alpha * Math.expm1(x / alpha)),
    derivative: (x) => (x > 0 ? 1 : Math.exp(x / alpha)),
    derivativeFromOutput: (y) => (y > 0 ? 1 : Math.max(1 + y / alpha, 0)), // A float32 output may lie below −α.
    kernel: { name: 'celu', arguments: [alpha] },
  };
}
