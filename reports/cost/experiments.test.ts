import { describe, expect, it } from 'vitest';
import { timeElements } from './kernels.ts';
import { timeTraining } from './steps.ts';
import { compareWithOneOperation } from './the-operation.ts';
import { shareOfOperations, workOf } from './work.ts';

const context = { signal: new AbortController().signal, onProgress: () => undefined };

describe('compareWithOneOperation', () => {
  it('finds no number that one max and one comparison get wrong', () => {
    expect(compareWithOneOperation({ points: 5000 }, 3)).toEqual([
      { kind: 'operation', seed: 3, max: 0, comparison: 0 },
    ]);
  });
});

describe('timeElements', () => {
  it('has one row a size, round and activation, and no rows that a seed determines', () => {
    const condition = { activations: ['relu', 'gelu'], elements: [64, 256], rounds: 2, elementsPerRound: 512 } as const;
    const { rows, timings = [] } = timeElements(condition, 1, context);
    expect(rows).toEqual([]);
    expect(timings.map(({ elements, round, activation }) => `${elements} ${round} ${activation}`)).toEqual([
      '64 1 relu',
      '64 1 gelu',
      '64 2 relu',
      '64 2 gelu',
      '256 1 relu',
      '256 1 gelu',
      '256 2 relu',
      '256 2 gelu',
    ]);
  });
});

describe('timeTraining', () => {
  it('times steps with every activation and maxout, and all but maxout alone', async () => {
    const condition = { activations: ['relu'], widths: [4, 8], batchSize: 2, rounds: 2, elementsPerRound: 8 } as const;
    const { timings = [] } = await timeTraining(condition, 1, context);
    expect(timings.map(({ width, round, activation }) => `${width} ${round} ${activation}`)).toEqual([
      '4 1 relu',
      '4 1 maxout',
      '4 2 relu',
      '4 2 maxout',
      '8 1 relu',
      '8 1 maxout',
      '8 2 relu',
      '8 2 maxout',
    ]);
    for (const { activation: name, forward, secondsPerStep } of timings) {
      expect(Number(secondsPerStep)).toBeGreaterThan(0);
      expect(forward === null).toBe(name === 'maxout');
    }
  });
});

describe('workOf', () => {
  it('counts the products of the network 2-2-2-2-10 as one does by hand', () => {
    // Forward 4 + 4 + 4 + 20, as many for the weights, and 4 + 4 + 20 for the inputs of all layers but the first.
    expect(workOf(2, 1)).toEqual({ elements: 6, multiplyAdds: 32 + 32 + 28 });
    expect(workOf(2, 7)).toEqual({ elements: 42, multiplyAdds: 7 * 92 });
    // With two pieces the hidden products are twice as large.
    expect(workOf(2, 1, 2).multiplyAdds).toBe(44 + 44 + 36);
    expect(shareOfOperations(2, 7)).toBeCloseTo(12 / (12 + 92), 12);
  });
});
