import { tanh, relu } from '@relu-lab/core';
import { describe, expect, it } from 'vitest';
import { clouds, common, small } from '../test/clouds.ts';
import {
  Network,
  type Probe,
  activate,
  adam,
  dense,
  dropout,
  evaluate,
  meanSquaredError,
  mlp,
  train,
} from './index.ts';

describe('train', () => {
  it('learns to tell two clouds apart', async () => {
    const network = small();
    const run = await train(network, { ...common, epochs: 10, data: clouds(200), validation: clouds(100) });
    expect(run.status).toBe('completed');
    expect(run.history.map(({ epoch }) => epoch)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect(run.steps).toBe(10 * Math.ceil(200 / 16));
    // The centres are 2.8 deviations from the best line: it errs on 0.2 % of samples.
    expect(run.history[9].validation?.accuracy).toBeGreaterThan(0.97);
    expect(run.history[9].loss).toBeLessThan(run.history[0].loss);
  });

  it('learns a sine with mean squared error', async () => {
    const rows = 128;
    const inputs = Float32Array.from({ length: rows }, (_, i) => (6 * i) / rows - 3);
    const data = { name: 'sine', rows, features: 1, inputs, targets: inputs.map(Math.sin) };
    const network = mlp({ inputs: 1, hidden: [32, 32], outputs: 1, activation: tanh, seed: 2 });
    const before = evaluate(network, data, meanSquaredError());
    const optimizer = adam({ learningRate: 0.01 });
    const run = await train(network, { data, loss: meanSquaredError(), optimizer, epochs: 60 });
    expect(run.status).toBe('completed');
    const after = evaluate(network, data, meanSquaredError());
    expect(after.accuracy).toBeNull();
    expect(after.loss).toBeLessThan(before.loss / 20);
  });

  it('gives the same numbers for the same seeds, and others for another', async () => {
    const runs = await Promise.all(
      [5, 5, 6].map(async (seed) => {
        const network = new Network({
          inputs: 2,
          layers: [dense({ units: 8 }), activate(relu), dropout({ rate: 0.2 }), dense({ units: 2 })],
        });
        const { history, losses } = await train(network, { ...common, data: clouds(100), seed });
        return { history, losses, parameters: network.snapshot().parameters };
      }),
    );
    expect(runs[1]).toEqual(runs[0]);
    expect(runs[2].losses).not.toEqual(runs[0].losses);
  });

  it('takes every row once an epoch, a smaller last batch included', async () => {
    const data = clouds(37);
    const seen: number[][] = [[], []];
    const probe: Probe = {
      name: 'rows',
      step: ({ epoch, rows, network }) => {
        const inputs = network.output('input');
        for (let r = 0; r < rows; r++) seen[epoch - 1].push(inputs[2 * r]);
      },
    };
    await train(small(), { ...common, data, epochs: 2, probes: [probe] });
    const expected = Array.from({ length: 37 }, (_, r) => data.inputs[2 * r]).sort();
    expect(seen.map((values) => [...values].sort())).toEqual([expected, expected]);
    expect(seen[0]).not.toEqual(seen[1]);
  });

  it('stops after the step under way when the signal fires, and says so', async () => {
    const controller = new AbortController();
    const probe: Probe = { name: 'stop', step: ({ step }) => void (step === 5 && controller.abort()) };
    const run = await train(small(), { ...common, data: clouds(64), signal: controller.signal, probes: [probe] });
    expect(run).toMatchObject({ status: 'aborted', steps: 5 });
    expect(run.history).toHaveLength(1);
  });

  it('reports its progress, and ends at the last step', async () => {
    const steps: number[] = [];
    await train(small(), { ...common, data: clouds(64), onProgress: ({ step }) => void steps.push(step) });
    expect(steps[steps.length - 1]).toBe(12);
    expect([...steps].sort((a, b) => a - b)).toEqual(steps);
  });

  it('gives its memory back', async () => {
    const network = small();
    const data = clouds(64);
    await train(network, { ...common, optimizer: adam(), data });
    const { bytes } = network.arena;
    await train(network, { ...common, optimizer: adam(), data });
    expect(network.arena.bytes).toBe(bytes);
  });
});
