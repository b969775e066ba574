import { type Dataset, DataError, ShapeError, initializer, leakyRelu, maxout, random, relu } from '@relu-lab/core';
import { Network, activate, add, crossEntropy, dense, mlp, sgd, train } from '@relu-lab/nn';
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

  it('predicts the zero fraction that fresh weights give', () => {
    const data = normalData(400, 50);
    const measure = (options: Partial<Parameters<typeof mlp>[0]>, seed: number) =>
      sparsity(mlp({ inputs: 50, hidden: [200, 200], outputs: 1, activation: relu, seed, ...options }), data).layers;
    const cases: readonly [Partial<Parameters<typeof mlp>[0]>, readonly number[]][] = [
      [{}, [0.5, 0.5]],
      // q = 2, then q = 2 E[relu(z)²] with z ~ N(1, 2): E = 3 Φ(1/√2) + √2 φ(1/√2) = 2.6202, so that Φ(−1/√5.2404) = 0.3311.
      [{ bias: 1 }, [0.23975, 0.3311]],
      [{ normalization: 'layer' }, [0.5, 0.5]],
      [{ activation: leakyRelu() }, [0, 0]],
    ];
    for (const [options, expected] of cases) {
      const seeds = Array.from({ length: 10 }, (_, seed) => measure(options, seed));
      expected.forEach((share, layer) => {
        const shares = seeds.map((layers) => layers[layer].zeroFraction);
        const mean = shares.reduce((sum, value) => sum + value, 0) / shares.length;
        const predicted = seeds.map((layers) => layers[layer].predicted?.zeroFraction ?? NaN);
        // The prediction follows the weights that were drawn: their squares vary by 1 % or so.
        for (const value of predicted) expect(Math.abs(value - share)).toBeLessThan(0.02);
        // 2000 units, each of which varies by less than 0.35: four standard errors.
        expect(Math.abs(mean - predicted[0])).toBeLessThan((4 * 0.35) / Math.sqrt(2000));
      });
    }
  });

  it('has no prediction for maxout, nor behind a sum', () => {
    const data = normalData(5, 3);
    const pieces = mlp({ inputs: 3, hidden: [2], outputs: 1, activation: maxout() });
    expect(sparsity(pieces, data).layers[0].predicted).toBeNull();
    const residual = new Network({
      inputs: 3,
      layers: [dense({ units: 3 }), add({ from: ['dense1', 'input'] }), activate(relu)],
    });
    expect(sparsity(residual, data).layers[0].predicted).toBeNull();
  });

  it('measures how activity is shared out over samples and units', () => {
    const network = mlp({ inputs: 1, hidden: [4], outputs: 1, activation: relu });
    network.setParameter('dense1.weight', [1, 1, -1, 0]);
    network.setParameter('dense1.bias', [0, 1, 0, -1]);
    const inputs = Float32Array.of(3, 1, -1);
    const found = sparsity(network, { name: 'line', rows: 3, features: 1, inputs, targets: new Float32Array(3) });
    const [{ lifetime, population, sampleZeroFractions, hoyer, gini }] = found.layers;
    // Activations: (3, 4, 0, 0), (1, 2, 0, 0), (0, 0, 1, 0).
    expect(Array.from(sampleZeroFractions)).toEqual([0.5, 0.5, 0.75]);
    // Unit 1: (4/3)²/(10/3) = 8/15, so (7/15)/(2/3); unit 2: 2²/(20/3) = 3/5; unit 3 is on once; unit 4 is silent.
    [7 / 10, 3 / 5, 1].forEach((value, unit) => expect(lifetime.units[unit]).toBeCloseTo(value, 12));
    expect(lifetime.units[3]).toBeNaN();
    expect(lifetime.mean).toBeCloseTo((0.7 + 0.6 + 1) / 3, 12);
    // Sample 1: (7/4)²/(25/4) = 0.49; sample 2: (3/4)²/(5/4) = 0.45; sample 3 has one unit on.
    [0.51 / 0.75, 0.55 / 0.75, 1].forEach((value, i) => expect(population.samples[i]).toBeCloseTo(value, 12));
    // √n = 2: (2 − 7/5)/1, (2 − 3/√5)/1, 1.
    expect(hoyer).toBeCloseTo((0.6 + (2 - 3 / Math.sqrt(5)) + 1) / 3, 12);
    // Half the mean difference of all pairs over the mean: Σ|x_i − x_j| / (2 n Σx).
    const pairs = (x: readonly number[]) => x.flatMap((a) => x.map((b) => Math.abs(a - b))).reduce((a, b) => a + b, 0);
    expect(gini).toBeCloseTo((pairs([3, 4, 0, 0]) / 56 + pairs([1, 2, 0, 0]) / 24 + pairs([0, 0, 1, 0]) / 8) / 3, 12);
  });

  it('has no lifetime sparsity on one sample, and none of a silent layer', () => {
    const network = mlp({ inputs: 1, hidden: [3], outputs: 1, activation: relu });
    network.setParameter('dense1.weight', [1, 1, 1]);
    const one = (x: number) => ({
      name: 'one',
      rows: 1,
      features: 1,
      inputs: Float32Array.of(x),
      targets: new Float32Array(1),
    });
    expect(sparsity(network, one(1)).layers[0]).toMatchObject({
      lifetime: { mean: null },
      population: { mean: 0 },
      hoyer: 0,
      gini: 0,
    });
    expect(sparsity(network, one(-1)).layers[0]).toMatchObject({
      zeroFraction: 1,
      population: { mean: null },
      hoyer: null,
      gini: null,
    });
  });

  it('rises with an L1 penalty on activations', async () => {
    const moons = normalData(200, 4);
    const targets = Int32Array.from({ length: 200 }, (_, i) =>
      moons.inputs[4 * i] * moons.inputs[4 * i + 1] > 0 ? 1 : 0,
    );
    const data = { ...moons, classes: 2, targets };
    const after = async (activationPenalty: number) => {
      const network = mlp({ inputs: 4, hidden: [32], outputs: 2, activation: relu, seed: 1 });
      const optimizer = sgd({ learningRate: 0.1 });
      await train(network, { data, loss: crossEntropy({ activationPenalty }), optimizer, epochs: 40 });
      return sparsity(network, data).layers[0].zeroFraction;
    };
    expect((await after(0.05)) - (await after(0))).toBeGreaterThan(0.1);
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
