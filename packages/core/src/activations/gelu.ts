import type { ElementwiseActivation } from '../activation.ts';
import { millsRatio, normalCumulative, normalDensity } from './normal-distribution.ts';

function value(x: number): number {
  if (x === -Infinity) return -0;
  // Far left Φ(x) leaves the normal float64 numbers before x Φ(x) does, so the density is multiplied in last.
  return x < 0 ? x * millsRatio(-x) * normalDensity(x) : x * normalCumulative(x);
}

function derivative(x: number): number {
  if (Number.isFinite(x)) return normalCumulative(x) + x * normalDensity(x);
  return x > 0 ? 1 : x < 0 ? 0 : NaN;
}

/**
 * Gaussian error linear unit: `gelu(x) = x Φ(x)`, where Φ(x) = (1 + erf(x / √2)) / 2 is the normal distribution function:
 * the exact form, not the approximation by tanh.
 *
 * @see Hendrycks & Gimpel 2016, https://arxiv.org/abs/1606.08415
 */
export const gelu: ElementwiseActivation = {
  kind: 'elementwise',
  name: 'gelu',
  parameters: {},
  tex: 'x\\, \\Phi(x) = \\tfrac{x}{2} \\left(1 + \\operatorname{erf} \\tfrac{x}{\\sqrt 2}\\right)',
  source: {
    title: 'Hendrycks & Gimpel 2016, Gaussian error linear units (GELUs)',
    url: 'https://arxiv.org/abs/1606.08415',
  },
  kinks: [],
  // The minimum is at x = −0.7517915246935645.
  range: { from: -0.16997120747990366, to: Infinity, closedFrom: true, closedTo: false },
  positivelyHomogeneous: false,
  value,
  derivative,
  kernel: { name: 'gelu', arguments: [] },
};
