import {
  DataError,
  type Dataset,
  ParameterError,
  ShapeError,
  identity,
  initializer,
  random,
  relu,
  rrelu,
  sigmoid,
} from '@relu-lab/core';
import {
  type LayerDefinition,
  type Loss,
  Network,
  type Probe,
  activate,
  add,
  crossEntropy,
  dense,
  meanSquaredError,
  mlp,
  sgd,
  train,
} from '@relu-lab/nn';
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

  it('includes the activation penalty', () => {
    const network = mlp({ inputs: 1, hidden: [1], outputs: 1, activation: identity });
    network.setParameter('dense1.weight', [2]);
    network.setParameter('dense2.weight', [3]);
    const inputs = Float32Array.of(1, -2);
    const data = { name: 'two', rows: 2, features: 1, inputs, targets: Float32Array.of(4, 0) };
    const flow = gradientFlow(network, { ...data, loss: meanSquaredError({ activationPenalty: 0.5 }) });
    // As above, and λ|a| with a = 2 and −4: 0.5 × 3 more loss a sample, and ∂ℓ/∂z₁ = 12 + 0.5 and −72 − 0.5.
    expect(flow.loss).toBeCloseTo(74 + 1.5, 5);
    expect(flow.layers[1].gradientNorm).toBeCloseTo(Math.sqrt((16 + 576) / 2), 4);
    expect(flow.layers[0].gradientNorm).toBeCloseTo(Math.sqrt((12.5 ** 2 + 72.5 ** 2) / 2), 4);
    expect(flow.layers[0].weightGradientNorm).toBeCloseTo((12.5 + 2 * 72.5) / 2, 3);
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

  it('does not depend on the size of the batches without batch norm, nor change the network', () => {
    const network = mlp({ inputs: 6, hidden: [8, 8], outputs: 10, activation: relu, seed: 1 });
    const data = { ...classes(50, 6), loss: crossEntropy({ activationPenalty: 0.1 }) };
    const before = network.snapshot();
    const whole = gradientFlow(network, data);
    expect(whole.batchSize).toBe(50);
    for (const batchSize of [1, 7, 50, 1000]) {
      const flow = gradientFlow(network, data, { batchSize });
      expect(flow.batchSize).toBe(Math.min(batchSize, 50));
      expect(flow.loss).toBeCloseTo(whole.loss, 5);
      flow.layers.forEach((layer, i) => {
        expect(layer.gradientNorm).toBeCloseTo(whole.layers[i].gradientNorm, 5);
        expect(layer.weightGradientNorm).toBeCloseTo(whole.layers[i].weightGradientNorm, 5);
      });
    }
    expect(network.snapshot()).toEqual(before);
  });

  it('takes batches of 256 rows, or of as many as were asked for', () => {
    const network = mlp({ inputs: 6, hidden: [8], outputs: 10, activation: relu });
    const data = { ...classes(600, 6), loss: crossEntropy() };
    expect(gradientFlow(network, data).batchSize).toBe(256);
    expect(gradientFlow(network, data, { batchSize: 300 }).batchSize).toBe(300);
    expect(gradientFlow(network, data).batchSize).toBe(256);
    for (const batchSize of [0, 1.5, NaN]) {
      expect(() => gradientFlow(network, data, { batchSize })).toThrow(ParameterError);
    }
  });

  it('depends with batch norm on its own batches alone, not on what was passed before', () => {
    const data = { ...classes(300, 6), loss: crossEntropy() };
    const fresh = (): Network =>
      mlp({ inputs: 6, hidden: [8, 8], outputs: 10, activation: relu, normalization: 'batch', seed: 1 });
    const alone = gradientFlow(fresh(), data);
    const afterOneRow = fresh();
    afterOneRow.predict(data.inputs.subarray(0, 6));
    expect(gradientFlow(afterOneRow, data)).toEqual(alone);
    const afterMany = fresh();
    afterMany.reserve(300);
    expect(gradientFlow(afterMany, data)).toEqual(alone);
    expect(gradientFlow(fresh(), data, { batchSize: 3 }).layers[0].gradientNorm).not.toBeCloseTo(
      alone.layers[0].gradientNorm,
      3,
    );
  });

  it('leaves running statistics of batch norm as they are, and by default does not read them', () => {
    const network = mlp({ inputs: 6, hidden: [8, 8], outputs: 10, activation: relu, normalization: 'batch' });
    const data = { ...classes(50, 6), loss: crossEntropy() };
    const before = network.snapshot();
    const [training, evaluation] = [gradientFlow(network, data), gradientFlow(network, data, { mode: 'evaluation' })];
    expect(network.snapshot()).toEqual(before);
    // Other running variances divide the pre-activations in evaluation by another number.
    network.restore({ ...before, statistics: before.statistics.map((value) => value + 3) });
    expect(gradientFlow(network, data)).toEqual(training);
    expect(gradientFlow(network, data, { mode: 'evaluation' }).loss).not.toBeCloseTo(evaluation.loss, 3);
  });

  it('draws the noise of training from its seed alone', () => {
    for (const options of [{ activation: relu, dropout: 0.5 }, { activation: rrelu() }]) {
      const network = mlp({ inputs: 6, hidden: [32], outputs: 10, ...options });
      const data = { ...classes(50, 6), loss: crossEntropy() };
      const first = gradientFlow(network, data, { seed: 1 });
      expect(gradientFlow(network, data, { seed: 1 })).toEqual(first);
      network.seedNoise(random(99).stream('other'));
      expect(gradientFlow(network, data, { seed: 1 })).toEqual(first);
      expect(gradientFlow(network, data, { seed: 2 }).loss).not.toBe(first.loss);
      expect(gradientFlow(network, data)).toEqual(gradientFlow(network, data, { seed: 0 }));
    }
  });

  it('leaves a training run with dropout as it is when it is used as a probe', async () => {
    const data = classes(100, 6);
    const run = async (probes: readonly Probe[]) => {
      const network = mlp({ inputs: 6, hidden: [16, 16], outputs: 10, activation: relu, dropout: 0.3, seed: 2 });
      const { losses, history } = await train(network, {
        data,
        loss: crossEntropy(),
        optimizer: sgd({ learningRate: 0.1 }),
        epochs: 2,
        batchSize: 16,
        probes,
      });
      return { losses, history, network: network.snapshot() };
    };
    const sizes: number[] = [];
    const probe: Probe = {
      name: 'gradient flow',
      step: ({ network }) => {
        sizes.push(gradientFlow(network, { ...data, loss: crossEntropy() }).batchSize);
        expect(() => gradientFlow(network, { ...data, loss: crossEntropy() }, { batchSize: 17 })).toThrow(
          ParameterError,
        );
      },
    };
    expect(await run([probe])).toEqual(await run([]));
    expect(new Set(sizes)).toEqual(new Set([16]));
  });

  it('gives all room back, also after an error', () => {
    const network = mlp({ inputs: 6, hidden: [8], outputs: 10, activation: relu });
    const data = classes(50, 6);
    network.reserve(50);
    const free = network.arena.mark();
    gradientFlow(network, { ...data, loss: crossEntropy() });
    expect(network.arena.mark()).toBe(free);
    const failing: Loss = {
      ...crossEntropy(),
      measure: () => {
        throw new RangeError('no');
      },
    };
    expect(() => gradientFlow(network, { ...data, loss: failing })).toThrow(RangeError);
    expect(network.arena.mark()).toBe(free);
    expect(() => network.reserve(1000)).not.toThrow();
  });

  describe('growth', () => {
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

  it('refuses data that is not sound', () => {
    const network = mlp({ inputs: 6, hidden: [8], outputs: 10, activation: relu });
    const data = classes(5, 6);
    data.inputs[3] = NaN;
    expect(() => gradientFlow(network, { ...data, loss: crossEntropy() })).toThrow(DataError);
    expect(() => gradientFlow(network, { ...classes(5, 7), loss: crossEntropy() })).toThrow(ShapeError);
  });

  it('refuses a loss that cannot read the targets', () => {
    const network = mlp({ inputs: 6, hidden: [8], outputs: 10, activation: relu });
    expect(() => gradientFlow(network, { ...classes(5, 6), loss: meanSquaredError() })).toThrow(ParameterError);
  });
});
