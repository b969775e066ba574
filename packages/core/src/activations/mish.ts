import type { ElementwiseActivation } from '../activation.ts';

/*
 * With e = eˣ, tanh(ln(1 + e)) = e (e + 2) / (e (e + 2) + 2): a quotient of sums of positive terms, so nothing cancels
 * for x ≤ 0. For x > 0 the same with f = e⁻ˣ = 1/e, so that nothing overflows.
 */

function value(x: number): number {
  if (x === -Infinity) return -0;
  if (x <= 0) {
    const e = Math.exp(x);
    const n = e * (e + 2);
    return (x * n) / (n + 2);
  }
  const f = Math.exp(-x);
  return x * ((1 + 2 * f) / (1 + 2 * f + 2 * f * f));
}

function derivative(x: number): number {
  if (!Number.isFinite(x)) return x > 0 ? 1 : x < 0 ? 0 : NaN;
  if (x <= 0) {
    const e = Math.exp(x);
    const n = e * (e + 2);
    return (n + (e * (1 + e) * 4 * x) / (n + 2)) / (n + 2);
  }
  const f = Math.exp(-x);
  const d = 1 + 2 * f + 2 * f * f;
  return (1 + 2 * f + (f * f * (1 + f) * 4 * x) / d) / d;
}

/**
 * Mish: `mish(x) = x tanh(ln(1 + eˣ))`.
 *
 * @see Misra 2019, https://arxiv.org/abs/1908.08681
 */
export const mish: ElementwiseActivation = {
  kind: 'elementwise',
  name: 'mish',
  parameters: {},
  tex: 'x \\tanh(\\ln(1 + e^x))',
  source: {
    title: 'Misra 2019, Mish: a self regularized non-monotonic activation function',
    url: 'https://arxiv.org/abs/1908.08681',
  },
  kinks: [],
  // The minimum is at x = −1.192431214515495.
  range: { from: -0.30884341301725043, to: Infinity, closedFrom: true, closedTo: false },
  positivelyHomogeneous: false,
  value,
  derivative,
  kernel: { name: 'mish', arguments: [] },
};
