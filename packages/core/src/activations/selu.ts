import type { ElementwiseActivation } from '../activation.ts';

/** λ, the slope for x > 0. */
const scale = 1.0507009873554804934;
/** λ α with α = 1.6732632423543772848: the slope at 0 from the left, and the limit for x → −∞ with its sign reversed. */
const scaleAlpha = 1.7580993408473768599;

/**
 * Scaled exponential linear unit: `selu(x) = λ x` for `x > 0`, `λ α (eˣ − 1)` otherwise, with
 * λ = 1.0507009873554804934 and α = 1.6732632423543772848, for which mean 0 and variance 1 are a fixed point.
 *
 * At its kink, 0, the derivative is the one from the left, λ α, as in PyTorch.
 *
 * @see Klambauer, Unterthiner, Mayr & Hochreiter 2017, https://arxiv.org/abs/1706.02515
 */
export const selu: ElementwiseActivation = {
  kind: 'elementwise',
  name: 'selu',
  parameters: {},
  tex: '\\lambda \\begin{cases} x & x > 0 \\\\ \\alpha (e^x - 1) & x \\le 0 \\end{cases} \\quad \\lambda \\approx 1.0507,\\ \\alpha \\approx 1.6733',
  source: {
    title: 'Klambauer, Unterthiner, Mayr & Hochreiter 2017, Self-normalizing neural networks',
    url: 'https://arxiv.org/abs/1706.02515',
  },
  kinks: [0],
  range: { from: -scaleAlpha, to: Infinity, closedFrom: false, closedTo: false },
  positivelyHomogeneous: false,
  value: (x) => (x > 0 ? scale * x : scaleAlpha * Math.expm1(x)),
  derivative: (x) => (x > 0 ? scale : scaleAlpha * Math.exp(x)),
  derivativeFromOutput: (y) => (y > 0 ? scale : Math.max(y + scaleAlpha, 0)),
  kernel: { name: 'selu', arguments: [] },
};
