import { type Dataset, identity, random, relu, rrelu } from '@relu-lab/core';
import { describe, expect, it } from 'vitest';
import { clouds, common, small } from '../test/clouds.ts';
import {
  type LayerDefinition,
  Network,
  type TrainProgress,
  activate,
  crossEntropy,
  dense,
  dropout,
  meanSquaredError,
  mlp,
  sgd,
  train,
} from './index.ts';

/** A rate so small that no output of a float32 network moves: every batch meets the same network. */
const still = sgd({ learningRate: 1e-30 });

/** Clouds whose labels are drawn, so that about half of them are wrong for any network. */
function drawnLabels(rows: number): Dataset {
  const stream = random(12).stream('labels');
  return { ...clouds(rows), targets: Int32Array.from({ length: rows }, () => stream.integer(2)) };
}

describe('the history of a run', () => {
  it('has the mean loss and accuracy over rows, those of a smaller last batch with their own weight', async () => {
    const network = small(3);
    const data = drawnLabels(37);
    const logits = network.predict(data.inputs);
    const run = await train(network, { ...common, data, optimizer: still });
    expect(network.predict(data.inputs)).toEqual(logits);
    let loss = 0;
    let right = 0;
    data.targets.forEach((label, r) => {
      const [zero, one] = [logits[2 * r], logits[2 * r + 1]];
      loss += Math.log(Math.exp(zero) + Math.exp(one)) - (label === 1 ? one : zero);
      if (one > zero === (label === 1)) right++;
    });
    expect(right / 37).toBeGreaterThan(0.2);
    expect(right / 37).toBeLessThan(0.8);
    for (const record of run.history) {
      expect(record.loss).toBeCloseTo(loss / 37, 5);
      expect(record.accuracy).toBe(right / 37);
    }
    // The test can tell: the mean of batch means, which gives 5 rows the weight of 16, is another number.
    expect(Math.abs((run.losses[0] + run.losses[1] + run.losses[2]) / 3 - loss / 37)).toBeGreaterThan(1e-3);
  });

  it('has the mean of squares, and no accuracy, for values', async () => {
    const rows = 11;
    const inputs = Float32Array.from({ length: rows }, (_, r) => r / 4 - 1);
    const data = { name: 'line', rows, features: 1, inputs, targets: inputs.map((x) => 3 * x * x) };
    const network = mlp({ inputs: 1, hidden: [4], outputs: 1, activation: relu, seed: 2 });
    const run = await train(network, { data, loss: meanSquaredError(), optimizer: still, epochs: 1, batchSize: 4 });
    const outputs = network.predict(inputs);
    const expected = data.targets.reduce((sum, target, r) => sum + (outputs[r] - target) ** 2, 0) / rows;
    expect(run.history[0].loss).toBeCloseTo(expected, 5);
    expect(run.history[0].accuracy).toBeNull();
  });

  it('counts the steps done at the end of each epoch', async () => {
    const run = await train(small(), { ...common, data: clouds(37), epochs: 4 });
    expect(run.history.map(({ steps }) => steps)).toEqual([3, 6, 9, 12]);
    expect(run.steps).toBe(12);
    expect(run.losses).toHaveLength(12);
  });

  it('has what evaluation gives at the end of each epoch, or null', async () => {
    const network = small(3);
    const validation = drawnLabels(21);
    const run = await train(network, { ...common, data: clouds(37), validation, optimizer: still });
    const logits = network.predict(validation.inputs);
    const right = validation.targets.filter((label, r) => logits[2 * r + 1] > logits[2 * r] === (label === 1)).length;
    for (const record of run.history) expect(record.validation?.accuracy).toBe(right / 21);
    const without = await train(small(3), { ...common, data: clouds(37) });
    expect(without.history.map((record) => record.validation)).toEqual([null, null, null]);
  });

  it('takes 32 rows a step by default, and all rows when there are fewer', async () => {
    const { loss, optimizer } = common;
    expect((await train(small(), { data: clouds(65), loss, optimizer, epochs: 1 })).steps).toBe(3);
    expect((await train(small(), { data: clouds(9), loss, optimizer, epochs: 2 })).steps).toBe(2);
  });
});

describe('the noise of a run', () => {
  const noisyLayers: readonly (readonly [string, readonly LayerDefinition[]])[] = [
    ['dropout', [dense({ units: 8 }), activate(identity), dropout({ rate: 0.5 }), dense({ units: 2 })]],
    ['RReLU', [dense({ units: 8 }), activate(rrelu({ lower: 0.1, upper: 0.9 })), dense({ units: 2 })]],
  ];
  it.each(noisyLayers)('of %s follows the seed of the training, whatever was drawn before', async (_, layers) => {
    // All rows are alike, so that their order has no say.
    const inputs = Float32Array.from({ length: 128 }, (_value, i) => (i % 2 === 0 ? 1 : -0.5));
    const data = { name: 'alike', rows: 64, features: 2, classes: 2, inputs, targets: new Int32Array(64) };
    const losses = async (seed: number, passesBefore: number): Promise<readonly number[]> => {
      const network = new Network({ inputs: 2, layers });
      for (let i = 0; i < passesBefore; i++) network.forward(inputs, { mode: 'training' });
      return Array.from((await train(network, { ...common, data, seed })).losses);
    };
    const first = await losses(5, 0);
    expect(await losses(5, 3)).toEqual(first);
    expect(await losses(6, 0)).not.toEqual(first);
  });
});

describe('the timing of a run', () => {
  it('is positive, and a step takes no longer than the run', async () => {
    const { steps, timing } = await train(small(), { ...common, data: clouds(640) });
    expect(timing.secondsPerStep).toBeGreaterThan(0);
    // Half of the steps take at least the median.
    expect((timing.secondsPerStep * steps) / 2).toBeLessThan(timing.seconds);
  });

  it('leaves probes out of the time of a step', async () => {
    const wait = (milliseconds: number): void => {
      const until = performance.now() + milliseconds;
      while (performance.now() < until);
    };
    const probes = [{ name: 'slow', step: () => wait(20) }];
    const { steps, timing } = await train(small(), { ...common, data: clouds(64), epochs: 1, probes });
    expect(timing.seconds).toBeGreaterThan(0.02 * steps);
    expect(timing.secondsPerStep).toBeLessThan(0.02);
  });
});

describe('the progress of a run', () => {
  it('tells what remains by the pace so far, and nothing at the end', async () => {
    const told: TrainProgress[] = [];
    const started = performance.now();
    await train(small(), {
      ...common,
      data: clouds(64),
      validation: clouds(10),
      onProgress: (progress) => void told.push(progress),
    });
    const seconds = (performance.now() - started) / 1000;
    const ends = told.filter(({ step }) => step > 0 && step % 4 === 0);
    expect(ends.map(({ epoch }) => epoch)).toEqual([1, 2, 3]);
    for (const progress of ends) {
      expect(progress).toMatchObject({ epochs: 3, steps: 12, step: 4 * progress.epoch });
      expect(progress.elapsedSeconds).toBeGreaterThan(0);
      expect(progress.elapsedSeconds).toBeLessThanOrEqual(seconds);
      // After a third of the steps twice the time is left, after two thirds half of it, then none.
      expect(progress.remainingSeconds / progress.elapsedSeconds).toBeCloseTo(3 / progress.epoch - 1, 9);
      expect(progress.validation?.accuracy).toBeTypeOf('number');
    }
  });

  it('carries the loss of the last batch', async () => {
    const told: TrainProgress[] = [];
    const run = await train(small(), {
      ...common,
      data: clouds(64),
      loss: crossEntropy({ activationPenalty: 0.1 }),
      onProgress: (progress) => void told.push(progress),
    });
    for (const { step, loss } of told) if (step > 0) expect(loss).toBe(run.losses[step - 1]);
    expect(told.at(-1)?.step).toBe(12);
  });
});
