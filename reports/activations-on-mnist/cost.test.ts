import { describe, expect, it } from 'vitest';
import { measureCost } from './cost.ts';
import { relativeCost } from './figures.ts';

describe('measureCost', () => {
  it('times every activation in every round but the first, and has no rows', async () => {
    const condition = { activations: ['relu', 'maxout'], hidden: [8], batchSize: 4, rounds: 3, steps: 2 } as const;
    const context = { signal: new AbortController().signal, onProgress: () => {} };
    const { rows, timings = [] } = await measureCost(condition, 1, context);
    expect(rows).toEqual([]);
    expect(timings.map(({ activation, round }) => [activation, round])).toEqual([
      ['relu', 1],
      ['maxout', 1],
      ['relu', 2],
      ['maxout', 2],
      ['relu', 3],
      ['maxout', 3],
    ]);
    expect(timings.every(({ secondsPerStep }) => Number(secondsPerStep) > 0)).toBe(true);
  });
});

describe('relativeCost', () => {
  it('divides the times of the same round', () => {
    const timings = [
      { activation: 'relu', round: 1, secondsPerStep: 2 },
      { activation: 'tanh', round: 1, secondsPerStep: 3 },
      { activation: 'relu', round: 2, secondsPerStep: 10 },
      { activation: 'tanh', round: 2, secondsPerStep: 20 },
    ];
    expect([...relativeCost('tanh', 'relu', timings)]).toEqual([
      [1, 1.5],
      [2, 2],
    ]);
  });
});
