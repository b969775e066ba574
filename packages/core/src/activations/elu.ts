import type { ElementwiseActivation } from '../activation.ts';
import { positive, readOptions } from '../options.ts';

export interface EluOptions {
  /** α: the output tends to −α for x → −∞; above 0. Default 1. */
  readonly alpha?: number;
}

/**
 * Exponential linear unit: `elu(x) = x` for `x > 0`, `α (eˣ − 1)` otherwise.
 *
 * Continuously differentiable only for `α = 1`; for another α there is a kink at 0, where the derivative is the one from
 * the left, α, as in PyTorch.
 *
 * @throws ParameterError when `alpha` is not a finite number above 0.
 * @see Clevert, Unterthiner & Hochreiter 2015, https://arxiv.org/abs/1511.07289
 */
export function elu(options: EluOptions = {}): ElementwiseActivation {
  const { alpha } = readOptions('elu', options, { alpha: positive(1) });
  return {
    kind: 'elementwise',
    name: 'elu',
    parameters: { alpha },
    tex: '\\begin{cases} x & x > 0 \\\\ \\alpha (e^x - 1) & x \\le 0 \\end{cases}',
    source: {
      title:
        'Clevert, Unterthiner & Hochreiter 2015, Fast and accurate deep network learning by exponential linear units (ELUs)',
      url: 'https://arxiv.org/abs/1511.07289',
    },
    kinks: alpha === 1 ? [] : [0],
    range: { from: -alpha, to: Infinity, closedFrom: false, closedTo: false },
    positivelyHomogeneous: false,
    value: (x) => (x > 0 ? x : alpha * Math.expm1(x)),
    derivative: (x) => (x > 0 ? 1 : alpha * Math.exp(x)),
    derivativeFromOutput: (y) => (y > 0 ? 1 : Math.max(y + alpha, 0)), // A float32 output may lie below −α.
    kernel: { name: 'elu', arguments: [alpha] },
  };
}
