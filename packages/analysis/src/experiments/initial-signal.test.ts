import { type Dataset, initializer, random, relu, tanh } from '@relu-lab/core';
import { crossEntropy, mlp } from '@relu-lab/nn';
import { describe, expect, it } from 'vitest';
import { initialSignal, predictedDeadFraction, predictedSignal } from './initial-signal.ts';

/** Near-orthogonal samples: normal numbers in many dimensions. */
function cloud(rows: number, features: number): Dataset {
  const inputs = new Float32Array(rows * features);
  random(5).stream('cloud').fillNormal(inputs);
  return {
    name: 'cloud',
    rows,
    features,
    classes: 2,
    inputs,
    targets: Int32Array.from({ length: rows }, (_, i) => i % 2),
  };
}

function ofSeeds<Value>(seeds: number, look: (seed: number) => Value): Value[] {
  return Array.from({ length: seeds }, (_, seed) => look(seed));
}

const he = { weights: initializer('he-normal'), biases: false };

describe('initialSignal', () => {
  it('finds the lengths and gradients that theory says, layer by layer', () => {
    const data = cloud(64, 100);
    const hidden = [64, 128, 96, 64];
    const weights = initializer('xavier-normal');
    const seeds = 12;
    const found = ofSeeds(seeds, (seed) =>
      initialSignal(
        mlp({ inputs: 100, hidden, outputs: 10, activation: relu, weights, seed }),
        { ...data, classes: 10 },
        crossEntropy(),
      ),
    );
    const predicted = predictedSignal(relu, weights, [100, ...hidden, 10], 1);
    for (const [i, layer] of (predicted?.layers ?? []).entries()) {
      // A layer adds 5/n to the variance of the logarithms and −5/(2n) to their mean; the outputs are few, which doubles it.
      const beta = [...hidden, 10].slice(0, i + 1).reduce((sum, n) => sum + 1 / n, 0);
      const error = Math.sqrt((5 * beta) / seeds);
      const mean = found.reduce((sum, signal) => sum + Math.log(signal?.layers[i].q ?? NaN), 0) / seeds;
      expect(Math.abs(mean - Math.log(layer.q))).toBeLessThan(4 * error + 2.5 * beta);
      const above = [...hidden, 10].slice(i).reduce((sum, n) => sum + 1 / n, 0);
      const gradient =
        found.reduce((sum, signal) => sum + Math.log(signal?.layers[i].squaredGradient ?? NaN), 0) / seeds;
      expect(Math.abs(gradient - Math.log(layer.squaredGradient))).toBeLessThan(
        4 * Math.sqrt((5 * above) / seeds) + 2.5 * above,
      );
    }
  });

  it('finds as many dead units as theory says of samples that are alike', () => {
    const data = cloud(8, 300);
    const predicted = predictedDeadFraction(relu, he, data, 6) ?? NaN;
    const shares = ofSeeds(12, (seed) => {
      const network = mlp({ inputs: 300, hidden: [128, 128, 128, 128, 128, 128], outputs: 2, activation: relu, seed });
      return initialSignal(network, data, crossEntropy())?.deadFraction ?? NaN;
    });
    const mean = shares.reduce((sum, share) => sum + share, 0) / shares.length;
    const deviation = Math.sqrt(shares.reduce((sum, share) => sum + (share - mean) ** 2, 0) / (shares.length - 1));
    expect(predicted).toBeGreaterThan(0.01);
    expect(Math.abs(mean - predicted)).toBeLessThan((4 * deviation) / Math.sqrt(shares.length));
  });

  it('does not predict dead units where samples differ in how alike they are, for biases, for weights that are not random, or for another activation', () => {
    expect(predictedDeadFraction(relu, he, cloud(20, 2), 3)).toBeNull();
    expect(predictedDeadFraction(relu, { ...he, biases: true }, cloud(8, 300), 3)).toBeNull();
    expect(predictedDeadFraction(relu, { ...he, weights: initializer('zeros') }, cloud(8, 300), 3)).toBeNull();
    expect(predictedDeadFraction(tanh, he, cloud(8, 300), 3)).toBeNull();
  });

  it('is null where the start is not finite', () => {
    const network = mlp({ inputs: 2, hidden: [4, 4], outputs: 2, activation: relu });
    network.setParameter('dense1.weight', new Float32Array(8).fill(1e38));
    expect(initialSignal(network, cloud(10, 2), crossEntropy())).toBeNull();
  });

  it('has no growth without two hidden layers', () => {
    const signal = initialSignal(
      mlp({ inputs: 2, hidden: [8], outputs: 2, activation: tanh }),
      cloud(10, 2),
      crossEntropy(),
    );
    expect(signal).toMatchObject({ forwardGrowth: null, backwardGrowth: null, deadFraction: 0 });
    expect(signal?.layers).toHaveLength(2);
  });
});
