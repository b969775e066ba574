import { type Dataset, maxout, prelu, relu } from '@relu-lab/core';
import { describe, expect, it } from 'vitest';
import {
  type LayerDefinition,
  type Loss,
  Network,
  type NetworkOptions,
  type Optimizer,
  activate,
  adam,
  add,
  batchNorm,
  crossEntropy,
  dense,
  layerNorm,
  meanSquaredError,
  sgd,
  train,
} from '../src/index.ts';
import recorded from './fixtures/networks.json' with { type: 'json' };

interface Recording {
  readonly x: readonly (readonly number[])[];
  readonly targets: readonly number[] | readonly (readonly number[])[];
  readonly initial: Readonly<Record<string, readonly number[]>>;
  readonly outputs: readonly (readonly number[])[];
  readonly loss: number;
  readonly gradients: Readonly<Record<string, readonly number[]>>;
  readonly losses: readonly number[];
  readonly final: Readonly<Record<string, readonly number[]>>;
  readonly statistics: Readonly<Record<string, readonly number[]>>;
  readonly evaluated: readonly (readonly number[])[];
}

interface Case {
  readonly name: string;
  readonly recording: Recording;
  readonly layers: readonly LayerDefinition[];
  readonly loss: Loss;
  readonly optimizer: Optimizer;
}

const cases: readonly Case[] = [
  {
    name: 'a plain MLP with SGD, Nesterov momentum and weight decay',
    recording: recorded.plain,
    layers: [dense({ units: 8 }), activate(relu), dense({ units: 7 }), activate(relu), dense({ units: 3 })],
    loss: crossEntropy(),
    optimizer: sgd({ learningRate: 0.2, momentum: 0.9, nesterov: true, weightDecay: 0.01 }),
  },
  {
    name: 'a batch-normed residual network with SGD and momentum',
    recording: recorded.residual,
    layers: [
      dense({ units: 6 }),
      dense({ units: 6 }),
      batchNorm({ name: 'norm1' }),
      activate(relu),
      dense({ units: 6 }),
      batchNorm({ name: 'norm2' }),
      add({ from: ['norm2', 'dense1'] }),
      activate(relu),
      dense({ units: 3 }),
    ],
    loss: crossEntropy(),
    optimizer: sgd({ learningRate: 0.1, momentum: 0.8 }),
  },
  {
    name: 'a network with layer norm, PReLU and maxout, with Adam',
    recording: recorded.mixed,
    layers: [
      dense({ units: 8 }),
      layerNorm({ name: 'norm' }),
      activate(prelu(), { name: 'prelu' }),
      dense({ units: 12 }),
      activate(maxout()),
      dense({ units: 2 }),
    ],
    loss: meanSquaredError(),
    optimizer: adam({ learningRate: 0.03 }),
  },
];

const setups = [
  { setup: 'float64 reference kernels', backend: 'reference', precision: 'float64', tolerance: 1e-9 },
  { setup: 'float32 SIMD kernels', backend: 'wasm', precision: 'float32', tolerance: 2e-4 },
] as const;

/** PyTorch calls the scale and shift of a normalisation, and the slopes of PReLU, weight and bias too. */
function ourName(network: Network, theirs: string): string {
  const [layer, role] = theirs.split('.');
  const { kind } = network.layer(layer);
  if (kind === 'prelu') return `${layer}.slope`;
  if (kind === 'batch-norm' || kind === 'layer-norm') return `${layer}.${role === 'weight' ? 'scale' : 'shift'}`;
  return theirs;
}

function build({ recording, layers }: Case, options: Pick<NetworkOptions, 'backend' | 'precision'>): Network {
  const network = new Network({ inputs: recording.x[0].length, layers, ...options });
  for (const [name, values] of Object.entries(recording.initial)) network.setParameter(ourName(network, name), values);
  return network;
}

function dataset({ recording: { x, targets } }: Case): Dataset {
  const common = { name: 'recorded', rows: x.length, features: x[0].length, inputs: Float32Array.from(x.flat()) };
  return typeof targets[0] === 'number'
    ? { ...common, classes: 3, targets: Int32Array.from(targets as readonly number[]) }
    : { ...common, targets: Float32Array.from(targets.flat()) };
}

function largestDistance(ours: ArrayLike<number>, theirs: readonly number[]): number {
  expect(ours.length).toBe(theirs.length);
  return theirs.reduce((largest, value, i) => Math.max(largest, Math.abs(ours[i] - value)), 0);
}

/** The values themselves, not rounded to float32. */
function exact(network: Network, offset: number, length: number): Float32Array | Float64Array {
  return network.arena.values.slice(offset, offset + length);
}

describe.each(setups)('$setup against PyTorch', ({ backend, precision, tolerance }) => {
  describe.each(cases)('$name', (example) => {
    const { recording, loss, optimizer } = example;

    it('gives the same outputs', () => {
      const network = build(example, { backend, precision });
      const outputs = network.forward(dataset(example).inputs, { mode: 'training' });
      expect(largestDistance(outputs, recording.outputs.flat())).toBeLessThan(tolerance);
    });

    it('gives the same loss and gradients, and after 20 steps the same parameters', async () => {
      const network = build(example, { backend, precision });
      const seen: Record<string, readonly number[]> = {};
      const run = await train(network, {
        data: dataset(example),
        loss,
        optimizer,
        epochs: 20,
        batchSize: 9,
        probes: [
          {
            name: 'first gradients',
            step: ({ step }) => {
              if (step > 1) return;
              for (const { name, gradient, length } of network.parameters) {
                seen[name] = Array.from(exact(network, gradient, length));
              }
            },
          },
        ],
      });
      expect(run.status).toBe('completed');
      expect(Math.abs(run.losses[0] - recording.loss)).toBeLessThan(tolerance);
      expect(largestDistance(run.losses, recording.losses)).toBeLessThan(tolerance);
      for (const [name, values] of Object.entries(recording.gradients)) {
        expect(largestDistance(seen[ourName(network, name)], values)).toBeLessThan(tolerance);
      }
      for (const [name, values] of Object.entries(recording.final)) {
        const { offset, length } = network.parameter(ourName(network, name));
        expect(largestDistance(exact(network, offset, length), values)).toBeLessThan(tolerance);
      }
      const evaluated = network.forward(dataset(example).inputs);
      expect(largestDistance(evaluated, recording.evaluated.flat())).toBeLessThan(tolerance);
    });
  });
});
