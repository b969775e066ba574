import type { ElementwiseActivation } from '../activation.ts';
import { logistic } from './logistic.ts';

/**
 * Softplus: `softplus(x) = ln(1 + eˣ)`, a smooth ReLU whose derivative is the logistic function.
 *
 * @see Dugas, Bengio, Bélisle, Nadeau & Garcia 2000,
 *   https://papers.nips.cc/paper/2000/hash/44968aece94f667e4095002d140b5896-Abstract.html
 */
export const softplus: ElementwiseActivation = {
  kind: 'elementwise',
  name: 'softplus',
  parameters: {},
  tex: '\\ln(1 + e^x)',
  source: {
    title:
      'Dugas, Bengio, Bélisle, Nadeau & Garcia 2000, Incorporating second-order functional knowledge for better option pricing',
    url: 'https://papers.nips.cc/paper/2000/hash/44968aece94f667e4095002d140b5896-Abstract.html',
  },
  kinks: [],
  range: { from: 0, to: Infinity, closedFrom: false, closedTo: false },
  positivelyHomogeneous: false,
  value: (x) => (x > 0 ? x + Math.log1p(Math.exp(-x)) : Math.log1p(Math.exp(x))),
  derivative: logistic,
  kernel: { name: 'softplus', arguments: [] },
};
