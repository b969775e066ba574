import {
  DataError,
  ParameterError,
  type Dataset,
  type ElementwiseActivation,
  abs,
  activation,
  activationNames,
  defineActivation,
  elu,
  gelu,
  hardSigmoid,
  hardSwish,
  leakyRelu,
  maxout,
  mish,
  prelu,
  relu,
  relu6,
  selu,
  sigmoid,
  silu,
  softplus,
  tanh,
} from '@relu-lab/core';
import { type Network, mlp } from '@relu-lab/nn';
import { describe, expect, it } from 'vitest';
import { deadUnits } from './index.ts';

const line: Dataset = {
  name: 'line',
  rows: 4,
  features: 1,
  inputs: Float32Array.of(-2, -1, 1, 2),
  targets: new Float32Array(4),
};

/** Four units with weight 1: dead at bias −10, barely alive at −1.5, mixed at 0, always on at 10. */
function network(
  phi: Parameters<typeof mlp>[0]['activation'],
  biases: readonly number[] = [-10, -1.5, 0, 10],
): Network {
  const found = mlp({ inputs: 1, hidden: [4], outputs: 1, activation: phi });
  found.setParameter('dense1.weight', [1, 1, 1, 1]);
  found.setParameter('dense1.bias', biases);
  return found;
}

/** Linear pieces between kinks; the slope from a difference that no kink can be near. */
function piecewiseLinear(kinks: readonly number[], value: (x: number) => number): ElementwiseActivation {
  const step = 1e-3;
  return defineActivation({
    name: 'pieces',
    kinks,
    value,
    derivative: (x) => (Number.isNaN(x) ? NaN : (value(x + step) - value(x - step)) / (2 * step)),
  });
}

describe('deadUnits', () => {
  it('tells dead, alive and always-on ReLU units', () => {
    const found = deadUnits(network(relu), line);
    expect(found).toMatchObject({ kind: 'dead-units', samples: 4 });
    expect(found.layers).toEqual([
      { name: 'relu1', units: 4, dead: [0], alwaysOn: [3], hasZeroRegion: true, fates: null, predicted: null },
    ]);
  });

  it('bounds the firing rate of a silent unit: (1 − bound)^m = 5 %', () => {
    const { firingRateBound } = deadUnits(network(relu), line);
    expect((1 - firingRateBound) ** 4).toBeCloseTo(0.05, 12);
    expect(firingRateBound).toBeLessThan(3 / 4);
  });

  it('tells born dead, died and revived since a snapshot', () => {
    const trained = network(relu, [-10, -10, 0, 10]);
    const initial = trained.snapshot();
    trained.setParameter('dense1.bias', [-10, 0, -10, 10]);
    const [layer] = deadUnits(trained, line, { initial }).layers;
    expect(layer.dead).toEqual([0, 2]);
    expect(layer.fates).toEqual({ bornDead: [0, 1], died: [2], revived: [1] });
    expect(trained.parameterValues('dense1.bias')).toEqual(Float32Array.of(-10, 0, -10, 10));
  });

  it('refuses an option that there is not, rather than to tell no fates', () => {
    const trained = network(relu);
    const options = { inital: trained.snapshot() } as object;
    expect(() => deadUnits(trained, line, options)).toThrow(ParameterError);
    expect(() => deadUnits(trained, line, options)).toThrow(/initial/);
  });

  it('never calls a unit with a slope dead, however small its output', () => {
    const sloped = [leakyRelu(), elu(), selu, prelu(), sigmoid, tanh, gelu, silu, mish, softplus, abs];
    for (const phi of sloped) {
      const [layer] = deadUnits(network(phi), line).layers;
      expect(layer).toMatchObject({ dead: [], alwaysOn: [], hasZeroRegion: false });
    }
  });

  it('goes by the learned slope of each PReLU unit', () => {
    // Units are silent, silent, mixed, always on; slopes 0 for the first, third and fourth.
    const learned = network(prelu(), [-10, -10, 0, 10]);
    learned.setParameter('prelu1.slope', [0, 0.25, 0, 0]);
    expect(deadUnits(learned, line).layers[0]).toMatchObject({ dead: [0], alwaysOn: [3], hasZeroRegion: true });
    learned.setParameter('prelu1.slope', [0.25, 0, 0.25, 0.25]);
    expect(deadUnits(learned, line).layers[0]).toMatchObject({ dead: [1], alwaysOn: [], hasZeroRegion: true });
    learned.setParameter('prelu1.slope', [0.25, 0.25, 0.25, 0.25]);
    expect(deadUnits(learned, line).layers[0]).toMatchObject({ dead: [], alwaysOn: [], hasZeroRegion: false });
  });

  it('does not call a PReLU unit always on that has a slope on both sides, whatever the others learned', () => {
    const learned = network(prelu(), [-10, 10, 10, 0]);
    learned.setParameter('prelu1.slope', [0, 0.25, 0, 0.25]);
    expect(deadUnits(learned, line).layers[0]).toMatchObject({ dead: [0], alwaysOn: [2] });
  });

  it('does not take the upper flat of ReLU6 for death, nor for being always on', () => {
    expect(deadUnits(network(relu6, [-10, -1.5, 3, 100]), line).layers[0]).toMatchObject({
      dead: [0],
      alwaysOn: [2],
      hasZeroRegion: true,
    });
    const one = { ...line, rows: 1, inputs: Float32Array.of(1), targets: new Float32Array(1) };
    expect(deadUnits(network(relu6, [-10, 100, 100, 0]), one).layers[0]).toMatchObject({ dead: [0], alwaysOn: [3] });
    expect(deadUnits(network(hardSwish), line).layers[0]).toMatchObject({ dead: [0], hasZeroRegion: true });
    expect(deadUnits(network(hardSigmoid, [-10, 0, 4, 100]), line).layers[0]).toMatchObject({
      dead: [0],
      alwaysOn: [1],
      hasZeroRegion: true,
    });
  });

  it('finds the zero region of a smooth activation, which has no kinks', () => {
    const squaredRelu = defineActivation({
      name: 'squared-relu',
      value: (x) => Math.max(0, x) ** 2,
      derivative: (x) => 2 * Math.max(0, x),
    });
    expect(deadUnits(network(squaredRelu), line).layers[0]).toMatchObject({
      dead: [0],
      alwaysOn: [3],
      hasZeroRegion: true,
    });
  });

  it('knows which activations of the catalogue have a zero region', () => {
    const found = activationNames.filter((name) => {
      const built = mlp({ inputs: 1, hidden: [2], outputs: 1, activation: activation(name) });
      return deadUnits(built, line).layers[0].hasZeroRegion;
    });
    expect([...found].sort()).toEqual(['hard-sigmoid', 'hard-swish', 'relu', 'relu6']);
  });

  it('finds zero regions between kinks, before the first and after the last one', () => {
    const shrink = piecewiseLinear([-0.05, 0.05], (x) => Math.sign(x) * Math.max(Math.abs(x) - 0.05, 0));
    // Far from 0: silent below −100, and above 100.
    const below = piecewiseLinear([-100], (x) => Math.max(x + 100, 0));
    const above = piecewiseLinear([100], (x) => Math.min(x - 100, 0));
    for (const phi of [shrink, below, above]) {
      expect(deadUnits(network(phi), line).layers[0].hasZeroRegion).toBe(true);
    }
  });

  it('takes no touching of 0, no flat away from 0 and no region with a slope for a zero region', () => {
    const touching = defineActivation({
      name: 'touching',
      value: (x) => (x - 1) ** 2,
      derivative: (x) => 2 * (x - 1),
    });
    const step = piecewiseLinear([0, 1], (x) => 1 + Math.min(Math.max(x, 0), 1));
    const straightThrough = defineActivation({ name: 'firing', value: (x) => (x > 0 ? 1 : 0), derivative: () => 1 });
    for (const phi of [touching, step, straightThrough]) {
      expect(deadUnits(network(phi), line).layers[0]).toMatchObject({ alwaysOn: [], hasZeroRegion: false });
    }
  });

  it('finds no dead maxout unit, not even one whose output is 0 on all samples', () => {
    const found = mlp({ inputs: 1, hidden: [2], outputs: 1, activation: maxout() });
    found.setParameter('dense1.weight', [0, 0, 0, 0]);
    expect(deadUnits(found, line).layers[0]).toMatchObject({ units: 2, dead: [], alwaysOn: [], hasZeroRegion: false });
  });

  it('refuses a network with values that are not finite, and names the layer', () => {
    const broken = network(relu);
    const initial = broken.snapshot();
    broken.setParameter('dense1.bias', [NaN, 0, 0, 0]);
    expect(() => deadUnits(broken, line)).toThrow(DataError);
    expect(() => deadUnits(broken, line)).toThrow(/'dense1' on 'line'/);
    // Behind a ReLU −∞ is a healthy 0.
    broken.setParameter('dense1.bias', [0, 0, 0, -Infinity]);
    expect(() => deadUnits(broken, line)).toThrow(/'dense1' on 'line'/);
    const start = broken.snapshot();
    broken.restore(initial);
    expect(() => deadUnits(broken, line, { initial: start })).toThrow(/'dense1' on 'line'/);
    // φ itself may overflow: the logits are fine, and so is what lies below.
    const overflowing = network(defineActivation({ name: 'huge', value: (x) => x * 1e39, derivative: () => 1e39 }));
    expect(() => deadUnits(overflowing, line)).toThrow(/'huge1' on 'line'/);
  });

  it('has one entry an activation layer, with its width', () => {
    const found = mlp({ inputs: 1, hidden: [4, 3], outputs: 2, activation: relu });
    expect(deadUnits(found, line).layers.map(({ name, units }) => [name, units])).toEqual([
      ['relu1', 4],
      ['relu2', 3],
    ]);
  });
});
