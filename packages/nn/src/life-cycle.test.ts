import { type Dataset, ParameterError, ShapeError, defineActivation, random, relu } from '@relu-lab/core';
import { describe, expect, it } from 'vitest';
import { clouds, common, small } from '../test/clouds.ts';
import {
  Network,
  type Probe,
  activate,
  adam,
  batchNorm,
  crossEntropy,
  dense,
  dropout,
  evaluate,
  mlp,
  train,
} from './index.ts';

const normed = (): Network =>
  mlp({ inputs: 2, hidden: [8], outputs: 2, activation: relu, normalization: 'batch', seed: 1 });

describe('a probe that passes other data through the network', () => {
  const other = clouds(100);
  const passing: Probe = { name: 'passing', step: ({ network }) => void evaluate(network, other, crossEntropy()) };

  it('does not change what the run records', async () => {
    const data = clouds(37);
    const plain = await train(small(), { ...common, data, validation: other });
    const watched = await train(small(), { ...common, data, validation: other, probes: [passing] });
    expect(watched.history).toEqual(plain.history);
    expect(watched.losses).toEqual(plain.losses);
  });

  it('makes the values of the step unreadable for the probes behind it, which are told so', async () => {
    const errors: unknown[] = [];
    let update: Float32Array = new Float32Array();
    let gradient: Float32Array = new Float32Array();
    const behind: Probe = {
      name: 'behind',
      step: (view) => {
        for (const read of [view.preActivation, view.output, view.gradient]) {
          try {
            read('relu1');
          } catch (error) {
            errors.push(error);
          }
        }
        update = view.update('dense1.weight');
        gradient = view.parameterGradient('dense1.weight');
      },
    };
    const run = await train(small(), { ...common, data: clouds(16), epochs: 1, probes: [passing, behind] });
    expect(run.status).toBe('completed');
    expect(errors).toHaveLength(3);
    for (const error of errors) {
      expect(error).toBeInstanceOf(ParameterError);
      expect((error as Error).message).toMatch(/A probe has run a pass since the step/);
    }
    // What does not depend on the pass stays readable, and right: SGD's update is −rate × gradient.
    expect(gradient.some((g) => g !== 0)).toBe(true);
    update.forEach((delta, i) => expect(delta).toBeCloseTo(-0.1 * gradient[i], 6));
  });

  it('that throws ends the run, but finish is called, and the network is free and usable again', async () => {
    const network = small();
    let finished = 0;
    const throwing: Probe = {
      name: 'throwing',
      step: () => {
        throw new RangeError('mine');
      },
      finish: () => void finished++,
    };
    const attempt = train(network, { ...common, data: clouds(64), probes: [throwing] });
    await expect(attempt).rejects.toThrow(new RangeError('mine'));
    expect(finished).toBe(1);
    expect((await train(network, { ...common, data: clouds(64) })).status).toBe('completed');
  });
});

describe('restore', () => {
  it.each([
    ['the first parameter', small(1, [8]), small(1, [4]), 'dense1.weight 4 × 2 where this one has dense1.weight 8 × 2'],
    ['a later one', small(1, [8, 8]), small(1, [8, 4]), 'dense2.weight 4 × 8 where this one has dense2.weight 8 × 8'],
    ['one too many', small(1, [8]), small(1, [8, 2]), 'dense3.weight 2 × 2 where this one has nothing'],
    ['one too few', small(1, [8, 2]), small(1, [8]), 'nothing more where this one has dense3.weight 2 × 2'],
    ['a normalisation', small(), normed(), 'batch-norm1.scale 8 where this one has dense2.weight 2 × 8'],
  ])('refuses a snapshot of another architecture, by %s, and changes nothing', (_, network, other, named) => {
    const before = network.snapshot();
    let refusal: unknown;
    try {
      network.restore(other.snapshot());
    } catch (error) {
      refusal = error;
    }
    expect(refusal).toBeInstanceOf(ShapeError);
    expect((refusal as Error).message).toContain(named);
    expect(network.snapshot()).toEqual(before);
  });

  it('tells 3 × 4 weights from 4 × 3, which are as many', () => {
    const wide = mlp({ inputs: 4, hidden: [3], outputs: 1, activation: relu });
    const narrow = mlp({ inputs: 3, hidden: [4], outputs: 1, activation: relu });
    expect(wide.block.length).toBe(narrow.block.length);
    expect(() => wide.restore(narrow.snapshot())).toThrow(/dense1\.weight 4 × 3 .*dense1\.weight 3 × 4/);
  });
});

describe('a network in training', () => {
  it('refuses a second run, which leaves the first as it was', async () => {
    const data = clouds(64);
    const plain = await train(small(), { ...common, data });
    const network = small();
    const attempts: Promise<unknown>[] = [];
    const second: Probe = {
      name: 'second',
      step: ({ step }) => {
        if (step === 2) attempts.push(train(network, { ...common, data }).catch((error: unknown) => error));
      },
    };
    const run = await train(network, { ...common, data, probes: [second] });
    const [refusal] = await Promise.all(attempts);
    expect(refusal).toBeInstanceOf(ParameterError);
    expect((refusal as Error).message).toMatch(/being trained already/);
    expect(run.losses).toEqual(plain.losses);
    expect((await train(network, { ...common, data })).status).toBe('completed');
  });

  it('predicts more rows than a batch, and takes no larger pass', async () => {
    const network = small();
    const { inputs } = clouds(40);
    let predicted: Float32Array = new Float32Array();
    let expected: Float32Array = new Float32Array();
    const probe: Probe = {
      name: 'predict',
      step: () => {
        predicted = network.predict(inputs);
        expected = network.clone().predict(inputs);
        expect(() => network.forward(inputs)).toThrow(/cannot take 40 rows at once now, only 16/);
      },
    };
    const run = await train(network, { ...common, data: clouds(16), epochs: 1, probes: [probe] });
    expect(run.status).toBe('completed');
    expect(predicted).toHaveLength(80);
    predicted.forEach((value, i) => expect(value).toBeCloseTo(expected[i], 6));
  });
});

describe('a run that its options do not allow', () => {
  const data = clouds(5000);
  const batchSize = 4096;
  it.each([
    ['a validation of other features', { validation: { ...data, features: 4, rows: 2500 } as Dataset }],
    ['no optimiser', { optimizer: null as never }],
    ['an unknown option', { batchsize: 3 } as never],
    ['no epochs', { epochs: 0 }],
    ['a seed that is none', { seed: NaN }],
    ['a probe that looks every 0 steps', { probes: [{ name: 'never', every: 0 }] }],
    ['more steps than there could be', { epochs: 1e9 }],
  ])('takes no memory, and leaves the network usable: %s', async (_, wrong) => {
    const network = small();
    const before = network.snapshot();
    const { bytes } = network.arena;
    const mark = network.arena.mark();
    const attempt = train(network, { ...common, optimizer: adam(), data, batchSize, ...wrong });
    await expect(attempt).rejects.toThrow();
    expect(network.arena.bytes).toBe(bytes);
    expect(network.arena.mark()).toBe(mark);
    expect(network.snapshot()).toEqual(before);
    expect(network.predict(data.inputs)).toEqual(small().predict(data.inputs));
    const run = await train(network, { ...common, data, batchSize, epochs: 1 });
    expect(run.status).toBe('completed');
  });
});

describe('batch norm and a single row', () => {
  it('refuses a training pass of it, and takes it in evaluation', () => {
    const network = normed();
    const row = Float32Array.of(1, -1);
    const before = network.snapshot();
    expect(() => network.forward(row, { mode: 'training' })).toThrow(ShapeError);
    expect(() => network.forward(row, { mode: 'training' })).toThrow(/batch-norm1 needs at least two rows/);
    expect(network.snapshot()).toEqual(before);
    expect(network.forward(row)).toHaveLength(2);
    expect(network.forward(Float32Array.of(1, -1, 2, 2), { mode: 'training' })).toHaveLength(4);
  });

  it.each([
    [17, 16],
    [3, 1],
    [1, 16],
  ])('refuses to train on %i rows in batches of %i before the first step', async (rows, batchSize) => {
    const network = normed();
    const before = network.snapshot();
    const refusal = await train(network, { ...common, data: clouds(rows), batchSize }).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(ShapeError);
    expect((refusal as Error).message).toMatch(/single row .* batch-norm1 has no variance: take another batchSize/);
    expect(network.snapshot()).toEqual(before);
    // Other batches, and networks without batch norm, are fine.
    expect((await train(small(), { ...common, data: clouds(rows), batchSize })).status).toBe('completed');
    expect((await train(normed(), { ...common, data: clouds(rows + 17), batchSize: 9 })).status).toBe('completed');
  });
});

describe('an output that is not finite', () => {
  const bottomless = defineActivation({ name: 'bottomless', value: () => -Infinity, derivative: () => 0 });

  it('ends the run even when ReLU masks it, so that loss and gradients are finite', async () => {
    const layers = [dense({ units: 4 }), activate(bottomless), activate(relu), dense({ units: 2 })];
    const network = new Network({ inputs: 2, layers });
    const data = clouds(16);
    const before = network.snapshot();
    expect(evaluate(network, data, crossEntropy()).loss).toBeCloseTo(Math.LN2, 6);
    const run = await train(network, { ...common, data });
    expect(run).toMatchObject({ status: 'diverged', step: 1, layer: 'bottomless1', quantity: 'output' });
    expect(run.losses[0]).toBeCloseTo(Math.LN2, 6);
    expect(network.snapshot()).toEqual(before);
  });

  it('does not reach the running statistics of batch norm', async () => {
    const layers = [dense({ units: 4 }), activate(bottomless), batchNorm(), dense({ units: 2 })];
    const network = new Network({ inputs: 2, layers });
    const before = network.snapshot();
    const run = await train(network, { ...common, data: clouds(64) });
    expect(run).toMatchObject({ status: 'diverged', step: 1, layer: 'bottomless1', quantity: 'output' });
    expect(network.snapshot()).toEqual(before);
  });

  it('is told from a running variance that overflows, which is put back', async () => {
    const network = new Network({ inputs: 1, layers: [dense({ units: 1 }), batchNorm(), dense({ units: 2 })] });
    network.setParameter('dense1.weight', [1e25]);
    const before = network.snapshot();
    // z = ±1e25 has a variance of 1.3e50, beyond float32; the normalised outputs are ±1.
    const inputs = Float32Array.of(1, -1, 1, -1);
    const data = { name: 'signs', rows: 4, features: 1, classes: 2, inputs, targets: Int32Array.of(0, 1, 0, 1) };
    const run = await train(network, { ...common, data });
    expect(run).toMatchObject({ status: 'diverged', step: 1, layer: 'batch-norm1', quantity: 'statistic' });
    expect(network.snapshot()).toEqual(before);
  });
});

describe('the accuracy', () => {
  const data: Dataset = { ...clouds(12), targets: new Int32Array(12) };

  it('of a network whose outputs are NaN is 0, whatever the labels', () => {
    const network = small();
    network.setParameter('dense2.bias', [NaN, NaN]);
    expect(evaluate(network, data, crossEntropy())).toEqual({ loss: NaN, accuracy: 0 });
    network.setParameter('dense2.bias', [0, NaN]);
    expect(evaluate(network, data, crossEntropy()).accuracy).toBe(0);
  });

  it('takes the first of equal outputs for the answer', () => {
    const network = mlp({ inputs: 2, hidden: [], outputs: 2, activation: relu });
    network.setParameter('dense1.weight', [0, 0, 0, 0]);
    expect(evaluate(network, data, crossEntropy())).toEqual({ loss: expect.closeTo(Math.LN2, 6), accuracy: 1 });
    const ones = { ...data, targets: new Int32Array(12).fill(1) };
    expect(evaluate(network, ones, crossEntropy()).accuracy).toBe(0);
  });
});

describe('withNoise', () => {
  it('draws from the stream given, and lets the network’s own noise go on as if nothing had been', () => {
    const ones = new Float32Array(64).fill(1);
    const build = (): Network => new Network({ inputs: 64, layers: [dropout({ rate: 0.5 })], seed: 2 });
    const pass = (network: Network): readonly number[] => Array.from(network.forward(ones, { mode: 'training' }));
    const plain = build();
    const interrupted = build();
    expect(pass(interrupted)).toEqual(pass(plain));
    const stream = random(9).stream('elsewhere');
    const inside = interrupted.withNoise(stream, () => pass(interrupted));
    expect(interrupted.withNoise(stream, () => pass(interrupted))).toEqual(inside);
    const failing = (): never => {
      pass(interrupted);
      throw new RangeError('mine');
    };
    expect(() => interrupted.withNoise(stream, failing)).toThrow(RangeError);
    const next = pass(plain);
    expect(pass(interrupted)).toEqual(next);
    expect(inside).not.toEqual(next);
  });
});
