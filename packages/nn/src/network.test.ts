import {
  type BackendName,
  type BackendOptions,
  ParameterError,
  ShapeError,
  initializer,
  leakyRelu,
  maxout,
  prelu,
  random,
  relu,
  rrelu,
  selu,
  supportedBuilds,
  takeRows,
} from '@relu-lab/core';
import { describe, expect, it } from 'vitest';
import { Network, activate, add, dense, lsuv, mlp, recommendedInitializer } from './index.ts';

const inputs = (rows: number, features: number): Float32Array => {
  const x = new Float32Array(rows * features);
  random(8).stream('x').fillNormal(x);
  return x;
};

describe('mlp', () => {
  it('names its layers and counts its parameters', () => {
    const network = mlp({ inputs: 784, hidden: [256, 256], outputs: 10, activation: relu, seed: 1 });
    expect(network.layers.map(({ name }) => name)).toEqual(['dense1', 'relu1', 'dense2', 'relu2', 'dense3']);
    expect(network.parameterCount).toBe(784 * 256 + 256 + 256 * 256 + 256 + 256 * 10 + 10);
  });

  it('gives the definitions that it was made from, of which the same network can be made again', () => {
    const network = new Network({
      inputs: 4,
      layers: [
        dense({ units: 4, name: 'stem' }),
        activate(relu),
        dense({ units: 4, name: 'branch' }),
        add({ from: ['branch', 'stem'] }),
      ],
      seed: 3,
    });
    expect(network.definitions.map(({ name, from }) => [name, from])).toEqual(
      network.layers.map(({ name, from }) => [name, from]),
    );
    const again = new Network({ inputs: 4, layers: network.definitions, seed: 3 });
    expect(again.snapshot()).toEqual(network.snapshot());
  });

  it('places normalisation before and dropout after each activation', () => {
    const network = mlp({ inputs: 4, hidden: [3], outputs: 2, activation: selu, normalization: 'layer', dropout: 0.1 });
    expect(network.layers.map(({ name }) => name)).toEqual([
      'dense1',
      'layer-norm1',
      'selu1',
      'alpha-dropout1',
      'dense2',
    ]);
  });

  it('learns the slopes of PReLU, randomises those of RReLU, and gives maxout its pieces', () => {
    const kinds = [prelu(), rrelu(), maxout({ pieces: 3 })].map((activation) => {
      const network = mlp({ inputs: 2, hidden: [4], outputs: 1, activation });
      return [network.layers[0].outputs, network.layers[1].kind, network.layers[1].outputs];
    });
    expect(kinds).toEqual([
      [4, 'prelu', 4],
      [4, 'rrelu', 4],
      [12, 'maxout', 4],
    ]);
  });

  it('draws weights with the variance that its initialiser aims at', () => {
    const weights = initializer('he-normal');
    const network = mlp({ inputs: 300, hidden: [400], outputs: 1, activation: relu, weights, seed: 3 });
    const drawn = network.parameterValues('dense1.weight');
    const variance = drawn.reduce((sum, w) => sum + w * w, 0) / drawn.length;
    // Five standard errors of the variance of 120 000 normal draws: √(2 / n) each.
    expect(Math.abs(variance / weights.variance(300, 400) - 1)).toBeLessThan(5 * Math.sqrt(2 / drawn.length));
    expect(network.parameterValues('dense1.bias').every((b) => b === 0)).toBe(true);
  });

  it('draws the same parameters for the same seed, and a layer’s whatever stands after it', () => {
    const one = mlp({ inputs: 5, hidden: [6], outputs: 2, activation: relu, seed: 9 });
    const deeper = mlp({ inputs: 5, hidden: [6, 6], outputs: 2, activation: relu, seed: 9 });
    const other = mlp({ inputs: 5, hidden: [6], outputs: 2, activation: relu, seed: 10 });
    expect(deeper.parameterValues('dense1.weight')).toEqual(one.parameterValues('dense1.weight'));
    expect(other.parameterValues('dense1.weight')).not.toEqual(one.parameterValues('dense1.weight'));
  });

  it('brings every layer to unit variance with LSUV, which needs data', () => {
    const data = { name: 'x', rows: 256, features: 20, inputs: inputs(256, 20), targets: new Float32Array(256) };
    const weights = initializer('lsuv');
    const network = mlp({ inputs: 20, hidden: [30, 30], outputs: 5, activation: leakyRelu(), weights, data });
    network.forward(data.inputs);
    for (const name of ['dense1', 'dense2', 'dense3']) {
      const z = Array.from(network.output(name));
      const mean = z.reduce((sum, v) => sum + v, 0) / z.length;
      const variance = z.reduce((sum, v) => sum + (v - mean) ** 2, 0) / z.length;
      expect(variance).toBeGreaterThan(0.98);
      expect(variance).toBeLessThan(1.02);
    }
    expect(() => mlp({ inputs: 20, hidden: [3], outputs: 1, activation: relu, weights })).toThrow(/needs samples/);
    const constant = takeRows({ ...data, inputs: data.inputs.map(() => 0) }, 10);
    expect(() => lsuv(network, constant)).toThrow(ParameterError);
  });

  it('runs on the backend and the build that it is asked for', () => {
    const on = (backend: BackendName | BackendOptions): string =>
      mlp({ inputs: 2, hidden: [3], outputs: 1, activation: relu, backend }).backend.build;
    expect(on('reference')).toBe('javascript');
    expect(on({ name: 'wasm', build: 'fastest' })).toBe(supportedBuilds()[0]);
  });

  it('gives each activation the initialiser that it is made for', () => {
    expect(recommendedInitializer(relu).variance(100, 50)).toBeCloseTo(2 / 100, 12);
    expect(recommendedInitializer(leakyRelu({ alpha: 0.5 })).variance(100, 50)).toBeCloseTo(2 / 1.25 / 100, 12);
    expect(recommendedInitializer(selu).variance(100, 50)).toBeCloseTo(1 / 100, 12);
  });
});

describe('predict', () => {
  it('gives a fresh array, whatever the number of rows and the batches before', () => {
    const network = mlp({ inputs: 3, hidden: [7], outputs: 2, activation: relu, seed: 1 });
    const x = inputs(600, 3);
    const all = network.predict(x);
    expect(all).toHaveLength(1200);
    const first = network.predict(x.subarray(0, 3));
    expect(Array.from(first)).toEqual(Array.from(all.subarray(0, 2)));
    network.predict(inputs(5, 3).fill(9));
    expect(Array.from(first)).toEqual(Array.from(all.subarray(0, 2)));
    expect(network.predict(new Float32Array())).toHaveLength(0);
  });

  it('agrees with products by hand', () => {
    const network = new Network({ inputs: 2, layers: [dense({ units: 2 }), activate(relu), dense({ units: 1 })] });
    network.setParameter('dense1.weight', [1, 2, -3, 4]);
    network.setParameter('dense1.bias', [0.5, -1]);
    network.setParameter('dense2.weight', [2, -1]);
    network.setParameter('dense2.bias', [0.25]);
    // (1, 1) → z = (3.5, 0) → a = (3.5, 0) → 7.25; (−1, 1) → z = (1.5, 6) → −2.75.
    expect(Array.from(network.predict(Float32Array.of(1, 1, -1, 1)))).toEqual([7.25, -2.75]);
  });
});

describe('a residual network', () => {
  it('adds what its branches give', () => {
    const network = new Network({
      inputs: 2,
      layers: [dense({ units: 2, name: 'branch' }), add({ from: ['branch', 'input'] })],
    });
    network.setParameter('branch.weight', [10, 0, 0, 10]);
    expect(Array.from(network.predict(Float32Array.of(1, 2)))).toEqual([11, 22]);
  });
});

describe('snapshots and clones', () => {
  it('bring a network back, and copy it', () => {
    const network = mlp({ inputs: 3, hidden: [4], outputs: 2, activation: prelu(), normalization: 'batch', seed: 2 });
    const x = inputs(10, 3);
    const before = network.predict(x);
    const snapshot = network.snapshot();
    network.forward(x, { mode: 'training' });
    network.setParameter('prelu1.slope', [9, 9, 9, 9]);
    const changed = network.predict(x);
    expect(changed).not.toEqual(before);
    const copy = network.clone();
    expect(copy.predict(x)).toEqual(changed);
    network.restore(snapshot);
    expect(network.predict(x)).toEqual(before);
    expect(copy.predict(x)).toEqual(changed);
  });

  it('agree between the kernels', () => {
    const network = mlp({ inputs: 9, hidden: [17, 5], outputs: 3, activation: selu, normalization: 'layer', seed: 2 });
    const x = inputs(33, 9);
    const exact = network.clone({ backend: 'reference', precision: 'float64' }).predict(x);
    network.predict(x).forEach((value, i) => expect(value).toBeCloseTo(exact[i], 4));
  });
});

describe('a network refuses', () => {
  const refusals: readonly [string, () => unknown, new (message: string) => Error, RegExp][] = [
    [
      'a negative width',
      () => mlp({ inputs: 2, hidden: [-3], outputs: 1, activation: relu }),
      ParameterError,
      /hidden\[0\] .* not -3/,
    ],
    [
      'an activation by name',
      () => mlp({ inputs: 2, hidden: [3], outputs: 1, activation: 'relu' as never }),
      ParameterError,
      /relu/,
    ],
    [
      'an uncalled factory',
      () => mlp({ inputs: 2, hidden: [3], outputs: 1, activation: leakyRelu as never }),
      ParameterError,
      /leakyRelu\(\)/,
    ],
    ['no layers', () => new Network({ inputs: 2, layers: [] }), ParameterError, /at least one layer/],
    [
      'two layers of one name',
      () => new Network({ inputs: 2, layers: [dense({ units: 1, name: 'a' }), dense({ units: 1, name: 'a' })] }),
      ParameterError,
      /Two layers are called 'a'/,
    ],
    [
      'an unknown source',
      () => new Network({ inputs: 2, layers: [dense({ units: 2, name: 'stem' }), add({ from: ['stem', 'imput'] })] }),
      ParameterError,
      /did you mean 'input'/,
    ],
    [
      'a layer that nobody reads',
      () => new Network({ inputs: 2, layers: [dense({ units: 2 }), dense({ units: 2, from: 'input' })] }),
      ParameterError,
      /Nobody reads 'dense1'/,
    ],
    [
      'a sum of two widths',
      () => new Network({ inputs: 2, layers: [dense({ units: 3, name: 'wide' }), add({ from: ['wide', 'input'] })] }),
      ShapeError,
      /'wide' has 3, 'input' has 2/,
    ],
    [
      'a width that is no multiple of the pieces',
      () => new Network({ inputs: 2, layers: [dense({ units: 5 }), activate(maxout())] }),
      ShapeError,
      /2 pre-activations a unit, but 'dense1' has 5/,
    ],
    [
      'half a row',
      () => mlp({ inputs: 2, hidden: [], outputs: 1, activation: relu }).predict(new Float32Array(3)),
      ShapeError,
      /rows of 2 inputs; 3 values/,
    ],
    [
      'a parameter of another length',
      () => mlp({ inputs: 2, hidden: [], outputs: 1, activation: relu }).setParameter('dense1.weight', [1]),
      ShapeError,
      /'dense1.weight' is 1 × 2 = 2 values; 1 were given/,
    ],
    [
      'an unknown layer',
      () => mlp({ inputs: 2, hidden: [3], outputs: 1, activation: relu }).layer('rleu1'),
      ParameterError,
      /did you mean 'relu1'/,
    ],
  ];
  it.each(refusals)('%s', (_, attempt, type, message) => {
    let refusal: unknown;
    try {
      attempt();
    } catch (error) {
      refusal = error;
    }
    expect(refusal).toBeInstanceOf(type);
    expect((refusal as Error).message).toMatch(message);
  });
});
