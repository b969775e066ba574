import { type Dataset, defineActivation, elu, identity, relu } from '@relu-lab/core';
import { describe, expect, it } from 'vitest';
import { clouds, common, small } from '../test/clouds.ts';
import {
  type Loss,
  Network,
  type Probe,
  type Snapshot,
  activate,
  crossEntropy,
  dense,
  meanSquaredError,
  mlp,
  sgd,
  train,
} from './index.ts';

/** One sample of one feature, x = 1, with one value to predict. */
function oneSample(target: number): Dataset {
  return { name: 'one', rows: 1, features: 1, inputs: Float32Array.of(1), targets: Float32Array.of(target) };
}

/** The identity with a slope that is infinite above 10. */
const steep = defineActivation({
  name: 'steep',
  value: (x) => x,
  derivative: (x) => (x > 10 ? Infinity : 1),
});

const largestSingle = 3.4028234663852886e38;

describe('a run diverges', () => {
  it('by an output: it says at which step and layer, and keeps the finite parameters', async () => {
    const network = mlp({ inputs: 2, hidden: [16, 16], outputs: 2, activation: relu, seed: 1 });
    const data = clouds(64);
    const snapshots: Snapshot[] = [];
    const probe: Probe = { name: 'parameters', step: () => void snapshots.push(network.snapshot()) };
    const optimizer = sgd({ learningRate: 1e25 });
    const run = await train(network, { ...common, batchSize: 64, optimizer, data, probes: [probe] });
    // The first update makes parameters of about 1e24; the next pass multiplies three layers of them: 1e24, 1e49, …
    expect(run).toMatchObject({ status: 'diverged', step: 2, steps: 2, layer: 'dense2', quantity: 'output' });
    expect(run.history).toHaveLength(1);
    expect(snapshots).toHaveLength(1);
    expect(network.snapshot()).toEqual(snapshots[0]);
    expect(network.snapshot().parameters.every(Number.isFinite)).toBe(true);
    // In float64 the layer is the first one with an output beyond what float32 holds.
    const exact = network.clone({ backend: 'reference', precision: 'float64' });
    exact.forward(data.inputs);
    const first = exact.layers.find(({ name }) => exact.output(name).some((v) => Math.abs(v) > largestSingle));
    expect(first?.name).toBe('dense2');
  });

  it('by an output, and names the first layer of several in the order of the forward pass', async () => {
    const explosive = defineActivation({
      name: 'explosive',
      tex: 'x / 0',
      value: (x) => (x > 0 ? Infinity : 0),
      derivative: () => 1,
      kinks: [0],
      positivelyHomogeneous: false,
    });
    const network = new Network({
      inputs: 2,
      layers: [dense({ units: 4 }), activate(elu()), dense({ units: 4 }), activate(explosive), dense({ units: 2 })],
    });
    const run = await train(network, { ...common, data: clouds(64) });
    expect(run).toMatchObject({ status: 'diverged', step: 1, layer: 'explosive1', quantity: 'output' });
    expect(network.snapshot().parameters.every(Number.isFinite)).toBe(true);
  });

  it('by a loss alone, for which it names the last layer', async () => {
    const { measure, ...rest } = crossEntropy();
    const loss: Loss = {
      ...rest,
      measure: (backend, wires) => {
        measure(backend, wires);
        return NaN;
      },
    };
    const network = small();
    const before = network.snapshot();
    const run = await train(network, { ...common, loss, data: clouds(64) });
    expect(run).toMatchObject({ status: 'diverged', step: 1, steps: 1, layer: 'dense2', quantity: 'output' });
    expect(network.snapshot()).toEqual(before);
  });

  it('by a gradient: the update of that step is not made', async () => {
    const network = new Network({ inputs: 1, layers: [dense({ units: 1 }), activate(steep)] });
    network.setParameter('dense1.weight', [0]);
    const optimizer = sgd({ learningRate: 0.125 });
    const run = await train(network, { data: oneSample(20), loss: meanSquaredError(), optimizer, epochs: 9 });
    // z = 0 → ∂z = 2 (0 − 20) = −40, w = b = 5; z = 10 → ∂z = −20, w = b = 7.5; z = 15 → ∂z = −∞.
    expect(run).toMatchObject({ status: 'diverged', step: 3, steps: 3, layer: 'dense1', quantity: 'gradient' });
    expect(Array.from(run.losses)).toEqual([400, 100, 25]);
    expect(run.history).toHaveLength(2);
    expect(network.parameterValues('dense1.weight')[0]).toBe(7.5);
    expect(network.parameterValues('dense1.bias')[0]).toBe(7.5);
  });

  it('by a gradient, and names the first layer in the order of the backward pass', async () => {
    const layers = [dense({ units: 1 }), activate(elu()), dense({ units: 1 }), activate(steep), dense({ units: 1 })];
    const network = new Network({ inputs: 1, layers });
    for (const { name, length } of network.parameters) network.setParameter(name, Array<number>(length).fill(1));
    network.setParameter('dense2.bias', [10]);
    const before = network.snapshot();
    // z = 1 + 1 = 2 → 2 + 10 = 12 → 12 + 1: the gradient of dense2's output is infinite, and dense3's is not.
    const { optimizer } = common;
    const run = await train(network, { data: oneSample(0), loss: meanSquaredError(), optimizer, epochs: 2 });
    expect(run).toMatchObject({ status: 'diverged', step: 1, layer: 'dense2', quantity: 'gradient' });
    expect(network.snapshot()).toEqual(before);
  });

  it('by the gradient of an output whose layer has no parameters', async () => {
    const network = new Network({ inputs: 1, layers: [dense({ units: 1 }), activate(elu()), activate(steep)] });
    network.setParameter('dense1.weight', [12]);
    const { optimizer } = common;
    const run = await train(network, { data: oneSample(0), loss: meanSquaredError(), optimizer, epochs: 1 });
    expect(run).toMatchObject({ status: 'diverged', step: 1, layer: 'elu1', quantity: 'gradient' });
  });

  it('by the gradient of a parameter alone', async () => {
    const network = new Network({ inputs: 1, layers: [dense({ units: 1 })] });
    network.setParameter('dense1.weight', [1e-30]);
    const before = network.snapshot();
    const data = { ...oneSample(-1e10), inputs: Float32Array.of(1e30) };
    // z = 1, ∂z = 2 (1 + 1e10) = 2e10, and ∂w = ∂z x = 2e40, beyond float32.
    const run = await train(network, { data, loss: meanSquaredError(), optimizer: common.optimizer, epochs: 1 });
    expect(run).toMatchObject({ status: 'diverged', step: 1, layer: 'dense1', quantity: 'gradient' });
    expect(network.gradient('dense1')[0] / 2e10).toBeCloseTo(1, 6);
    expect(network.snapshot()).toEqual(before);
  });

  it('by a parameter, and names the layer that overflowed', async () => {
    const network = new Network({ inputs: 1, layers: [dense({ units: 1 }), activate(identity), dense({ units: 1 })] });
    network.setParameter('dense1.weight', [0]);
    network.setParameter('dense2.weight', [0]);
    const optimizer = sgd({ learningRate: 1e38 });
    const run = await train(network, { data: oneSample(20), loss: meanSquaredError(), optimizer, epochs: 9 });
    // The output is 0, its gradient −40: dense2's bias becomes 4e39, beyond float32; dense1 behind a weight of 0 gets none.
    expect(run).toMatchObject({ status: 'diverged', step: 1, steps: 1, layer: 'dense2', quantity: 'parameter' });
    expect(network.parameterValues('dense2.bias')[0]).toBe(Infinity);
    expect(network.parameterValues('dense1.bias')[0]).toBe(0);
  });

  it('by several parameters, and names the first layer in the order of the forward pass', async () => {
    const network = new Network({ inputs: 1, layers: [dense({ units: 1 }), activate(identity), dense({ units: 1 })] });
    network.setParameter('dense1.weight', [1]);
    network.setParameter('dense2.weight', [1]);
    const optimizer = sgd({ learningRate: 1e38 });
    const run = await train(network, { data: oneSample(21), loss: meanSquaredError(), optimizer, epochs: 9 });
    expect(run).toMatchObject({ status: 'diverged', step: 1, layer: 'dense1', quantity: 'parameter' });
  });

  it('not by parameters and gradients whose squares alone are beyond float32', async () => {
    const network = new Network({ inputs: 1, layers: [dense({ units: 1 })] });
    network.setParameter('dense1.weight', [0]);
    const optimizer = sgd({ learningRate: 1e24 });
    const run = await train(network, { data: oneSample(20), loss: meanSquaredError(), optimizer, epochs: 1 });
    expect(run.status).toBe('completed');
    expect(network.parameterValues('dense1.bias')[0] / 4e25).toBeCloseTo(1, 6);
  });
});
