import {
  type Activation,
  type Dataset,
  type InitializerName,
  identity,
  initializer,
  random,
  relu,
  sigmoid,
  tanh,
} from '@relu-lab/core';
import { type LayerDefinition, Network, activate, add, crossEntropy, dense, meanSquaredError, mlp } from '@relu-lab/nn';
import { batchNormGrowth, meanField, moments } from '@relu-lab/theory';
import { describe, expect, it } from 'vitest';
import { gradientFlow } from './index.ts';

function classes(rows: number, features: number): Dataset {
  const stream = random(4).stream('classes');
  const inputs = new Float32Array(rows * features);
  stream.fillNormal(inputs);
  const targets = Int32Array.from({ length: rows }, () => stream.integer(10));
  return { name: 'classes', rows, features, classes: 10, inputs, targets };
}

describe('the growth of gradients', () => {
  const graph = (layers: readonly LayerDefinition[]) => {
    const network = new Network({ inputs: 6, layers });
    const { layers: found, growthPerLayer } = gradientFlow(network, { ...classes(20, 6), loss: crossEntropy() });
    return { has: found.map(({ growth }) => growth !== null), growthPerLayer };
  };
  const hidden = (): readonly LayerDefinition[] => [dense({ units: 6 }), activate(relu)];

  it('follows a chain of layers', () => {
    const { has, growthPerLayer } = graph([...hidden(), ...hidden(), ...hidden(), dense({ units: 10 })]);
    expect(has).toEqual([true, true, true, false]);
    expect(growthPerLayer).toBeGreaterThan(0);
  });

  it('has an interval along the chain as errors of independent layers propagate into a geometric mean', () => {
    const network = mlp({ inputs: 6, hidden: [16, 24, 32, 16], outputs: 10, activation: relu, seed: 3 });
    const flow = gradientFlow(network, { ...classes(20, 6), loss: crossEntropy() });
    const half = ([from, to]: readonly [number, number]): number => Math.log(to / from) / 2;
    const hops = flow.layers.slice(0, 3).map(({ growthInterval }) => half(growthInterval ?? [NaN, NaN]));
    const expected = Math.sqrt(hops.reduce((sum, h) => sum + h * h, 0)) / 3;
    expect(half(flow.growthInterval ?? [NaN, NaN])).toBeCloseTo(expected, 12);
    const [from, to] = flow.growthInterval ?? [NaN, NaN];
    expect(Math.sqrt(from * to)).toBeCloseTo(flow.growthPerLayer ?? NaN, 12);
  });

  it('expects of the signal what biases add to it', () => {
    const network = mlp({ inputs: 6, hidden: [400, 400], outputs: 10, activation: relu, seed: 5, bias: 0.5 });
    const { layers } = gradientFlow(network, { ...classes(200, 6), loss: crossEntropy() });
    const { forwardGrowth, predicted } = layers[0];
    // Wide layers: one draw is within a few times 1/√400 of what is expected.
    expect(Math.abs((forwardGrowth ?? NaN) / (predicted?.forwardGrowth ?? NaN) - 1)).toBeLessThan(0.05);
    const { mean, variance, secondMoment } = layers[0].preActivation;
    const weightVariance = 400 * (layers[1].weightNorm ** 2 / 400 ** 2);
    const ofSignal = weightVariance * moments(relu, { mean, variance }).secondMoment;
    expect(predicted?.forwardGrowth).toBeCloseTo((ofSignal + 0.25) / secondMoment, 5);
  });

  it('is null into a sum, and past a layer that several read', () => {
    const residual = graph([
      ...hidden(),
      ...hidden(),
      add({ from: ['relu1', 'relu2'] }),
      ...hidden(),
      dense({ units: 10 }),
    ]);
    // dense1's gradient also comes down the shortcut; dense2 reaches dense3 through the sum alone.
    expect(residual).toEqual({ has: [false, false, true, false], growthPerLayer: null });
  });

  it('is null a layer for the network when only the last hidden layer leaves the chain', () => {
    const { has, growthPerLayer } = graph([
      ...hidden(),
      ...hidden(),
      ...hidden(),
      add({ from: ['relu3', 'input'] }),
      dense({ units: 10 }),
    ]);
    expect({ has, growthPerLayer }).toEqual({ has: [true, true, false, false], growthPerLayer: null });
  });

  it('is null between branches that stand one after the other in the list', () => {
    const branched = graph([
      dense({ units: 6, name: 'left', from: 'input' }),
      dense({ units: 6, name: 'right', from: 'input' }),
      add({ from: ['left', 'right'] }),
      dense({ units: 6 }),
      dense({ units: 10 }),
    ]);
    expect(branched).toEqual({ has: [false, false, true, false], growthPerLayer: null });
  });

  it('is the geometric mean between hidden weight layers', () => {
    // Squared gradients of y = 7 · 5 · 3 · 2 x grow by 3² and 5² between the hidden layers.
    const network = mlp({ inputs: 1, hidden: [1, 1, 1], outputs: 1, activation: identity });
    [2, 3, 5, 7].forEach((weight, i) => network.setParameter(`dense${i + 1}.weight`, [weight]));
    const inputs = Float32Array.of(1, -2);
    const data = { name: 'two', rows: 2, features: 1, inputs, targets: Float32Array.of(4, 0) };
    const flow = gradientFlow(network, { ...data, loss: meanSquaredError() });
    [9, 25, 49].forEach((growth, i) => expect(flow.layers[i].growth).toBeCloseTo(growth, 3));
    expect(flow.layers[3].growth).toBeNull();
    expect(flow.growthPerLayer).toBeCloseTo(15, 4);
  });
});

/** Flows through networks of 9 hidden layers of 128 units, seed by seed. */
function flows(activation: Activation, name: InitializerName, normalization: 'none' | 'batch' | 'layer' = 'none') {
  return Array.from({ length: 12 }, (_, seed) => {
    const hidden = Array.from({ length: 9 }, () => 128);
    const weights = initializer(name);
    const options = { inputs: 128, hidden, outputs: 10, activation, weights, normalization, seed, bias: 0 };
    return gradientFlow(mlp(options), { ...classes(128, 128), loss: crossEntropy() });
  });
}

describe('the growth of gradients at initialisation', () => {
  // He keeps squared gradients of ReLU, Xavier halves them, PyTorch's default leaves a sixth: σ_w²/2.
  it.each([
    ['he-normal', 1],
    ['xavier-normal', 1 / 2],
    ['pytorch-default', 1 / 6],
  ] as const)('is χ₁ a layer for ReLU under %s', (name, chi) => {
    const found = flows(relu, name);
    const logs = found.map(({ growthPerLayer }) => Math.log(growthPerLayer ?? NaN));
    const mean = logs.reduce((a, b) => a + b, 0) / logs.length;
    // Log growth over 8 layers of 128 varies by about √(5 · 8/128)/8 = 0.07 a network, with a drift of −5/256 a layer
    // (the typical network of finite width); four standard errors of twelve networks.
    expect(Math.abs(mean - (Math.log(chi) - 2.5 / 128))).toBeLessThan((4 * 0.07) / Math.sqrt(12));
    for (const { predicted } of found) {
      // The weights that were drawn have their variance to 1 % or so; the mean of a layer's pre-activations strays from 0.
      expect(Math.abs((predicted?.growthPerLayer ?? NaN) / chi - 1)).toBeLessThan(0.05);
      expect(Math.abs((predicted?.chi1 ?? NaN) / chi - 1)).toBeLessThan(0.02);
    }
  });

  it('lies in its interval over units for 95 of 100 layers', () => {
    const hops = flows(relu, 'he-normal').flatMap(({ layers }) => layers.slice(0, -2));
    const inside = hops.filter(({ growthInterval, predicted }) => {
      const [from, to] = growthInterval ?? [NaN, NaN];
      return predicted !== null && predicted.growth > from && predicted.growth < to;
    });
    expect(hops).toHaveLength(96);
    // Binomial: 96 × 0.95 = 91.2 with a deviation of 2.1; four of them.
    expect(inside.length).toBeGreaterThan(91.2 - 4 * 2.1);
    // And it is no wider than it need be: about ±1.96 √(5/128) in the logarithm.
    const widths = hops.map(
      ({ growthInterval }) => Math.log((growthInterval?.[1] ?? NaN) / (growthInterval?.[0] ?? NaN)) / 2,
    );
    const mean = widths.reduce((a, b) => a + b, 0) / widths.length;
    expect(mean).toBeLessThan(1.5 * 1.96 * Math.sqrt(5 / 128));
  });

  it('lies in the band of finite width for 95 of 100 ReLU networks, sample by sample', () => {
    const hidden = Array.from({ length: 8 }, () => 32);
    const weights = initializer('xavier-normal');
    const options = { inputs: 32, hidden, outputs: 10, activation: relu, weights };
    const inside = Array.from({ length: 200 }, (_, seed) => {
      const { layers, predicted } = gradientFlow(mlp({ ...options, seed }), {
        ...classes(1, 32),
        loss: crossEntropy(),
      });
      const [from, to] = predicted?.band?.[0] ?? [NaN, NaN];
      const factor = (layers[0].gradientNorm / layers[7].gradientNorm) ** 2;
      return { is: factor > from && factor < to, ratio: to / from };
    });
    // Binomial: 190 with a deviation of 3.1; four of them.
    expect(inside.filter(({ is }) => is).length).toBeGreaterThan(190 - 4 * 3.1);
    // Log-normal with variance 5 Σ 1/n over the seven layers passed.
    for (const { ratio } of inside) expect(Math.log(ratio) / (2 * 1.96 * Math.sqrt((5 * 7) / 32))).toBeCloseTo(1, 3);
    const band = (change: object) =>
      gradientFlow(mlp({ ...options, ...change }), { ...classes(4, 32), loss: crossEntropy() }).predicted?.band;
    expect(band({})).toHaveLength(8);
    expect(band({})?.[7]).toEqual([1, 1]);
    expect(band({ activation: tanh })).toBeNull();
    expect(band({ bias: 0.1 })).toBeNull();
  });

  it('is E[φ′²]/Var[φ] with batch norm, E[φ′²]/E[φ²] with layer norm', () => {
    for (const [normalization, expected] of [
      ['batch', Math.PI / (Math.PI - 1)],
      ['layer', 1],
    ] as const) {
      const found = flows(relu, 'he-normal', normalization);
      const growths = found.flatMap(({ layers }) => layers.slice(2, -2).map(({ growth }) => Math.log(growth ?? NaN)));
      const mean = growths.reduce((a, b) => a + b, 0) / growths.length;
      const deviation = Math.sqrt(growths.reduce((sum, log) => sum + (log - mean) ** 2, 0) / growths.length);
      for (const { layers } of found) {
        expect(layers[0].predicted).toBeNull();
        for (const { predicted } of layers.slice(1, -1)) expect(predicted?.growth).toBeCloseTo(expected, 6);
      }
      // Four standard errors over layers and networks.
      expect(Math.abs(mean - Math.log(expected))).toBeLessThan((4 * deviation) / Math.sqrt(growths.length));
    }
    expect(batchNormGrowth(relu)).toBeCloseTo(Math.PI / (Math.PI - 1), 10);
  });

  it('goes with the length that signals have: tanh under Xavier', () => {
    const { layers, predicted } = flows(tanh, 'xavier-normal')[0];
    expect(predicted?.chi1).toBeCloseTo(meanField(tanh, { weightVariance: 1 }).chi1 ?? NaN, 1);
    for (const { forwardGrowth, predicted: expected } of layers.slice(0, -2)) {
      // 128 units: √(2/128) = 0.125 of spread at most.
      expect(Math.abs((forwardGrowth ?? NaN) / (expected?.forwardGrowth ?? NaN) - 1)).toBeLessThan(0.4);
    }
  });

  it('vanishes for sigmoid: at most σ_w²/16 a layer, since φ′ ≤ 1/4', () => {
    const weights = initializer('xavier-normal');
    const network = mlp({ inputs: 64, hidden: [64, 64, 64, 64], outputs: 10, activation: sigmoid, weights });
    const { growthPerLayer } = gradientFlow(network, { ...classes(64, 64), loss: crossEntropy() });
    expect(growthPerLayer).toBeGreaterThan(0.03);
    expect(growthPerLayer).toBeLessThan(1 / 16 + 0.015);
  });
});

describe('the verdict', () => {
  const verdict = (network: Network, limit?: number) =>
    gradientFlow(network, { ...classes(32, 32), loss: crossEntropy() }, limit === undefined ? {} : { limit }).verdict;
  const deep = (weightVariance: number) => {
    const weights = initializer('normal', { deviation: Math.sqrt(weightVariance / 32) });
    return mlp({ inputs: 32, hidden: Array.from({ length: 16 }, () => 32), outputs: 10, activation: relu, weights });
  };

  it('is vanishing, healthy or exploding by the size at the bottom against that at the top', () => {
    // (σ_w²/2)^(15/2) = 0.0055, 1, 181.
    expect(verdict(deep(1))).toMatchObject({ status: 'vanishing' });
    expect(verdict(deep(2))).toMatchObject({ status: 'healthy' });
    expect(verdict(deep(4))).toMatchObject({ status: 'exploding' });
    expect(verdict(deep(1)).reason).toMatch(/From 'dense16' down to 'dense1' .* a layer on its square; theory expects/);
    const { factor } = verdict(deep(4));
    expect(factor).toBeGreaterThan(60);
    expect(factor).toBeLessThan(600);
    expect(verdict(deep(4), 1e4)).toMatchObject({ status: 'healthy' });
  });

  it('says where no gradient arrives, and where it is not finite', () => {
    const dead = mlp({ inputs: 32, hidden: [8, 8, 8], outputs: 10, activation: relu });
    dead.setParameter('dense2.bias', new Float32Array(8).fill(-1e3));
    dead.setParameter('dense3.bias', new Float32Array(8).fill(1));
    expect(verdict(dead)).toMatchObject({
      status: 'vanishing',
      factor: 0,
      reason: expect.stringMatching(/'dense2'/) as string,
    });
    const broken = mlp({ inputs: 32, hidden: [8, 8], outputs: 10, activation: relu });
    broken.setParameter('dense3.weight', new Float32Array(80).fill(NaN));
    expect(verdict(broken)).toMatchObject({ status: 'exploding', factor: null });
    expect(verdict(mlp({ inputs: 32, hidden: [8], outputs: 10, activation: relu }))).toMatchObject({
      status: 'healthy',
    });
  });
});
