import { type Dataset, ParameterError, ShapeError, initializer, random, relu, tanh } from '@relu-lab/core';
import { type Probe, crossEntropy, mlp, sgd, train } from '@relu-lab/nn';
import { describe, expect, it } from 'vitest';
import { gradientFlow, gradientTimeline, preActivationHistograms } from './index.ts';

function classes(rows: number, features: number): Dataset {
  const stream = random(4).stream('classes');
  const inputs = new Float32Array(rows * features);
  stream.fillNormal(inputs);
  const targets = Int32Array.from({ length: rows }, () => stream.integer(3));
  return { name: 'classes', rows, features, classes: 3, inputs, targets };
}

const data = classes(90, 5);
const options = { data, loss: crossEntropy(), optimizer: sgd({ learningRate: 0.1 }), epochs: 2, batchSize: 30 };

describe('preActivationHistograms', () => {
  it('expects the variance of random biases on top of that of the signal', async () => {
    const weights = initializer('pytorch-default');
    const network = mlp({ inputs: 5, hidden: [40], outputs: 3, activation: relu, weights, seed: 2 });
    const histograms = preActivationHistograms(network, data);
    const meanOf = (values: ArrayLike<number>, of: (value: number) => number): number =>
      Array.from(values, of).reduce((sum, value) => sum + value, 0) / values.length;
    const square = (value: number): number => value * value;
    const biases = network.parameterValues('dense1.bias');
    const biasMean = meanOf(biases, (b) => b);
    const weightVariance = 5 * meanOf(network.parameterValues('dense1.weight'), square);
    const expected = weightVariance * meanOf(data.inputs, square) + meanOf(biases, (b) => square(b - biasMean));
    await train(network, { ...options, epochs: 1, probes: [histograms] });
    const [{ predicted }] = histograms.result().layers;
    expect(predicted?.mean).toBeCloseTo(biasMean, 6);
    expect(predicted?.variance).toBeCloseTo(expected, 6);
  });

  it('counts every pre-activation, at the start, on the way and at the end', async () => {
    const network = mlp({ inputs: 5, hidden: [7, 6], outputs: 3, activation: tanh, seed: 2 });
    const histograms = preActivationHistograms(network, data, { every: 4, bins: 8 });
    const start = network.clone();
    await train(network, { ...options, probes: [histograms] });
    const found = histograms.result();
    expect(found).toMatchObject({ kind: 'pre-activation-histograms', samples: 90, steps: [0, 4, 6], notFinite: null });
    [start, network].forEach((at, i) => {
      const look = i === 0 ? 0 : 2;
      at.forward(data.inputs);
      for (const { name, counts, edges, below, above, mean, variance } of found.layers) {
        const z = Array.from(at.preActivation(name));
        const between = (from: number, to: number) => z.filter((value) => value >= from && value < to).length;
        const expected = Array.from({ length: 8 }, (_, bin) => between(edges[bin], edges[bin + 1]));
        expect(Array.from(counts.subarray(look * 8, look * 8 + 8))).toEqual(expected);
        expect(below[look] + above[look] + expected.reduce((a, b) => a + b, 0)).toBe(z.length);
        const average = z.reduce((a, b) => a + b, 0) / z.length;
        expect(mean[look]).toBeCloseTo(average, 5);
        expect(variance[look]).toBeCloseTo(z.reduce((sum, value) => sum + (value - average) ** 2, 0) / z.length, 4);
      }
    });
  });

  it('predicts mean and variance at initialisation', async () => {
    const wide = classes(256, 64);
    const weights = initializer('he-normal');
    const network = mlp({ inputs: 64, hidden: [256, 256, 256], outputs: 3, activation: relu, weights, bias: 0.3 });
    const histograms = preActivationHistograms(network, wide);
    await train(network, { ...options, data: wide, probes: [histograms] });
    for (const { mean, variance, predicted } of histograms.result().layers) {
      // Layers of 256 ReLU units stray by √(5/256) = 0.14 each; the deviation is some 1.4.
      expect(Math.abs(mean[0] - (predicted?.mean ?? NaN))).toBeLessThan((4 * 1.4) / Math.sqrt(256));
      expect(Math.abs(variance[0] / (predicted?.variance ?? NaN) - 1)).toBeLessThan(4 * 0.14);
    }
    // 2 in the first layer; then 2 E[relu²] of N(0.3, 2) = 2 × (2.09 Φ(0.2121) + 0.3 √2 φ(0.2121)) = 2.772.
    const [first, second] = histograms.result().layers;
    expect(Math.abs((first.predicted?.variance ?? NaN) - 2)).toBeLessThan(0.1);
    expect(Math.abs((second.predicted?.variance ?? NaN) - 2.772)).toBeLessThan(0.15);
    expect(histograms.result().steps[0]).toBe(0);
  });

  it('does not change training, and ends where values are not finite', async () => {
    const run = async (probes: readonly Probe[]) => {
      const network = mlp({
        inputs: 5,
        hidden: [7],
        outputs: 3,
        activation: relu,
        dropout: 0.2,
        normalization: 'batch',
      });
      const { losses } = await train(network, { ...options, probes });
      return { losses, network: network.snapshot() };
    };
    const plain = await run([]);
    const network = mlp({ inputs: 5, hidden: [7], outputs: 3, activation: relu, dropout: 0.2, normalization: 'batch' });
    const histograms = preActivationHistograms(network, classes(400, 5), { every: 1 });
    const { losses } = await train(network, { ...options, probes: [histograms, gradientTimeline({ every: 1 })] });
    expect({ losses, network: network.snapshot() }).toEqual(plain);

    const diverging = mlp({ inputs: 5, hidden: [7, 7], outputs: 3, activation: relu });
    const until = preActivationHistograms(diverging, data, { every: 1 });
    await train(diverging, { ...options, optimizer: sgd({ learningRate: 1e30 }), probes: [until] });
    expect(until.result().notFinite?.step).toBeGreaterThan(0);
  });

  it('refuses what it cannot follow', async () => {
    const network = mlp({ inputs: 5, hidden: [7], outputs: 3, activation: relu });
    for (const bad of [{ bins: 0 }, { every: 0 }, { every: 1.5 }]) {
      expect(() => preActivationHistograms(network, data, bad)).toThrow(ParameterError);
    }
    expect(() => preActivationHistograms(network, classes(9, 4))).toThrow(ShapeError);
    const histograms = preActivationHistograms(network, data);
    await expect(train(network.clone(), { ...options, probes: [histograms] })).rejects.toThrow(/another network/);
    await train(network, { ...options, probes: [histograms] });
    await expect(train(network, { ...options, probes: [histograms] })).rejects.toThrow(/one run/);
  });
});

describe('gradientTimeline', () => {
  it('has the gradients of gradientFlow, and the updates of SGD', async () => {
    const network = mlp({ inputs: 5, hidden: [7, 6], outputs: 3, activation: tanh, seed: 2 });
    const start = network.clone();
    const timeline = gradientTimeline({ every: 1 });
    await train(network, { ...options, epochs: 1, batchSize: 90, probes: [timeline] });
    const flow = gradientFlow(start, { ...data, loss: crossEntropy() });
    const { kind, steps, layers } = timeline.result();
    expect({ kind, steps }).toEqual({ kind: 'gradient-timeline', steps: [1] });
    layers.forEach((layer, i) => {
      const { name, gradientNorm, weightGradientNorm, preActivation } = flow.layers[i];
      expect(layer.name).toBe(name);
      expect(layer.gradientNorm[0]).toBeCloseTo(gradientNorm, 5);
      expect(layer.forwardSecondMoment[0]).toBeCloseTo(preActivation.secondMoment, 5);
      // Against the weights as the step has left them; SGD's update is rate × gradient.
      const size = Math.hypot(...network.parameterValues(`${name}.weight`));
      expect(layer.gradientToWeightRatio[0]).toBeCloseTo(weightGradientNorm / size, 5);
      expect(layer.updateToWeightRatio[0]).toBeCloseTo((0.1 * weightGradientNorm) / size, 5);
    });
  });

  it('looks at every tenth step', async () => {
    const network = mlp({ inputs: 5, hidden: [7], outputs: 3, activation: tanh });
    const timeline = gradientTimeline();
    await train(network, { ...options, epochs: 8, probes: [timeline] });
    expect(timeline.result().steps).toEqual([10, 20]);
    expect(() => gradientTimeline({ every: 0 })).toThrow(ParameterError);
  });
});
