import type { ElementwiseActivation } from '../activation.ts';
import { logistic } from './logistic.ts';

/**
 * Logistic sigmoid: `sigmoid(x) = 1 / (1 + e⁻ˣ)`.
 *
 * @see Rumelhart, Hinton & Williams 1986, https://doi.org/10.1038/323533a0
 */
export const sigmoid: ElementwiseActivation = {
  kind: 'elementwise',
  name: 'sigmoid',
  parameters: {},
  tex: '\\frac{1}{1 + e^{-x}}',
  source: {
    title: 'Rumelhart, Hinton & Williams 1986, Learning representations by back-propagating errors',
    url: 'https://doi.org/10.1038/323533a0',
  },
  kinks: [],
  range: { from: 0, to: 1, closedFrom: false, closedTo: false },
  positivelyHomogeneous: false,
  value: logistic,
  derivative: (x) => logistic(x) * logistic(-x),
  derivativeFromOutput: (y) => y * (1 - y),
  kernel: { name: 'sigmoid', arguments: [] },
};
