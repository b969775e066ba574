import { type Activation, type Dataset, activation, initializer } from '@relu-lab/core';
import { blobs, sampleFunction, spirals, twoMoons } from '@relu-lab/datasets';
import type { DiagnoseOptions, Illness } from '@relu-lab/analysis';
import {
  type LayerDefinition,
  Network,
  activate,
  adam,
  add,
  crossEntropy,
  dense,
  dropout,
  mlp,
  sgd,
  train,
} from '@relu-lab/nn';
import type { Case, Prepared } from './case.ts';
import { someDigits } from './healthy.ts';
import { rescaled, standardised, withLargeFeature } from './samples.ts';

interface Planted {
  readonly illness: string;
  readonly expected: readonly Illness[];
  /** Ways to plant it. */
  readonly variants: Readonly<Record<string, (seed: number) => Prepared | Promise<Prepared | null>>>;
}

const moons = (seed: number): Dataset => standardised(twoMoons({ samples: 400, seed }));
const spiral = (seed: number): Dataset => standardised(spirals({ samples: 400, seed }));
const blob = (seed: number): Dataset => standardised(blobs({ samples: 400, features: 8, classes: 4, seed }));
const relu = activation('relu');

interface Shape {
  readonly activation?: Activation;
  readonly hidden: readonly number[];
}

const times = (count: number, width: number): readonly number[] => new Array<number>(count).fill(width);

function net(data: Dataset, seed: number, { activation: named = relu, hidden }: Shape, more: object = {}): Network {
  const outputs = data.classes ?? data.targets.length / data.rows;
  return mlp({ inputs: data.features, hidden, outputs, activation: named, seed, ...more });
}

/** Changes parameters in place. */
function damage(network: Network, change: (values: Float32Array, name: string, role: string) => void): Network {
  for (const { name, role } of network.parameters) {
    const values = network.parameterValues(name);
    change(values, name, role);
    network.setParameter(name, values);
  }
  return network;
}

/** A network and data as a variant. */
function patient(data: Dataset, network: Network, options?: DiagnoseOptions): Prepared {
  return { network, data, ...(options && { options }) };
}

const normal = (deviation: number): object => ({ weights: initializer('normal', { deviation }) });

export const plantedIllnesses: readonly Planted[] = [
  {
    illness: 'born-dead ReLUs: biases −5',
    expected: ['dead-layer', 'dead-units'],
    variants: {
      'moons, 2 × 64': (s) => patient(moons(s), net(moons(s), s, { hidden: [64, 64] }, { bias: -5 })),
      'blobs, 4 × 32': (s) => patient(blob(s), net(blob(s), s, { hidden: times(4, 32) }, { bias: -8 })),
      'digits, 2 × 64': async (s) => {
        const data = await someDigits();
        return patient(data, net(data, s, { hidden: [64, 64] }, { bias: -6 }));
      },
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
      'digits, 6 × 64': async (s) => {
        const data = await someDigits();
        return patient(data, net(data, s, { activation: activation('sigmoid'), hidden: times(6, 64) }));
      },
    },
  },
  {
    illness: 'vanishing gradient: weights too small',
    expected: ['vanishing-gradient', 'vanishing-activations'],
    variants: {
      'relu N(0, 0.01²), 4 × 64': (s) => patient(moons(s), net(moons(s), s, { hidden: times(4, 64) }, normal(0.01))),
      'tanh N(0, 0.05²), 5 × 32': (s) =>
        patient(blob(s), net(blob(s), s, { activation: activation('tanh'), hidden: times(5, 32) }, normal(0.05))),
      'digits, gelu N(0, 0.01²), 3 × 128': async (s) => {
        const data = await someDigits();
        return patient(data, net(data, s, { activation: activation('gelu'), hidden: times(3, 128) }, normal(0.01)));
      },
    },
  },
  {
    illness: 'wrong initialisation: Xavier on deep ReLU',
    expected: ['vanishing-gradient', 'vanishing-activations'],
    variants: {
      'moons, 20 × 64': (s) =>
        patient(moons(s), net(moons(s), s, { hidden: times(20, 64) }, { weights: initializer('xavier-normal') })),
      'digits, 16 × 64': async (s) => {
        const data = await someDigits();
        return patient(data, net(data, s, { hidden: times(16, 64) }, { weights: initializer('xavier-uniform') }));
      },
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
    illness: 'saturation',
    expected: ['saturation'],
    variants: {
      'tanh N(0, 1), 3 × 128': (s) =>
        patient(blob(s), net(blob(s), s, { activation: activation('tanh'), hidden: times(3, 128) }, normal(1))),
      'sigmoid, biases 10': (s) =>
        patient(moons(s), net(moons(s), s, { activation: activation('sigmoid'), hidden: [64, 64] }, { bias: 10 })),
      'digits, tanh N(0, 0.5²)': async (s) => {
        const data = await someDigits();
        return patient(data, net(data, s, { activation: activation('tanh'), hidden: [64, 64] }, normal(0.5)));
      },
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
      'digits, constant 0.01': async (s) => {
        const data = await someDigits();
        return patient(data, net(data, s, { hidden: [64] }, { weights: initializer('constant', { value: 0.01 }) }));
      },
    },
  },
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
    illness: 'units made linear by a bias shift',
    expected: ['linear-units'],
    variants: {
      'relu, biases 8, moons': (s) => patient(moons(s), net(moons(s), s, { hidden: [64, 64] }, { bias: 8 })),
      'leaky, biases 10, blobs': (s) =>
        patient(blob(s), net(blob(s), s, { activation: activation('leaky-relu'), hidden: times(3, 32) }, { bias: 12 })),
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

/** A patient of each seed for every way of planting every illness. */
export function plantedCases(seeds: readonly number[]): readonly Case[] {
  return plantedIllnesses.flatMap(({ illness, expected, variants }) =>
    Object.entries(variants).flatMap(([variant, make]) =>
      seeds.map((seed): Case => ({
        illness,
        expected,
        name: `${illness}, ${variant}, seed ${seed}`,
        make: async () => make(seed),
      })),
    ),
  );
}
