import { type Dataset, DataError, ShapeError, initializer, leakyRelu, random, relu } from '@relu-lab/core';
import { mlp } from '@relu-lab/nn';
import { describe, expect, it } from 'vitest';
import { sparsity } from './index.ts';

function normalData(rows: number, features: number): Dataset {
  const inputs = new Float32Array(rows * features);
  random(1).stream('inputs').fillNormal(inputs);
  return { name: 'normal', rows, features, inputs, targets: new Float32Array(rows) };
}

describe('sparsity', () => {
  it('counts zeros by element and by unit', () => {
    const network = mlp({ inputs: 1, hidden: [3], outputs: 1, activation: relu });
    network.setParameter('dense1.weight', [1, -1, 0]);
    network.setParameter('dense1.bias', [0, 0, -1]);
    const inputs = Float32Array.of(-2, -1, 0, 1);
    const found = sparsity(network, { name: 'line', rows: 4, features: 1, inputs, targets: new Float32Array(4) });
    expect(found).toMatchObject({ kind: 'sparsity', samples: 4 });
    expect(found.layers).toHaveLength(1);
    const [layer] = found.layers;
    expect(layer.name).toBe('relu1');
    expect(Array.from(layer.unitZeroFractions)).toEqual([3 / 4, 2 / 4, 1]);
    expect(layer.zeroFraction).toBeCloseTo(2.25 / 3, 12);
    expect(layer.unitSpread).toMatchObject({ minimum: 0.5, maximum: 1 });
    // Var of (3/4, 1/2, 1) over units is 1/24.
    expect(layer.unitSpread.deviation).toBeCloseTo(Math.sqrt(1 / 24), 12);
  });

  it('is one half at initialisation without bias, and Φ(−b/√q) with a constant bias b', () => {
    const data = normalData(400, 50);
    const weights = initializer('he-normal');
    // On normal inputs q = 2 in the first layer; Φ(−1/√2) = 0.23975.
    for (const [bias, expected] of [
      [0, 0.5],
      [1, 0.23975],
    ]) {
      const shares = Array.from({ length: 20 }, (_, seed) => {
        const network = mlp({ inputs: 50, hidden: [200], outputs: 1, activation: relu, weights, bias, seed });
        return sparsity(network, data).layers[0].zeroFraction;
      });
      const mean = shares.reduce((a, b) => a + b, 0) / shares.length;
      // 4000 independent units, each with a share that varies by less than 0.08 over draws: three standard errors.
      expect(Math.abs(mean - expected)).toBeLessThan((3 * 0.08) / Math.sqrt(4000));
    }
  });

  it('is the same whatever the batches, and zero for leaky ReLU', () => {
    const data = normalData(300, 4);
    const network = mlp({ inputs: 4, hidden: [8, 8], outputs: 2, activation: relu, seed: 3 });
    const other = network.clone();
    other.reserve(7);
    expect(sparsity(other, data)).toEqual(sparsity(network, data));
    const leaky = mlp({ inputs: 4, hidden: [8], outputs: 2, activation: leakyRelu(), seed: 3 });
    expect(sparsity(leaky, data).layers[0].zeroFraction).toBe(0);
  });

  it('refuses data that the network cannot read', () => {
    const network = mlp({ inputs: 3, hidden: [2], outputs: 1, activation: relu });
    expect(() => sparsity(network, normalData(5, 4))).toThrow(ShapeError);
    expect(() => sparsity(network, normalData(5, 4))).toThrow(/4 features a row; the network takes 3/);
    const broken = normalData(5, 3);
    broken.inputs[7] = NaN;
    expect(() => sparsity(network, broken)).toThrow(DataError);
  });

  it('refuses a network with values that are not finite, and names the layer', () => {
    const network = mlp({ inputs: 3, hidden: [2, 2], outputs: 1, activation: relu });
    network.setParameter('dense2.weight', [1, 1, NaN, 1]);
    expect(() => sparsity(network, normalData(300, 3))).toThrow(DataError);
    expect(() => sparsity(network, normalData(300, 3))).toThrow(/'dense2' on 'normal'/);
    network.setParameter('dense2.weight', [1, 1, 1, 1]);
    network.setParameter('dense2.bias', [0, -Infinity]);
    expect(() => sparsity(network, normalData(300, 3))).toThrow(/'dense2' on 'normal'/);
  });

  it('looks at every batch for values that are not finite', () => {
    const network = mlp({ inputs: 1, hidden: [1], outputs: 1, activation: relu });
    network.setParameter('dense1.weight', [1e38]);
    const data = { ...normalData(300, 1), inputs: new Float32Array(300).fill(1) };
    expect(() => sparsity(network, data)).not.toThrow();
    data.inputs[299] = 10;
    expect(() => sparsity(network, data)).toThrow(/'dense1' on 'normal'/);
  });
});
