import {
  type Dataset,
  ParameterError,
  ShapeError,
  activation,
  activationNames,
  defineActivation,
  hardSigmoid,
  identity,
  maxout,
  normalCumulative,
  prelu,
  random,
  relu,
  relu6,
  sigmoid,
  tanh,
} from '@relu-lab/core';
import { mlp } from '@relu-lab/nn';
import { describe, expect, it } from 'vitest';
import { saturation } from './index.ts';

const line: Dataset = {
  name: 'line',
  rows: 4,
  features: 1,
  inputs: Float32Array.of(-2, -1, 1, 2),
  targets: new Float32Array(4),
};

/** Units with weight 1 and these biases. */
function network(phi: Parameters<typeof mlp>[0]['activation'], biases: readonly number[]) {
  const found = mlp({ inputs: 1, hidden: [biases.length], outputs: 1, activation: phi });
  const weights = found.parameter('dense1.weight').length;
  found.setParameter('dense1.weight', new Float32Array(weights).fill(1));
  if (weights === biases.length) found.setParameter('dense1.bias', biases);
  return found;
}

describe('saturation', () => {
  it('goes by the slope: tanh saturates on both sides', () => {
    // 1 − tanh² < 0.05 beyond |z| = 2.1781.
    const [layer] = saturation(network(tanh, [0, 1, -3, 10]), line).layers;
    expect(Array.from(layer.unitFractions)).toEqual([0, 1 / 4, 2 / 4, 1]);
    expect(layer).toMatchObject({ steepest: 1, saturatedUnits: [3], zeroFraction: 0 });
    expect(layer.saturatedFraction).toBeCloseTo(7 / 16, 12);
  });

  it('compares with the steepest slope of that activation: sigmoid has 1/4', () => {
    const [layer] = saturation(network(sigmoid, [0, 0, 0, 5]), line).layers;
    expect(layer.steepest).toBeCloseTo(0.25, 6);
    // σ(1 − σ) < 0.0125 beyond |z| = 4.369: z = 6 and 7 of the last unit.
    expect(Array.from(layer.unitFractions)).toEqual([0, 0, 0, 2 / 4]);
    expect(saturation(network(sigmoid, [0]), line, { threshold: 0.5 }).layers[0].saturatedFraction).toBe(0.5);
  });

  it('never calls a large pre-activation of an unbounded activation saturated', () => {
    for (const name of activationNames) {
      const phi = activation(name);
      if (phi.kind === 'maxout' || Number.isFinite(phi.range.to)) continue;
      expect([name, saturation(network(phi, [50, 1000]), line).layers[0].saturatedFraction]).toEqual([name, 0]);
    }
  });

  it('tells the silent side of ReLU, and the flats of ReLU6 and the hard sigmoid', () => {
    expect(saturation(network(relu, [0]), line).layers[0]).toMatchObject({ saturatedFraction: 0.5, zeroFraction: 0.5 });
    expect(saturation(network(relu6, [100]), line).layers[0]).toMatchObject({ saturatedFraction: 1, zeroFraction: 0 });
    expect(saturation(network(hardSigmoid, [-100]), line).layers[0]).toMatchObject({ zeroFraction: 1 });
  });

  it('takes learned slopes as they are, and nothing of maxout', () => {
    const learned = network(prelu(), [-10, -10]);
    learned.setParameter('prelu1.slope', [0.01, 4]);
    const [layer] = saturation(learned, line).layers;
    expect(layer).toMatchObject({ steepest: 4, saturatedUnits: [0], predicted: null });
    expect(saturation(network(maxout(), [0]), line).layers[0]).toMatchObject({ saturatedFraction: 0, predicted: null });
  });

  it('predicts the share of normal pre-activations', () => {
    const rows = 2000;
    const inputs = new Float32Array(rows * 32);
    random(1).stream('inputs').fillNormal(inputs, 0, 2);
    const data = { name: 'normal', rows, features: 32, inputs, targets: new Float32Array(rows) };
    const wide = mlp({ inputs: 32, hidden: [64], outputs: 1, activation: tanh, bias: 0.5 });
    const [layer] = saturation(wide, data).layers;
    // Var[z] = 4 (Xavier between 32 and 64: σ_w² = 2/3), with mean 0.5.
    const deviation = Math.sqrt((4 * 2) / 3);
    const edge = Math.atanh(Math.sqrt(0.95));
    const exact = normalCumulative((-edge - 0.5) / deviation) + normalCumulative((0.5 - edge) / deviation);
    const predicted = layer.predicted?.saturatedFraction ?? NaN;
    expect(Math.abs(predicted - exact)).toBeLessThan(0.03);
    expect(Math.abs(layer.saturatedFraction - predicted)).toBeLessThan(0.01);
  });

  it('refuses thresholds out of range, and slopes without bound', () => {
    for (const threshold of [0, 1, -1, NaN]) {
      expect(() => saturation(network(tanh, [0]), line, { threshold })).toThrow(ParameterError);
    }
    const square = defineActivation({ name: 'square', value: (x) => x * x, derivative: (x) => 2 * x });
    expect(() => saturation(network(square, [0]), line)).toThrow(/'square1' has no bound/);
    expect(() => saturation(network(identity, [0]), { ...line, rows: 2, features: 2 })).toThrow(ShapeError);
    const one = { ...line, rows: 1, inputs: line.inputs.slice(0, 1), targets: line.targets.slice(0, 1) };
    expect(saturation(network(tanh, [0]), one).layers[0].predicted).toBeNull();
  });
});
