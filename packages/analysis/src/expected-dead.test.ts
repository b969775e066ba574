import { type Dataset, initializer, leakyRelu, random, relu } from '@relu-lab/core';
import { Network, activate, add, dense, mlp } from '@relu-lab/nn';
import { describe, expect, it } from 'vitest';
import { deadUnits } from './index.ts';

function normalData(rows: number, features: number): Dataset {
  const inputs = new Float32Array(rows * features);
  random(1).stream('inputs').fillNormal(inputs);
  return { name: 'normal', rows, features, inputs, targets: new Float32Array(rows) };
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
    const data = normalData(20, 8);
    const predicted = (weights: ReturnType<typeof initializer>) =>
      deadUnits(mlp({ inputs: 8, hidden: [8, 8], outputs: 1, activation: relu, weights }), data).layers.map(
        (layer) => layer.predicted,
      );
    expect(predicted(initializer('he-normal'))).toEqual(predicted(initializer('normal', { deviation: 5 })));
  });

  it('is null from the first layer on that theory does not treat', () => {
    const data = normalData(20, 8);
    const has = (network: Network) => deadUnits(network, data).layers.map(({ predicted }) => predicted !== null);
    const options = { inputs: 8, hidden: [8, 8], outputs: 1, activation: relu };
    expect(has(mlp(options))).toEqual([true, true]);
    expect(has(mlp({ ...options, dropout: 0.5 }))).toEqual([true, true]);
    expect(has(mlp({ ...options, bias: 0.1 }))).toEqual([false, false]);
    expect(has(mlp({ ...options, normalization: 'batch' }))).toEqual([false, false]);
    expect(has(mlp({ ...options, activation: leakyRelu() }))).toEqual([false, false]);
    const second = mlp(options);
    second.setParameter('dense2.bias', [0, 0, 0, 0, 0, 0, 0, 1]);
    expect(has(second)).toEqual([true, false]);
    const residual = new Network({
      inputs: 8,
      layers: [
        dense({ units: 8 }),
        activate(relu),
        dense({ units: 8 }),
        add({ from: ['relu1', 'dense2'] }),
        activate(relu),
      ],
    });
    expect(has(residual)).toEqual([true, false]);
    const zero = { ...data, inputs: data.inputs.map((x, i) => (i < 8 ? 0 : x)) };
    expect(deadUnits(mlp(options), zero).layers[0].predicted).toBeNull();
  });
});
