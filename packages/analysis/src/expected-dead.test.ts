import { type Dataset, initializer, leakyRelu, random, relu } from '@relu-lab/core';
import { twoMoons } from '@relu-lab/datasets';
import { Network, activate, add, dense, mlp } from '@relu-lab/nn';
import { describe, expect, it } from 'vitest';
import { deadUnits } from './index.ts';

function normalData(rows: number, features: number): Dataset {
  const inputs = new Float32Array(rows * features);
  random(1).stream('inputs').fillNormal(inputs);
  return { name: `normal in ${features} dimensions`, rows, features, inputs, targets: new Float32Array(rows) };
}

function shifted(data: Dataset, offset: number): Dataset {
  return { ...data, name: `${data.name}, shifted`, inputs: data.inputs.map((x) => x + offset) };
}

describe('the predicted dead share', () => {
  it('is measured, layer by layer, in He-initialised networks on nearly orthogonal samples', () => {
    const [depth, width, seeds] = [12, 256, 12];
    const data = normalData(50, 256);
    const hidden = Array.from({ length: depth }, () => width);
    const runs = Array.from({ length: seeds }, (_, seed) => {
      const weights = initializer('he-normal');
      return deadUnits(mlp({ inputs: 256, hidden, outputs: 1, activation: relu, weights, seed }), data).layers;
    });
    for (let layer = 0; layer < depth; layer++) {
      for (const fate of ['dead', 'alwaysOn'] as const) {
        const shares = runs.map((layers) => layers[layer][fate].length / width);
        const mean = shares.reduce((sum, share) => sum + share, 0) / seeds;
        const deviation = Math.sqrt(shares.reduce((sum, share) => sum + (share - mean) ** 2, 0) / (seeds - 1));
        const predicted = runs[0][layer].predicted?.[fate] ?? NaN;
        // Four standard errors over networks; in the first layer none is dead, and 8e-15 is expected.
        expect(Math.abs(mean - predicted)).toBeLessThan((4 * deviation) / Math.sqrt(seeds) + 1e-12);
      }
    }
  });

  it('does not depend on the size of the weights', () => {
    const data = normalData(20, 64);
    const predicted = (weights: ReturnType<typeof initializer>) =>
      deadUnits(mlp({ inputs: 64, hidden: [8, 8], outputs: 1, activation: relu, weights }), data).layers.map(
        (layer) => layer.predicted,
      );
    const he = predicted(initializer('he-normal'));
    expect(he).not.toContain(null);
    expect(he).toEqual(predicted(initializer('normal', { deviation: 5 })));
  });

  it.each([
    { data: normalData(100, 100), layers: [true, true, true, true, true, true, true, true] },
    // Few dimensions: the correlations draw together with depth.
    { data: normalData(100, 10), layers: [false, false, false, true, true, true, true, true] },
    // An offset on top: correlations around 1/2 that differ.
    { data: shifted(normalData(100, 100), 1), layers: [true, true, true, true, true, true, true, true] },
    // The plane: theory with one correlation expects 0.2 % of the second layer to be dead, where 8 % are.
    { data: normalData(100, 2), layers: [false, false, false, false, false, false, false, false] },
    {
      data: twoMoons({ samples: 100, noise: 0.1, seed: 1 }),
      layers: [false, false, false, false, false, false, false, false],
    },
  ])('is there where one correlation stands for all pairs of samples, and near the truth there: $data.name', (row) => {
    const { data, layers } = row;
    const [width, seeds] = [400, 6];
    const hidden = layers.map(() => width);
    const runs = Array.from({ length: seeds }, (_, seed) => {
      const weights = initializer('he-normal');
      return deadUnits(mlp({ inputs: data.features, hidden, outputs: 1, activation: relu, weights, seed }), data);
    });
    expect(runs[0].layers.map(({ predicted }) => predicted !== null)).toEqual(layers);
    runs[0].layers.forEach(({ predicted }, i) => {
      const shares = runs.map((run) => (run.layers[i].dead.length + run.layers[i].alwaysOn.length) / (2 * width));
      const mean = shares.reduce((sum, share) => sum + share, 0) / seeds;
      const deviation = Math.sqrt(shares.reduce((sum, share) => sum + (share - mean) ** 2, 0) / (seeds - 1));
      const expected = predicted ?? { dead: mean };
      // Four standard errors over networks, and the hundredth that theory may be off.
      expect(Math.abs(mean - expected.dead)).toBeLessThan((4 * deviation) / Math.sqrt(seeds) + 0.01);
    });
  });

  it('is a half each where all samples are the same, or there is one', () => {
    const one = normalData(1, 7);
    const inputs = Float32Array.from({ length: 21 }, (_, i) => one.inputs[i % 7]);
    const same = { ...one, rows: 3, inputs, targets: new Float32Array(3) };
    for (const data of [one, same]) {
      const { layers } = deadUnits(mlp({ inputs: 7, hidden: [8, 8, 8], outputs: 1, activation: relu }), data);
      for (const { predicted } of layers) expect(predicted?.dead).toBeCloseTo(0.5, 6);
    }
  });

  it('is null from the first layer on that theory does not treat', () => {
    const data = normalData(20, 64);
    const has = (network: Network) => deadUnits(network, data).layers.map(({ predicted }) => predicted !== null);
    const options = { inputs: 64, hidden: [8, 8], outputs: 1, activation: relu };
    expect(has(mlp(options))).toEqual([true, true]);
    expect(has(mlp({ ...options, dropout: 0.5 }))).toEqual([true, true]);
    expect(has(mlp({ ...options, bias: 0.1 }))).toEqual([false, false]);
    expect(has(mlp({ ...options, normalization: 'batch' }))).toEqual([false, false]);
    expect(has(mlp({ ...options, activation: leakyRelu() }))).toEqual([false, false]);
    const second = mlp(options);
    second.setParameter('dense2.bias', [0, 0, 0, 0, 0, 0, 0, 1]);
    expect(has(second)).toEqual([true, false]);
    const residual = new Network({
      inputs: 64,
      layers: [
        dense({ units: 8 }),
        activate(relu),
        dense({ units: 8 }),
        add({ from: ['relu1', 'dense2'] }),
        activate(relu),
      ],
    });
    expect(has(residual)).toEqual([true, false]);
    const zero = { ...data, inputs: data.inputs.map((x, i) => (i < 64 ? 0 : x)) };
    expect(deadUnits(mlp(options), zero).layers[0].predicted).toBeNull();
  });
});
