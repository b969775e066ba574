import { type Dataset, elu, gelu, hardSwish, leakyRelu, maxout, prelu, relu, relu6, sigmoid } from '@relu-lab/core';
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
  activation: Parameters<typeof mlp>[0]['activation'],
  biases: readonly number[] = [-10, -1.5, 0, 10],
): Network {
  const found = mlp({ inputs: 1, hidden: [4], outputs: 1, activation });
  found.setParameter('dense1.weight', [1, 1, 1, 1]);
  found.setParameter('dense1.bias', biases);
  return found;
}

describe('deadUnits', () => {
  it('tells dead, alive and always-on ReLU units', () => {
    const found = deadUnits(network(relu), line);
    expect(found).toMatchObject({ kind: 'dead-units', samples: 4 });
    expect(found.layers).toEqual([
      { name: 'relu1', units: 4, dead: [0], alwaysOn: [3], hasZeroRegion: true, fates: null },
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

  it('never calls a unit with a slope dead, however small its output', () => {
    for (const activation of [leakyRelu(), elu(), prelu(), sigmoid, gelu]) {
      const [layer] = deadUnits(network(activation), line).layers;
      expect(layer).toMatchObject({ dead: [], alwaysOn: [], hasZeroRegion: false });
    }
  });

  it('calls a PReLU unit dead once it has learned slope 0', () => {
    const learned = network(prelu());
    learned.setParameter('prelu1.slope', [0, 0, 0, 0]);
    expect(deadUnits(learned, line).layers[0].dead).toEqual([0]);
  });

  it('does not take the upper flat of ReLU6 for death', () => {
    expect(deadUnits(network(relu6), line).layers[0]).toMatchObject({ dead: [0], alwaysOn: [3], hasZeroRegion: true });
    expect(deadUnits(network(hardSwish), line).layers[0]).toMatchObject({ dead: [0], hasZeroRegion: true });
  });

  it('finds no dead maxout unit, not even one whose output is 0 on all samples', () => {
    const found = mlp({ inputs: 1, hidden: [2], outputs: 1, activation: maxout() });
    found.setParameter('dense1.weight', [0, 0, 0, 0]);
    expect(deadUnits(found, line).layers[0]).toMatchObject({ units: 2, dead: [], alwaysOn: [] });
  });

  it('has one entry an activation layer, with its width', () => {
    const found = mlp({ inputs: 1, hidden: [4, 3], outputs: 2, activation: relu });
    expect(deadUnits(found, line).layers.map(({ name, units }) => [name, units])).toEqual([
      ['relu1', 4],
      ['relu2', 3],
    ]);
  });
});
