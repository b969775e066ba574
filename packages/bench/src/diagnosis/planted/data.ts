import { type Activation, type Dataset, activation } from '@relu-lab/core';
import { sampleFunction } from '@relu-lab/datasets';
import { Network, activate, dense } from '@relu-lab/nn';
import type { Planted } from '../case.ts';
import { someDigits } from '../healthy.ts';
import { rescaled, standardised, withLargeFeature } from '../samples.ts';
import { blob, moons, net, patient, relu } from './patients.ts';

/** Inputs and targets that no network learns well from. */
export const dataIllnesses: readonly Planted[] = [
  {
    illness: 'inputs not standardised',
    expected: ['inputs-not-standardised'],
    variants: {
      'moons × 300': (s) => patient(rescaled(moons(s), 300, 0), net(moons(s), s, { hidden: [32, 32] })),
      'blobs + 50': (s) => patient(rescaled(blob(s), 1, 50), net(blob(s), s, { hidden: [32, 32] })),
      'one feature × 1000': (s) =>
        patient(
          withLargeFeature(blob(s), 3, 1000),
          net(blob(s), s, { activation: activation('tanh'), hidden: [32, 32] }),
        ),
      'digits as 0 … 255': async (s) => {
        const data = await someDigits();
        return patient(rescaled(data, 0.3081 * 255, 0.1307 * 255), net(data, s, { hidden: [64, 64] }));
      },
    },
  },
  {
    illness: 'labels of one class',
    expected: ['one-class'],
    variants: {
      moons: (s) => patient({ ...moons(s), targets: new Int32Array(400) }, net(moons(s), s, { hidden: [32] })),
    },
  },
  {
    illness: 'class imbalance',
    expected: ['class-imbalance'],
    variants: {
      '1 % of one class': (s) =>
        patient(
          { ...moons(s), targets: Int32Array.from({ length: 400 }, (_, i) => (i % 100 === 0 ? 1 : 0)) },
          net(moons(s), s, { hidden: [32] }),
        ),
    },
  },
  {
    illness: 'targets outside the output activation',
    expected: ['targets-out-of-range'],
    variants: {
      'sine behind a sigmoid': (s) => patient(wave(s), withOutput(wave(s), s, activation('sigmoid'))),
      'sine behind a relu': (s) => patient(wave(s), withOutput(wave(s), s, relu)),
    },
  },
  {
    illness: 'targets not standardised',
    expected: ['targets-not-standardised'],
    variants: {
      'sine × 10 000': (s) => {
        const data = { ...wave(s), targets: Float32Array.from(wave(s).targets, (t) => 1e4 * t + 3e4) };
        return patient(data, net(data, s, { hidden: [32, 32] }));
      },
    },
  },
];

function wave(seed: number): Dataset {
  return standardised(sampleFunction({ f: 'sine', samples: 300, seed }));
}

function withOutput(data: Dataset, seed: number, output: Activation): Network {
  const layers = [dense({ units: 32 }), activate(relu), dense({ units: 1 }), activate(output)];
  return new Network({ inputs: data.features, layers, seed });
}
