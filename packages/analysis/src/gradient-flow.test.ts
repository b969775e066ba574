import { type Dataset, ParameterError, identity, initializer, random, relu, sigmoid } from '@relu-lab/core';
import { crossEntropy, meanSquaredError, mlp } from '@relu-lab/nn';
import { describe, expect, it } from 'vitest';
import { gradientFlow } from './index.ts';

function classes(rows: number, features: number): Dataset {
  const stream = random(4).stream('classes');
  const inputs = new Float32Array(rows * features);
  stream.fillNormal(inputs);
  const targets = Int32Array.from({ length: rows }, () => stream.integer(10));
  return { name: 'classes', rows, features, classes: 10, inputs, targets };
}

describe('gradientFlow', () => {
  it('agrees with a chain of two products by hand', () => {
    const network = mlp({ inputs: 1, hidden: [1], outputs: 1, activation: identity });
    network.setParameter('dense1.weight', [2]);
    network.setParameter('dense2.weight', [3]);
    const inputs = Float32Array.of(1, -2);
    const data = { name: 'two', rows: 2, features: 1, inputs, targets: Float32Array.of(4, 0) };
    const flow = gradientFlow(network, { ...data, loss: meanSquaredError() });
    // y = 6 x: errors 2 and −12; ∂ℓ/∂y = 2 e = 4 and −24; ∂ℓ/∂z₁ = 3 × that.
    expect(flow.loss).toBeCloseTo((4 + 144) / 2, 5);
    expect(flow.layers[1].gradientNorm).toBeCloseTo(Math.sqrt((16 + 576) / 2), 4);
    expect(flow.layers[0].gradientNorm).toBeCloseTo(3 * Math.sqrt((16 + 576) / 2), 4);
    expect(flow.layers[0].growth).toBeCloseTo(9, 5);
    expect(flow.layers[1].growth).toBeNull();
    // ∂L/∂w₁ = mean of ∂ℓ/∂z₁ × x = (12 × 1 + −72 × −2) / 2 = 78, and |w₁| = 2.
    expect(flow.layers[0].weightGradientNorm).toBeCloseTo(78, 3);
    expect(flow.layers[0].gradientToWeightRatio).toBeCloseTo(39, 3);
    expect(flow.growthPerLayer).toBeNull();
  });

  it('has one entry a weight layer, the logits included', () => {
    const network = mlp({ inputs: 6, hidden: [8, 8], outputs: 10, activation: relu, seed: 1 });
    const flow = gradientFlow(network, { ...classes(50, 6), loss: crossEntropy() });
    expect(flow).toMatchObject({ kind: 'gradient-flow', samples: 50 });
    expect(flow.layers.map(({ name, fanIn, units }) => [name, fanIn, units])).toEqual([
      ['dense1', 6, 8],
      ['dense2', 8, 8],
      ['dense3', 8, 10],
    ]);
  });

  it('does not depend on the size of the batches, nor change the network', () => {
    const network = mlp({ inputs: 6, hidden: [8, 8], outputs: 10, activation: relu, seed: 1 });
    const data = { ...classes(50, 6), loss: crossEntropy() };
    const before = network.snapshot();
    const whole = gradientFlow(network, data);
    const other = network.clone();
    other.reserve(7);
    gradientFlow(other, data).layers.forEach((layer, i) => {
      expect(layer.gradientNorm).toBeCloseTo(whole.layers[i].gradientNorm, 5);
      expect(layer.weightGradientNorm).toBeCloseTo(whole.layers[i].weightGradientNorm, 5);
    });
    expect(network.snapshot()).toEqual(before);
  });

  it('leaves running statistics of batch norm as they are', () => {
    const network = mlp({ inputs: 6, hidden: [8, 8], outputs: 10, activation: relu, normalization: 'batch' });
    const before = network.snapshot();
    gradientFlow(network, { ...classes(50, 6), loss: crossEntropy() });
    expect(network.snapshot()).toEqual(before);
  });

  // Squared gradients change by χ₁ = σ_w²/2 a ReLU layer: 1 under He, 1/2 under Xavier between layers of one width.
  for (const [name, chi] of [
    ['he-normal', 1],
    ['xavier-normal', 1 / 2],
  ] as const) {
    it(`grows by χ₁ = ${chi} a layer for ReLU under ${name}`, () => {
      const logs = Array.from({ length: 12 }, (_, seed) => {
        const weights = initializer(name);
        const hidden = Array.from({ length: 9 }, () => 128);
        const network = mlp({ inputs: 128, hidden, outputs: 10, activation: relu, weights, seed });
        const { growthPerLayer } = gradientFlow(network, { ...classes(64, 128), loss: crossEntropy() });
        return Math.log(growthPerLayer ?? NaN);
      });
      const mean = logs.reduce((a, b) => a + b, 0) / logs.length;
      // Log growth over 8 layers of 128 varies by about √(5 · 8/128)/8 = 0.07 a network, with a drift of −5/256 a layer
      // (the typical network of finite width); four standard errors of twelve networks.
      expect(Math.abs(mean - (Math.log(chi) - 2.5 / 128))).toBeLessThan((4 * 0.07) / Math.sqrt(12));
    });
  }

  it('vanishes for sigmoid: at most σ_w²/16 a layer, since φ′ ≤ 1/4', () => {
    const weights = initializer('xavier-normal');
    const network = mlp({ inputs: 64, hidden: [64, 64, 64, 64], outputs: 10, activation: sigmoid, weights });
    const { growthPerLayer } = gradientFlow(network, { ...classes(64, 64), loss: crossEntropy() });
    expect(growthPerLayer).toBeGreaterThan(0.03);
    expect(growthPerLayer).toBeLessThan(1 / 16 + 0.015);
  });

  it('refuses a loss that cannot read the targets', () => {
    const network = mlp({ inputs: 6, hidden: [8], outputs: 10, activation: relu });
    expect(() => gradientFlow(network, { ...classes(5, 6), loss: meanSquaredError() })).toThrow(ParameterError);
  });
});
