import { type Activation, type Dataset, activation, activationNames, initializer, random } from '@relu-lab/core';
import {
  type LayerDefinition,
  type MlpOptions,
  Network,
  activate,
  adam,
  add,
  batchNorm,
  crossEntropy,
  dense,
  dropout,
  evaluate,
  mlp,
  sgd,
  train,
} from '@relu-lab/nn';
import { describe, expect, it } from 'vitest';
import { type DiagnoseOptions, type Illness, diagnose, explainDiagnosis } from '../index.ts';

const relu = activation('relu');

/** Two clouds around ±1 in every feature: standardised but for a factor near 1, and easy to learn. */
function clouds(seed: number, features = 8, rows = 256): Dataset {
  const stream = random(seed).stream('clouds');
  const targets = Int32Array.from({ length: rows }, (_, i) => i % 2);
  const inputs = new Float32Array(rows * features);
  stream.fillNormal(inputs, 0, 0.6);
  const adjusted = inputs.map((x, i) => {
    const feature = i % features;
    return x + (targets[Math.floor(i / features)] === feature % 2 ? 0.8 : -0.8);
  });
  return { name: 'clouds', rows, features, classes: 2, inputs: adjusted, targets };
}

const times = (count: number, width: number): readonly number[] => new Array<number>(count).fill(width);

function net(seed: number, options: Partial<MlpOptions> & { readonly hidden: readonly number[] }): Network {
  return mlp({ inputs: 8, outputs: 2, activation: relu, seed, ...options });
}

function withValues(network: Network, name: string, change: (value: number, i: number) => number): Network {
  network.setParameter(name, network.parameterValues(name).map(change));
  return network;
}

/** A stem, blocks x + W relu(x), a head. */
function residual(blocks: number, branch: Partial<Parameters<typeof dense>[0]>, normed: boolean): Network {
  const layers: LayerDefinition[] = [dense({ units: 64, name: 'stem' })];
  for (let block = 1; block <= blocks; block++) {
    const stream = block === 1 ? 'stem' : `sum${block - 1}`;
    if (normed) layers.push(batchNorm({ name: `norm${block}`, from: stream }));
    layers.push({ ...activate(relu), name: `phi${block}`, from: normed ? `norm${block}` : stream });
    layers.push(dense({ units: 64, name: `branch${block}`, ...branch }));
    layers.push(add({ name: `sum${block}`, from: [`branch${block}`, stream] }));
  }
  return new Network({ inputs: 8, layers: [...layers, dense({ units: 2, name: 'head' })], seed: 5 });
}

const data = clouds(1);
const values: Dataset = {
  name: 'values',
  rows: data.rows,
  features: 8,
  inputs: data.inputs,
  targets: Float32Array.from(data.targets, (label, i) => 4 * label - 2 + Math.sin(i)),
};
/** Labels drawn by lot: a few steps leave the loss where it is. */
const lots = random(2).stream('labels');
const hardToLearn: Dataset = { ...data, targets: data.targets.map(() => (lots.uniform() < 0.5 ? 0 : 1)) };
const normal = (deviation: number): Pick<MlpOptions, 'weights'> => ({
  weights: initializer('normal', { deviation }),
});
const named = (name: string): Activation => activation(name as 'relu');

interface Sick {
  readonly what: string;
  readonly illness: Illness;
  readonly make: (seed: number) => { network: Network; data?: Dataset; options?: DiagnoseOptions };
}

const planted: readonly Sick[] = [
  {
    what: 'ReLU biases of −8',
    illness: 'dead-layer',
    make: (s) => ({ network: net(s, { hidden: [64, 64], bias: -8 }) }),
  },
  {
    what: 'most units of a layer under a bias of −100',
    illness: 'dead-units',
    make: (s) => ({
      network: withValues(net(s, { hidden: [64, 64] }), 'dense2.bias', (_, i) => (i < 45 ? -100 : 0.1 * i)),
    }),
  },
  {
    what: 'eight sigmoid layers',
    illness: 'vanishing-gradient',
    make: (s) => ({ network: net(s, { hidden: times(8, 64), activation: named('sigmoid') }) }),
  },
  {
    what: 'Xavier on 20 ReLU layers',
    illness: 'vanishing-gradient',
    make: (s) => ({ network: net(s, { hidden: times(20, 64), weights: initializer('xavier-normal') }) }),
  },
  {
    what: 'PyTorch’s default on ten ReLU layers',
    illness: 'vanishing-gradient',
    make: (s) => ({ network: net(s, { hidden: times(10, 64), weights: initializer('pytorch-default') }) }),
  },
  {
    what: 'He on SELU',
    illness: 'selu-not-normalised',
    make: (s) => ({
      network: net(s, { hidden: times(5, 64), activation: named('selu'), weights: initializer('he-normal') }),
    }),
  },
  {
    what: 'He on 20 GELU layers, whose signal dies out though a few samples keep it up',
    illness: 'vanishing-activations',
    make: (s) => ({
      network: net(s, { hidden: times(20, 64), activation: named('gelu'), weights: initializer('he-normal') }),
      data: hardToLearn,
      options: { optimizer: sgd({ learningRate: 0.05 }) },
    }),
  },
  {
    what: 'N(0, 1) weights on ReLU',
    illness: 'exploding-gradient',
    make: (s) => ({ network: net(s, { hidden: times(3, 64), ...normal(1) }) }),
  },
  { what: 'twenty residual sums', illness: 'exploding-gradient', make: () => ({ network: residual(20, {}, false) }) },
  {
    what: 'batch norm in 30 plain layers',
    illness: 'exploding-gradient',
    make: (s) => ({ network: net(s, { hidden: times(30, 32), normalization: 'batch' }) }),
  },
  {
    what: 'N(0, 1) weights on tanh',
    illness: 'saturation',
    make: (s) => ({ network: net(s, { hidden: times(3, 128), activation: named('tanh'), ...normal(1) }) }),
  },
  {
    what: 'constant weights',
    illness: 'symmetric-units',
    make: (s) => ({ network: net(s, { hidden: [32, 32], weights: initializer('constant', { value: 0.1 }) }) }),
  },
  {
    what: 'inputs shifted by 50',
    illness: 'inputs-not-standardised',
    make: (s) => ({
      network: net(s, { hidden: [32, 32] }),
      data: { ...data, inputs: data.inputs.map((x) => x + 50) },
    }),
  },
  {
    what: 'one input a thousand times as large',
    illness: 'inputs-not-standardised',
    make: (s) => ({
      network: net(s, { hidden: [32, 32] }),
      data: { ...data, inputs: data.inputs.map((x, i) => (i % 8 === 3 ? 1000 * x : x)) },
    }),
  },
  {
    what: 'a parameter that is NaN',
    illness: 'non-finite-parameters',
    make: (s) => ({
      network: withValues(net(s, { hidden: [32, 32] }), 'dense2.weight', (w, i) => (i === 7 ? NaN : w)),
    }),
  },
  {
    what: 'signals that overflow',
    illness: 'non-finite-signal',
    make: (s) => ({ network: net(s, { hidden: times(12, 64), ...normal(1000) }) }),
  },
  {
    what: 'ReLU biases of 8',
    illness: 'linear-units',
    make: (s) => ({ network: net(s, { hidden: [64, 64], bias: 12 }) }),
  },
  {
    what: 'five softplus layers, whose mean takes over',
    illness: 'correlation-collapse',
    make: (s) => ({ network: net(s, { hidden: times(5, 128), activation: named('softplus') }) }),
  },
  {
    what: 'SGD at 1000',
    illness: 'learning-rate-too-large',
    make: (s) => ({ network: net(s, { hidden: [64, 64] }), options: { optimizer: sgd({ learningRate: 1000 }) } }),
  },
  {
    what: 'SGD at 10⁻⁶',
    illness: 'learning-rate-too-small',
    make: (s) => ({ network: net(s, { hidden: [64, 64] }), options: { optimizer: sgd({ learningRate: 1e-6 }) } }),
  },
  {
    what: 'plain dropout behind SELU',
    illness: 'plain-dropout-after-selu',
    make: (s) => {
      const weights = initializer('lecun-normal');
      const layers = [
        dense({ units: 64, weights }),
        activate(named('selu')),
        dropout({ rate: 0.2 }),
        dense({ units: 2, weights }),
      ];
      return { network: new Network({ inputs: 8, layers, seed: s }) };
    },
  },
  {
    what: 'last weights that are all but 0',
    illness: 'constant-output',
    make: (s) => ({ network: withValues(net(s, { hidden: [32] }), 'dense2.weight', (w) => 1e-6 * w) }),
  },
  {
    what: 'labels of one class',
    illness: 'one-class',
    make: (s) => ({ network: net(s, { hidden: [32] }), data: { ...data, targets: new Int32Array(data.rows) } }),
  },
  {
    what: 'one label in a hundred of another class',
    illness: 'class-imbalance',
    make: (s) => ({
      network: net(s, { hidden: [32] }),
      data: { ...data, targets: data.targets.map((_, i) => (i % 100 === 0 ? 1 : 0)) },
    }),
  },
  {
    what: 'targets outside a sigmoid output',
    illness: 'targets-out-of-range',
    make: (s) => {
      const layers = [dense({ units: 32 }), activate(relu), dense({ units: 1 }), activate(named('sigmoid'))];
      return { network: new Network({ inputs: 8, layers, seed: s }), data: values };
    },
  },
  {
    what: 'targets in the thousands',
    illness: 'targets-not-standardised',
    make: (s) => ({
      network: net(s, { hidden: [32], outputs: 1 }),
      data: { ...values, targets: values.targets.map((t) => 1000 * t) as Float32Array },
    }),
  },
];

describe('diagnose names what was planted, first', () => {
  for (const { what, illness, make } of planted) {
    it(`${illness}: ${what}`, () => {
      const { network, data: own = data, options } = make(1);
      const diagnosis = diagnose(network, own, { steps: 20, ...options });
      expect(diagnosis.findings[0]?.illness, explainDiagnosis(diagnosis)).toBe(illness);
      expect(diagnosis.healthy).toBe(false);
    });
  }
});

/** Hidden layers within the six depth scales that each one's own initialiser can be trained through. */
const depths: Readonly<Record<string, number>> = { sigmoid: 2, 'hard-sigmoid': 2, softplus: 2 };

describe('diagnose finds nothing in a healthy network', () => {
  const options: DiagnoseOptions = { optimizer: adam({ learningRate: 0.001 }), steps: 20 };
  const untroubled = (network: Network, own: Dataset = data): void => {
    const diagnosis = diagnose(network, own, options);
    expect(diagnosis.healthy, explainDiagnosis(diagnosis)).toBe(true);
    expect(diagnosis.findings).toEqual([]);
  };

  for (const name of activationNames) {
    it(`${name} with the initialiser that it is made for, shallow and deeper, untrained and trained`, async () => {
      untroubled(net(3, { hidden: times(depths[name] ?? 6, 64), activation: named(name) }));
      const network = net(4, { hidden: [32, 32], activation: named(name) });
      untroubled(network);
      const loss = crossEntropy();
      await train(network, { data, loss, optimizer: adam({ learningRate: 0.003 }), epochs: 20 });
      expect(evaluate(network, data, loss).loss).toBeLessThan(Math.LN2 / 4);
      untroubled(network);
    });
  }

  it('20 He-initialised ReLU layers, whose dead share is what depth costs', () => {
    for (const seed of [1, 2, 3]) untroubled(net(seed, { hidden: times(20, 64) }));
  });

  it('He on 20 GELU layers, where the data are so easy that a few steps learn them all the same', () => {
    const network = net(1, { hidden: times(20, 64), activation: named('gelu') });
    expect(diagnose(network, hardToLearn, options).findings).toHaveLength(1);
    untroubled(network);
  });

  it('He on 12 GELU and on 20 Mish layers, deeper than their depth scales, but not yet in reach of q = 0', () => {
    for (const seed of [1, 2, 3]) {
      untroubled(net(seed, { hidden: times(12, 64), activation: named('gelu') }));
      untroubled(net(seed, { hidden: times(20, 64), activation: named('mish') }));
    }
  });

  it('with batch norm and layer norm', () => {
    untroubled(net(1, { hidden: times(5, 64), normalization: 'batch' }));
    untroubled(net(2, { hidden: times(12, 64), normalization: 'layer' }));
  });

  it('residual: few blocks, normalised branches, and branches that start at 0', () => {
    untroubled(residual(3, {}, false));
    untroubled(residual(8, {}, true));
    untroubled(residual(16, { weights: initializer('zeros') }, false));
  });

  it('with values as targets', () => {
    untroubled(net(6, { hidden: [64, 64], outputs: 1 }), values);
  });
});
