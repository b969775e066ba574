import { type Dataset, ParameterError, gelu, random, relu } from '@relu-lab/core';
import { type Network, meanSquaredError, mlp, sgd, train } from '@relu-lab/nn';
import { describe, expect, it } from 'vitest';
import { linearRegionsOnLine } from './line.ts';
import { linearRegionsOnPlane } from './plane.ts';
import { regionCountsDuringTraining } from './region-counts-during-training.ts';

const window = { uRange: [-2, 2], vRange: [-2, 2] } as const;

/** Points of the plane, and the distance of each from 0. */
function cone(rows: number): Dataset {
  const inputs = new Float32Array(2 * rows);
  random(1).fillUniform(inputs, -2, 2);
  const targets = Float32Array.from({ length: rows }, (_, i) => Math.hypot(inputs[2 * i], inputs[2 * i + 1]));
  return { name: 'cone', rows, features: 2, inputs, targets };
}

function freshNetwork(): Network {
  return mlp({ inputs: 2, hidden: [8, 8], outputs: 1, activation: relu, bias: 0.1, seed: 2 });
}

function run(learningRate: number): Omit<Parameters<typeof train>[1], 'probes'> {
  // 4 steps an epoch.
  return {
    data: cone(64),
    loss: meanSquaredError(),
    optimizer: sgd({ learningRate }),
    epochs: 5,
    batchSize: 16,
    seed: 3,
  };
}

describe('regionCountsDuringTraining', () => {
  it('counts before the first step, every so often, and after the last step, what the network then has', async () => {
    const network = freshNetwork();
    const probe = regionCountsDuringTraining(network, window, { every: 8 });
    const first = linearRegionsOnPlane(network, window);
    await train(network, { ...run(0.05), probes: [probe] });
    const last = linearRegionsOnPlane(network, window);
    const found = probe.result();
    expect(found.kind).toBe('region-counts-during-training');
    expect(found.steps).toEqual([0, 8, 16, 20]);
    expect([found.counts[0], found.cells[0]]).toEqual([first.count, first.cells]);
    expect([found.counts[3], found.cells[3]]).toEqual([last.count, last.cells]);
    expect(found.counts[0]).not.toBe(found.counts[3]);
    expect(found.predicted).toEqual(first.predicted);
    expect(found.notFinite).toBeNull();
  });

  it('looks about twenty times by itself, on a line as well, and changes nothing in the run', async () => {
    const [network, alone] = [freshNetwork(), freshNetwork()];
    const line = { from: [-2, -2], to: [2, 1] };
    const probe = regionCountsDuringTraining(network, line);
    await train(network, { ...run(0.05), probes: [probe] });
    await train(alone, run(0.05));
    expect(network.snapshot()).toEqual(alone.snapshot());
    expect(probe.result().steps).toEqual(Array.from({ length: 21 }, (_, step) => step));
    expect(probe.result().counts[20]).toBe(linearRegionsOnLine(alone, line).count);
  });

  it('keeps what was counted when a run diverges, and says where parameters were not finite', async () => {
    const network = freshNetwork();
    const probe = regionCountsDuringTraining(network, window, { every: 1 });
    const { status } = await train(network, { ...run(1e12), probes: [probe] });
    expect(status).toBe('diverged');
    expect(probe.result().counts.length).toBe(probe.result().steps.length);
    const other = regionCountsDuringTraining(network, window, { every: 1 });
    network.setParameter('dense1.bias', [0, 0, 0, 0, 0, 0, 0, 0]);
    other.start?.(network, { data: cone(16), batchSize: 16, steps: 9 });
    network.setParameter('dense1.bias', [0, 0, NaN, 0, 0, 0, 0, 0]);
    other.finish?.(network, 7);
    expect(other.result()).toMatchObject({ steps: [0], notFinite: 7 });
  });

  it('refuses a network that it cannot count, another network, and a second run', async () => {
    const smooth = mlp({ inputs: 2, hidden: [4], outputs: 1, activation: gelu });
    expect(() => regionCountsDuringTraining(smooth, window)).toThrow("'gelu1' is no piecewise-linear activation");
    const network = freshNetwork();
    expect(() => regionCountsDuringTraining(network, window, { every: 0 })).toThrow(ParameterError);
    const probe = regionCountsDuringTraining(network, window);
    await expect(train(freshNetwork(), { ...run(0.01), probes: [probe] })).rejects.toThrow('another network');
    await train(network, { ...run(0.01), probes: [probe] });
    await expect(train(network, { ...run(0.01), probes: [probe] })).rejects.toThrow('make new ones');
  });
});
