import { DataError, type Dataset, ParameterError, ShapeError, identity, random, relu, rrelu } from '@relu-lab/core';
import { type Loss, Network, type Probe, crossEntropy, meanSquaredError, mlp, sgd, train } from '@relu-lab/nn';
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
    // Pre-activations 2 and −4 below, 6 and −12 above.
    expect(flow.layers[0].preActivation).toEqual({ mean: -1, variance: 9, secondMoment: 10 });
    expect(flow.layers[0].forwardGrowth).toBeCloseTo(9, 5);
    expect(flow.layers[1].gradientSecondMoment).toBeCloseTo((16 + 576) / 2, 3);
    // χ₁ = σ_w² E[φ'²] = 3², exactly for the identity.
    expect(flow.layers[0].predicted).toEqual({ growth: 9, forwardGrowth: 9 });
    expect(flow.layers[0].growthInterval).toBeNull();
  });

  it('has the spread of the gradient over samples, whatever the batches', () => {
    const network = mlp({ inputs: 1, hidden: [1], outputs: 1, activation: identity });
    network.setParameter('dense1.weight', [2]);
    network.setParameter('dense2.weight', [3]);
    // y = 6 x and ∂ℓ/∂y = 12 x, for x from 0 to 100: the quantiles are those of x.
    const inputs = Float32Array.from({ length: 101 }, (_, i) => 100 - i);
    const data = { name: 'ramp', rows: 101, features: 1, inputs, targets: new Float32Array(101) };
    for (const batchSize of [10, 101]) {
      const { layers } = gradientFlow(network, { ...data, loss: meanSquaredError() }, { batchSize });
      [5, 50, 95].forEach((x, i) => {
        expect(layers[1].gradientQuantiles?.[i]).toBeCloseTo(12 * x, 3);
        expect(layers[0].gradientQuantiles?.[i]).toBeCloseTo(36 * x, 2);
      });
    }
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

  it('leaves no row alone, which batch norm could not take', () => {
    const network = mlp({ inputs: 6, hidden: [8, 8], outputs: 10, activation: relu, normalization: 'batch' });
    const data = { ...classes(257, 6), loss: crossEntropy() };
    expect(gradientFlow(network, data).batchSize).toBe(255);
    expect(() => gradientFlow(network, data, { batchSize: 256 })).toThrow(ShapeError);
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

  it('refuses data that is not sound', () => {
    const network = mlp({ inputs: 6, hidden: [8], outputs: 10, activation: relu });
    const data = classes(5, 6);
    data.inputs[3] = NaN;
    expect(() => gradientFlow(network, { ...data, loss: crossEntropy() })).toThrow(DataError);
    expect(() => gradientFlow(network, { ...classes(5, 7), loss: crossEntropy() })).toThrow(ShapeError);
  });

  it('refuses a limit that is none', () => {
    const network = mlp({ inputs: 6, hidden: [8], outputs: 10, activation: relu });
    const data = { ...classes(5, 6), loss: crossEntropy() };
    for (const limit of [1, -3, NaN]) expect(() => gradientFlow(network, data, { limit })).toThrow(/limit.*above 1/);
    expect(() => gradientFlow(network, data, { batch: 3 } as object)).toThrow(/batchSize/);
  });

  it('refuses a loss that cannot read the targets', () => {
    const network = mlp({ inputs: 6, hidden: [8], outputs: 10, activation: relu });
    expect(() => gradientFlow(network, { ...classes(5, 6), loss: meanSquaredError() })).toThrow(ParameterError);
  });
});
