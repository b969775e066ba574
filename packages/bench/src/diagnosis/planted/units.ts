import { type Dataset, activation, initializer } from '@relu-lab/core';
import { Network, adam, crossEntropy, sgd, train } from '@relu-lab/nn';
import type { Planted, Prepared } from '../case.ts';
import { blob, damage, moons, net, onDigits, normal, patient, times } from './patients.ts';

/** Units that are dead, flat, linear or alike. */
export const unitIllnesses: readonly Planted[] = [
  {
    illness: 'born-dead ReLUs: biases −5',
    expected: ['dead-layer', 'dead-units'],
    variants: {
      'moons, 2 × 64': (s) => patient(moons(s), net(moons(s), s, { hidden: [64, 64] }, { bias: -5 })),
      'blobs, 4 × 32': (s) => patient(blob(s), net(blob(s), s, { hidden: times(4, 32) }, { bias: -8 })),
      'digits, 2 × 64': (s) => onDigits(s, { hidden: [64, 64] }, { bias: -6 }),
    },
  },
  {
    illness: 'one dead layer',
    expected: ['dead-layer'],
    variants: {
      'moons, layer 2 of 3': (s) =>
        patient(
          moons(s),
          damage(
            net(moons(s), s, { hidden: times(3, 32) }),
            (v, name) => void (name === 'dense2.bias' && v.fill(-100)),
          ),
        ),
      'narrow born-dead network': (s) =>
        patient(
          moons(s),
          damage(
            net(moons(s), s, { hidden: times(6, 3) }),
            (v, name) => void (name === 'dense4.weight' && v.forEach((w, i) => (v[i] = -Math.abs(w)))),
          ),
        ),
    },
  },
  {
    illness: 'ReLUs killed by a large learning rate',
    expected: ['dead-layer', 'dead-units'],
    variants: {
      'moons, Adam': (s) => killed(moons(s), s),
      'blobs, Adam': (s) => killed(blob(s), s),
    },
  },
  {
    illness: 'saturation',
    expected: ['saturation'],
    variants: {
      'tanh N(0, 1), 3 × 128': (s) =>
        patient(blob(s), net(blob(s), s, { activation: activation('tanh'), hidden: times(3, 128) }, normal(1))),
      'sigmoid, biases 10': (s) =>
        patient(moons(s), net(moons(s), s, { activation: activation('sigmoid'), hidden: [64, 64] }, { bias: 10 })),
      'digits, tanh N(0, 0.5²)': (s) => onDigits(s, { activation: activation('tanh'), hidden: [64, 64] }, normal(0.5)),
    },
  },
  {
    illness: 'symmetric initialisation',
    expected: ['symmetric-units'],
    variants: {
      'constant 0.1, relu': (s) =>
        patient(moons(s), net(moons(s), s, { hidden: [32, 32] }, { weights: initializer('constant', { value: 0.1 }) })),
      'zeros, tanh': (s) =>
        patient(
          blob(s),
          net(blob(s), s, { activation: activation('tanh'), hidden: [32] }, { weights: initializer('zeros') }),
        ),
      'digits, constant 0.01': (s) =>
        onDigits(s, { hidden: [64] }, { weights: initializer('constant', { value: 0.01 }) }),
    },
  },
  {
    illness: 'units made linear by a bias shift',
    expected: ['linear-units'],
    variants: {
      'relu, biases 8, moons': (s) => patient(moons(s), net(moons(s), s, { hidden: [64, 64] }, { bias: 8 })),
      'leaky, biases 10, blobs': (s) =>
        patient(blob(s), net(blob(s), s, { activation: activation('leaky-relu'), hidden: times(3, 32) }, { bias: 12 })),
    },
  },
];

/** Trains at the first learning rate that throws most units of some layer below every sample; null when none does. */
async function killed(data: Dataset, seed: number): Promise<Prepared | null> {
  for (let learningRate = 0.05; learningRate < 300; learningRate *= 1.25) {
    for (const optimizer of [adam({ learningRate }), sgd({ learningRate, momentum: 0.9 })]) {
      const network = net(data, seed, { hidden: [64, 64] });
      const initial = network.snapshot();
      const run = await train(network, { data, loss: crossEntropy(), optimizer, epochs: 4, seed });
      if (run.status === 'completed' && silentShare(network, data) > 0.65)
        return { network, data, options: { initial } };
    }
  }
  return null;
}

function silentShare(network: Network, data: Dataset): number {
  network.forward(data.inputs);
  return Math.max(
    ...['relu1', 'relu2'].map((name) => {
      const outputs = network.output(name);
      const alive = new Set<number>();
      outputs.forEach((a, i) => void (a > 0 && alive.add(i % 64)));
      return 1 - alive.size / 64;
    }),
  );
}
