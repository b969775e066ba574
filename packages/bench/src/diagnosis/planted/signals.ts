import { type Dataset, activation, initializer } from '@relu-lab/core';
import { type LayerDefinition, Network, activate, add, dense, sgd } from '@relu-lab/nn';
import type { Planted } from '../case.ts';
import { blob, damage, moons, net, normal, onDigits, patient, relu, spiral, times } from './patients.ts';

/** Signals and gradients that vanish, explode, collapse or are no numbers. */
export const signalIllnesses: readonly Planted[] = [
  {
    illness: 'vanishing gradient: deep sigmoid',
    expected: ['vanishing-gradient'],
    variants: {
      'moons, 8 × 64': (s) =>
        patient(moons(s), net(moons(s), s, { activation: activation('sigmoid'), hidden: times(8, 64) })),
      'spirals, 5 × 32, He': (s) =>
        patient(
          spiral(s),
          net(
            spiral(s),
            s,
            { activation: activation('sigmoid'), hidden: times(6, 32) },
            { weights: initializer('he-normal') },
          ),
        ),
      'digits, 6 × 64': (s) => onDigits(s, { activation: activation('sigmoid'), hidden: times(6, 64) }),
    },
  },
  {
    illness: 'vanishing gradient: weights too small',
    expected: ['vanishing-gradient', 'vanishing-activations'],
    variants: {
      'relu N(0, 0.01²), 4 × 64': (s) => patient(moons(s), net(moons(s), s, { hidden: times(4, 64) }, normal(0.01))),
      'tanh N(0, 0.05²), 5 × 32': (s) =>
        patient(blob(s), net(blob(s), s, { activation: activation('tanh'), hidden: times(5, 32) }, normal(0.05))),
      'digits, gelu N(0, 0.01²), 3 × 128': (s) =>
        onDigits(s, { activation: activation('gelu'), hidden: times(3, 128) }, normal(0.01)),
    },
  },
  {
    illness: 'wrong initialisation: Xavier on deep ReLU',
    expected: ['vanishing-gradient', 'vanishing-activations'],
    variants: {
      'moons, 20 × 64': (s) =>
        patient(moons(s), net(moons(s), s, { hidden: times(20, 64) }, { weights: initializer('xavier-normal') })),
      'digits, 16 × 64': (s) => onDigits(s, { hidden: times(16, 64) }, { weights: initializer('xavier-uniform') }),
    },
  },
  {
    illness: 'wrong initialisation: PyTorch default on deep ReLU',
    expected: ['vanishing-gradient', 'correlation-collapse'],
    variants: {
      'moons, 10 × 64': (s) =>
        patient(moons(s), net(moons(s), s, { hidden: times(10, 64) }, { weights: initializer('pytorch-default') })),
      'blobs, 8 × 128': (s) =>
        patient(blob(s), net(blob(s), s, { hidden: times(8, 128) }, { weights: initializer('pytorch-default') })),
    },
  },
  {
    illness: 'wrong initialisation: SELU without LeCun',
    expected: ['selu-not-normalised', 'vanishing-gradient', 'exploding-gradient'],
    variants: {
      'He, moons, 6 × 64': (s) =>
        patient(
          moons(s),
          net(
            moons(s),
            s,
            { activation: activation('selu'), hidden: times(6, 64) },
            { weights: initializer('he-normal') },
          ),
        ),
      'PyTorch, blobs, 4 × 64': (s) =>
        patient(
          blob(s),
          net(
            blob(s),
            s,
            { activation: activation('selu'), hidden: times(4, 64) },
            { weights: initializer('pytorch-default') },
          ),
        ),
    },
  },
  {
    illness: 'a signal that dies out: He on deep GELU and SiLU',
    expected: ['vanishing-activations', 'vanishing-gradient'],
    variants: {
      'digits, gelu 20 × 64': (s) => onDigits(s, { activation: activation('gelu'), hidden: times(20, 64) }),
      'digits, gelu 20 × 128, SGD': async (s) => ({
        ...(await onDigits(s, { activation: activation('gelu'), hidden: times(20, 128) })),
        options: { optimizer: sgd({ learningRate: 0.05 }) },
      }),
      'digits, silu 14 × 64': (s) => onDigits(s, { activation: activation('silu'), hidden: times(14, 64) }),
    },
  },
  {
    illness: 'exploding activations: weights too large',
    expected: ['exploding-activations', 'exploding-gradient', 'non-finite-signal'],
    variants: {
      'relu N(0, 1), 3 × 64': (s) => patient(moons(s), net(moons(s), s, { hidden: times(3, 64) }, normal(1))),
      'leaky N(0, 0.5²), 6 × 64': (s) =>
        patient(blob(s), net(blob(s), s, { activation: activation('leaky-relu'), hidden: times(6, 64) }, normal(0.5))),
      'relu N(0, 1), 40 × 128': (s) => patient(moons(s), net(moons(s), s, { hidden: times(40, 128) }, normal(1))),
    },
  },
  {
    illness: 'exploding: residual sums without normalisation',
    expected: ['exploding-activations', 'exploding-gradient'],
    variants: {
      '16 blocks': (s) => patient(moons(s), residual(moons(s), s, 16)),
      '30 blocks': (s) => patient(blob(s), residual(blob(s), s, 30)),
    },
  },
  {
    illness: 'exploding gradient: batch norm in a deep plain net',
    expected: ['exploding-gradient'],
    variants: {
      '30 × 64': (s) => patient(moons(s), net(moons(s), s, { hidden: times(30, 64) }, { normalization: 'batch' })),
      '40 × 32': (s) => patient(blob(s), net(blob(s), s, { hidden: times(40, 32) }, { normalization: 'batch' })),
    },
  },
  {
    illness: 'correlation collapse: ordered phase',
    expected: ['correlation-collapse', 'vanishing-gradient'],
    variants: {
      'tanh σ_w² = 0.6, random biases': (s) => patient(moons(s), ordered(moons(s), s)),
      'softplus, 10 × 64': (s) =>
        patient(blob(s), net(blob(s), s, { activation: activation('softplus'), hidden: times(10, 64) })),
    },
  },
  {
    illness: 'NaN or infinite parameters',
    expected: ['non-finite-parameters'],
    variants: {
      'one NaN': (s) =>
        patient(
          moons(s),
          damage(net(moons(s), s, { hidden: [32, 32] }), (v, name) => void (name === 'dense2.weight' && (v[5] = NaN))),
        ),
      'one infinite bias': (s) =>
        patient(
          blob(s),
          damage(net(blob(s), s, { hidden: [32] }), (v, name) => void (name === 'dense1.bias' && (v[0] = Infinity))),
        ),
    },
  },
  {
    illness: 'constant output',
    expected: ['constant-output'],
    variants: {
      'last weights 1e-6': (s) =>
        patient(
          moons(s),
          damage(
            net(moons(s), s, { hidden: [32, 32] }),
            (v, name) => void (name === 'dense3.weight' && v.forEach((w, i) => (v[i] = w * 1e-6))),
          ),
        ),
      'last weights 0 after training': (s) =>
        patient(
          blob(s),
          damage(net(blob(s), s, { hidden: [32] }), (v, name) => {
            if (name === 'dense2.weight') v.fill(0);
            if (name === 'dense2.bias') v.set([1, 2, 3, 4]);
          }),
        ),
    },
  },
];

function residual(data: Dataset, seed: number, blocks: number): Network {
  const layers: LayerDefinition[] = [dense({ units: 64, name: 'stem' })];
  let stream = 'stem';
  for (let block = 1; block <= blocks; block++) {
    layers.push({ ...activate(relu), name: `phi${block}`, from: stream });
    layers.push(dense({ units: 64, name: `branch${block}` }));
    layers.push(add({ name: `sum${block}`, from: [`branch${block}`, stream] }));
    stream = `sum${block}`;
  }
  layers.push(dense({ units: data.classes ?? 1, name: 'head' }));
  return new Network({ inputs: data.features, layers, seed });
}

/** tanh well inside the ordered phase: σ_w² = 0.6, σ_b² = 0.3. */
function ordered(data: Dataset, seed: number): Network {
  const network = net(
    data,
    seed,
    { activation: activation('tanh'), hidden: times(16, 64) },
    { weights: initializer('lecun-normal', { gain: Math.sqrt(0.6) }) },
  );
  let k = 0;
  return damage(network, (values, _, role) => {
    if (role === 'bias') values.forEach((_v, i) => (values[i] = Math.sqrt(0.6) * Math.sin(1000 * (seed + k++))));
  });
}
