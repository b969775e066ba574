import { type Dataset, prelu, random } from '@relu-lab/core';
import { describe, expect, it } from 'vitest';
import {
  type Clipping,
  Network,
  type Optimizer,
  activate,
  adam,
  adamW,
  clipNorm,
  crossEntropy,
  dense,
  rmsprop,
  sgd,
  train,
} from '../src/index.ts';
import recorded from './fixtures/optimisers.json' with { type: 'json' };

const { orders, batchSize, initial, runs } = recorded;

const data: Dataset = {
  name: 'recorded',
  rows: 10,
  features: 4,
  classes: 3,
  inputs: Float32Array.from(recorded.x.flat()),
  targets: Int32Array.from(recorded.targets),
};

interface Case {
  readonly name: string;
  readonly optimizer: Optimizer;
  readonly run: keyof typeof runs;
  readonly clipping?: Clipping;
}

const cases: readonly Case[] = [
  {
    name: 'SGD with momentum and weight decay',
    optimizer: sgd({ learningRate: 0.2, momentum: 0.9, weightDecay: 0.1 }),
    run: 'sgd',
  },
  {
    name: 'SGD with momentum, weight decay and clipping by norm',
    optimizer: sgd({ learningRate: 0.2, momentum: 0.9, weightDecay: 0.1 }),
    clipping: clipNorm(0.3),
    run: 'sgdClipped',
  },
  { name: 'RMSprop as it is by default', optimizer: rmsprop(), run: 'rmspropDefaults' },
  {
    name: 'RMSprop with weight decay',
    optimizer: rmsprop({ learningRate: 0.02, decay: 0.9, weightDecay: 0.2 }),
    run: 'rmspropDecay',
  },
  { name: 'Adam as it is by default', optimizer: adam(), run: 'adamDefaults' },
  {
    name: 'Adam with weight decay',
    optimizer: adam({ learningRate: 0.03, beta1: 0.8, beta2: 0.95, weightDecay: 0.2 }),
    run: 'adamDecay',
  },
  { name: 'AdamW as it is by default', optimizer: adamW(), run: 'adamWDefaults' },
  { name: 'AdamW with weight decay', optimizer: adamW({ learningRate: 0.03, weightDecay: 0.9 }), run: 'adamWDecay' },
  {
    name: 'AdamW with a large epsilon, weight decay and clipping by norm',
    optimizer: adamW({ learningRate: 0.03, epsilon: 0.01, weightDecay: 0.9 }),
    clipping: clipNorm(0.3),
    run: 'adamWClipped',
  },
];

const setups = [
  { setup: 'float64 reference kernels', backend: 'reference', precision: 'float64', tolerance: 1e-9 },
  { setup: 'float32 SIMD kernels', backend: 'wasm', precision: 'float32', tolerance: 1e-4 },
] as const;

/** PyTorch calls the slopes of PReLU a weight too. */
function ourName(theirs: string): string {
  return theirs.replace('prelu1.weight', 'prelu1.slope');
}

function largestDistance(ours: ArrayLike<number>, theirs: readonly number[]): number {
  expect(ours.length).toBe(theirs.length);
  return theirs.reduce((largest, value, i) => Math.max(largest, Math.abs(ours[i] - value)), 0);
}

describe('the order of the rows', () => {
  it('is the one that the fixture was recorded with', () => {
    const shuffling = random(4).stream('shuffling');
    const ours = orders.map((_, i) => Array.from(shuffling.stream(`epoch ${i + 1}`).permutation(data.rows)));
    expect(ours).toEqual(orders);
  });
});

describe.each(setups)('three epochs on $setup, with a smaller last batch and no decay of slopes', (setup) => {
  const { backend, precision, tolerance } = setup;
  it.each(cases)('agree with PyTorch for $name', async ({ optimizer, clipping, run }) => {
    const layers = [dense({ units: 6 }), activate(prelu()), dense({ units: 3 })];
    const network = new Network({ inputs: 4, layers, backend, precision });
    for (const [name, values] of Object.entries(initial)) network.setParameter(ourName(name), values);
    const norms: number[] = [];
    const result = await train(network, {
      data,
      loss: crossEntropy(),
      optimizer,
      epochs: orders.length,
      batchSize,
      seed: 4,
      probes: [{ name: 'norms', step: ({ gradientNorm }) => void norms.push(gradientNorm) }],
      ...(clipping && { clipping }),
    });
    const { losses, norms: theirNorms, final } = runs[run];
    expect(result.status).toBe('completed');
    expect(largestDistance(result.losses, losses)).toBeLessThan(tolerance);
    expect(largestDistance(norms, theirNorms)).toBeLessThan(tolerance);
    for (const [name, values] of Object.entries(final)) {
      const { offset, length } = network.parameter(ourName(name));
      expect(largestDistance(network.arena.values.slice(offset, offset + length), values)).toBeLessThan(tolerance);
    }
  });
});
