import {
  type Activation,
  abs,
  celu,
  elu,
  gelu,
  hardSigmoid,
  hardSwish,
  identity,
  initializer,
  leakyRelu,
  maxout,
  mish,
  prelu,
  random,
  relu,
  relu6,
  rrelu,
  selu,
  sigmoid,
  silu,
  softplus,
  tanh,
} from '@relu-lab/core';
import { describe, expect, it } from 'vitest';
import {
  type LayerDefinition,
  Network,
  activate,
  add,
  alphaDropout,
  batchNorm,
  dense,
  dropout,
  flatten,
  layerNorm,
} from '../src/index.ts';
import { largestGradientError } from './finite-differences.ts';

const weights = initializer('normal', { deviation: 0.7 });
const units = 6;

/** A dense layer, the layer under test, and a dense layer: the first one's gradients see what passes through. */
function sandwich(layers: readonly LayerDefinition[], width: number = units): Network {
  return new Network({
    inputs: 3,
    layers: [dense({ units: width, weights, bias: 0.1 }), ...layers, dense({ units: 2, weights })],
    seed: 5,
    backend: 'reference',
    precision: 'float64',
  });
}

function samples(rows: number): Float64Array {
  const x = new Float64Array(rows * 3);
  random(11).stream('samples').fillNormal(x);
  return x;
}

const activations: readonly Activation[] = [
  relu,
  relu6,
  leakyRelu(),
  prelu(),
  rrelu(),
  elu({ alpha: 1.7 }),
  celu({ alpha: 0.6 }),
  selu,
  gelu,
  silu,
  mish,
  softplus,
  sigmoid,
  tanh,
  hardSigmoid,
  hardSwish,
  abs,
  identity,
];

describe('backward passes against central differences in float64', () => {
  for (const activation of activations) {
    for (const mode of ['training', 'evaluation'] as const) {
      it(`agree for ${activation.name} in ${mode}`, () => {
        expect(largestGradientError(sandwich([activate(activation)]), samples(5), mode)).toBeLessThan(1e-6);
      });
    }
  }

  it('agree for PReLU with one shared slope', () => {
    const network = sandwich([activate(prelu(), { slopes: 'shared' })]);
    expect(network.parameter('prelu1.slope').length).toBe(1);
    expect(largestGradientError(network, samples(5), 'training')).toBeLessThan(1e-6);
  });

  it('agree for PReLU that reads the input itself', () => {
    const network = new Network({
      inputs: 3,
      layers: [activate(prelu()), dense({ units: 2, weights })],
      backend: 'reference',
      precision: 'float64',
    });
    expect(largestGradientError(network, samples(5), 'training')).toBeLessThan(1e-6);
  });

  for (const pieces of [1, 2, 3]) {
    it(`agree for maxout of ${pieces}`, () => {
      expect(largestGradientError(sandwich([activate(maxout({ pieces }))]), samples(5), 'training')).toBeLessThan(1e-6);
    });
  }

  for (const mode of ['training', 'evaluation'] as const) {
    for (const [name, layer] of [
      ['batch norm', batchNorm()],
      ['layer norm', layerNorm()],
      ['dropout', dropout({ rate: 0.4 })],
      ['alpha dropout', alphaDropout({ rate: 0.3 })],
      ['flatten', flatten()],
    ] as const) {
      it(`agree for ${name} in ${mode}`, () => {
        expect(largestGradientError(sandwich([layer]), samples(7), mode)).toBeLessThan(1e-6);
      });
    }
  }

  it('agree for a residual network whose block input is read three times', () => {
    const network = sandwich([
      dense({ units, weights, name: 'inner' }),
      batchNorm(),
      activate(tanh),
      add({ from: ['tanh1', 'dense1', 'dense1'], name: 'sum' }),
      add({ from: ['sum', 'dense1'] }),
    ]);
    expect(largestGradientError(network, samples(7), 'training')).toBeLessThan(1e-6);
  });
});
