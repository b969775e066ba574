import { ParameterError } from '@relu-lab/core';
import { describe, expect, it } from 'vitest';
import { activationCost, timeKernels, timeSteps } from './index.ts';

describe('activationCost', () => {
  it('times ReLU and every activation that it is given, forward and backward', async () => {
    const found = await activationCost({ activations: ['tanh', 'relu'], elements: 256, rounds: 3, passes: 2 });
    expect(found).toMatchObject({ kind: 'activation-cost', elements: 256, rounds: 3 });
    expect(found.timings.map(({ name }) => name)).toEqual(['relu', 'tanh']);
    for (const { forward, backward, step } of [
      ...found.timings,
      { forward: found.copy, backward: found.copy, step: null },
    ]) {
      for (const { median, quartiles } of [forward, backward]) {
        expect(median).toBeGreaterThan(0);
        expect(quartiles[0]).toBeLessThanOrEqual(median);
        expect(quartiles[1]).toBeGreaterThanOrEqual(median);
      }
      expect(step).toBeNull();
    }
    // Within a round, ReLU costs what ReLU costs.
    expect(found.timings[0].relativeToRelu).toEqual({ forward: 1, backward: 1, step: null });
  });

  it('times training steps where it is asked to', async () => {
    const options = { activations: ['gelu'] as const, elements: 64, rounds: 2, passes: 1, steps: 3, hidden: [8] };
    const { timings } = await activationCost(options);
    expect(timings[0].relativeToRelu.step).toBe(1);
    expect(timings[1].step?.median).toBeGreaterThan(0);
  });

  it('refuses maxout, no activations, and options out of range', async () => {
    await expect(activationCost({ activations: ['maxout'] })).rejects.toThrow(/maxout is not elementwise.*timeSteps/);
    await expect(activationCost({ activations: [] })).rejects.toThrow(/such as \['relu', 'gelu'\]/);
    for (const bad of [{ rounds: 0 }, { elements: 0 }, { passes: 0.5 }, { steps: -1 }]) {
      await expect(activationCost({ activations: ['relu'], ...bad })).rejects.toThrow(ParameterError);
    }
  });
});

describe('timeKernels', () => {
  it('gives one time a round and activation, in turn, beside the copy of that round', () => {
    const { build, timings } = timeKernels({ activations: ['tanh', 'relu'], elements: 128, rounds: 2, passes: 2 });
    expect(build).not.toBe('');
    expect(timings.map(({ activation, round }) => `${activation} ${round}`)).toEqual([
      'tanh 1',
      'relu 1',
      'tanh 2',
      'relu 2',
    ]);
    for (const { forward, backward, copy } of timings) expect(Math.min(forward, backward, copy)).toBeGreaterThan(0);
    expect(timings[0].copy).toBe(timings[1].copy);
  });
});

describe('timeSteps', () => {
  it('gives one time a round and activation, in turn, and says how far it is', async () => {
    const told: number[] = [];
    const shape = { hidden: [4], inputs: 3, outputs: 2, batchSize: 2, rounds: 2, steps: 2 };
    const timings = await timeSteps({
      ...shape,
      activations: ['relu', 'maxout'],
      onProgress: (fraction) => told.push(fraction),
    });
    expect(timings.map(({ activation, round }) => `${activation} ${round}`)).toEqual([
      'relu 1',
      'maxout 1',
      'relu 2',
      'maxout 2',
    ]);
    expect(told).toEqual([1 / 3, 2 / 3, 1]);
    const signal = AbortSignal.abort(new RangeError('stopped'));
    await expect(timeSteps({ ...shape, activations: ['relu'], signal })).rejects.toThrow(RangeError);
  });
});
