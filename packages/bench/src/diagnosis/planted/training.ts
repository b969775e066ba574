import { activation, initializer } from '@relu-lab/core';
import { Network, activate, adam, dense, dropout, sgd } from '@relu-lab/nn';
import type { Planted } from '../case.ts';
import { someDigits } from '../healthy.ts';
import { blob, moons, net, patient, spiral } from './patients.ts';

/** What is wrong with how the network is trained. */
export const trainingIllnesses: readonly Planted[] = [
  {
    illness: 'learning rate too large',
    expected: ['learning-rate-too-large'],
    variants: {
      'SGD at 50, moons': (s) =>
        patient(moons(s), net(moons(s), s, { hidden: [64, 64] }), { optimizer: sgd({ learningRate: 50 }) }),
      'Adam at 3, spirals': (s) =>
        patient(spiral(s), net(spiral(s), s, { hidden: [64, 64] }), { optimizer: adam({ learningRate: 3 }) }),
      'SGD at 3, digits': async (s) => {
        const data = await someDigits();
        return patient(data, net(data, s, { hidden: [128, 128] }), { optimizer: sgd({ learningRate: 3 }) });
      },
    },
  },
  {
    illness: 'learning rate too small',
    expected: ['learning-rate-too-small'],
    variants: {
      'SGD at 1e-6, moons': (s) =>
        patient(moons(s), net(moons(s), s, { hidden: [64, 64] }), { optimizer: sgd({ learningRate: 1e-6 }) }),
      'Adam at 1e-8, blobs': (s) =>
        patient(blob(s), net(blob(s), s, { activation: activation('tanh'), hidden: [64] }), {
          optimizer: adam({ learningRate: 1e-8 }),
        }),
    },
  },
  {
    illness: 'plain dropout behind SELU',
    expected: ['plain-dropout-after-selu'],
    variants: {
      moons: (s) =>
        patient(
          moons(s),
          new Network({
            inputs: 2,
            layers: [
              dense({ units: 64, weights: initializer('lecun-normal') }),
              activate(activation('selu')),
              dropout({ rate: 0.2 }),
              dense({ units: 2, weights: initializer('lecun-normal') }),
            ],
            seed: s,
          }),
        ),
    },
  },
];
