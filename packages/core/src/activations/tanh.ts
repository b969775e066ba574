import type { ElementwiseActivation } from '../activation.ts';

/** 1 − tanh² x = (2 / (eˣ + e⁻ˣ))², written so that it keeps its digits far from 0. */
function derivative(x: number): number {
  const e = Math.exp(-2 * Math.abs(x));
  return (4 * e) / ((1 + e) * (1 + e));
}

/**
 * Hyperbolic tangent: `tanh(x) = (eˣ − e⁻ˣ) / (eˣ + e⁻ˣ)`.
 *
 * @see LeCun, Bottou, Orr & Müller 1998, https://doi.org/10.1007/3-540-49430-8_2
 */
export const tanh: ElementwiseActivation = {
  kind: 'elementwise',
  name: 'tanh',
  parameters: {},
  tex: '\\tanh(x)',
  source: {
    title: 'LeCun, Bottou, Orr & Müller 1998, Efficient BackProp',
    url: 'https://doi.org/10.1007/3-540-49430-8_2',
  },
  kinks: [],
  range: { from: -1, to: 1, closedFrom: false, closedTo: false },
  positivelyHomogeneous: false,
  value: Math.tanh,
  derivative,
  derivativeFromOutput: (y) => (1 - y) * (1 + y),
  kernel: { name: 'tanh', arguments: [] },
};
