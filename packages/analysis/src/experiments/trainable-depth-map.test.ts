import { ParameterError } from '@relu-lab/core';
import { createJobs, inProcess, runSweep } from '@relu-lab/sweep';
import { describe, expect, it } from 'vitest';
import {
  type TrainableDepthMapOptions,
  summarizeTrainableDepth,
  trainableDepthExperiment,
  trainableDepthMap,
} from '../index.ts';

const grid = {
  activation: 'tanh',
  weightVariances: [0.25, 1.76],
  biasVariance: 0.05,
  depths: [3, 24],
  seeds: [1, 2, 3, 4],
  data: { name: 'two-moons', samples: 128 },
  epochs: 20,
} as const satisfies TrainableDepthMapOptions;

describe('trainableDepthMap', async () => {
  const { kind, rows, summary } = await trainableDepthMap(grid);

  it('finds what theory says: short of 6 ξ_c all seeds train, far beyond it none', () => {
    expect(kind).toBe('trainable-depth');
    const share = Object.fromEntries(
      summary.map((cell) => [`${cell.weightVariance}, ${cell.depth}`, cell.trains.share]),
    );
    expect(summary[0].predicted).toMatchObject({ status: 'finite', trains: true });
    expect(summary[1].predicted).toMatchObject({ status: 'finite', trains: false });
    expect(share['0.25, 3']).toBe(1);
    expect(share['0.25, 24']).toBe(0);
    // At the edge of chaos depth is no obstacle to signals.
    expect(summary[3].predicted.trains).toBe(true);
    expect(share['1.76, 3']).toBe(1);
    expect(share['1.76, 24']).toBeGreaterThan(0);
  });

  it('gives the same rows in a sweep', async () => {
    const { activation, biasVariance, data, epochs } = grid;
    const parameters = { activation, biasVariance, data, epochs, weightVariance: 0.25, depth: 3 } as const;
    const executor = inProcess();
    const { results } = await runSweep({ jobs: createJobs(trainableDepthExperiment, [parameters], [1, 2]), executor });
    await executor.close();
    const swept = results.flatMap((result) => result.rows);
    expect(swept).toEqual(rows.slice(0, 2));
    expect(summarizeTrainableDepth(swept).summary).toHaveLength(1);
  });
});

describe('trainableDepthMap of ReLU', () => {
  it('predicts 6 / ln(2/σ_w²) in the ordered phase, no limit at 2, and nothing beyond', async () => {
    const { summary } = await trainableDepthMap({
      activation: 'relu',
      weightVariances: [1, 2, 3, 0],
      depths: [3],
      seeds: [1],
      epochs: 1,
      data: { name: 'circles', samples: 32 },
    });
    const [ordered, critical, chaotic, zero] = summary.map(({ predicted }) => predicted);
    expect(ordered.depth).toBeCloseTo(6 / Math.LN2, 10);
    expect(critical).toMatchObject({ status: 'unlimited', depth: null, trains: true });
    expect(chaotic).toMatchObject({ status: 'none', trains: null });
    expect(zero).toMatchObject({ trains: false, depth: 0 });
    expect(summary[3].trains.share).toBe(0);
  });

  it.each<[string, Partial<Record<keyof TrainableDepthMapOptions, unknown>>, RegExp]>([
    ['maxout', { activation: 'maxout' }, /elementwise/],
    ['a misspelt activation', { activation: 'tan' }, /did you mean 'tanh'/],
    ['a negative variance', { weightVariances: [-1] }, /at least 0, not -1/],
    ['variances twice', { weightVariances: [1, 1] }, /1 twice/],
    ['no seeds', { seeds: [] }, /seeds.*at least one/],
    ['a negative learning rate', { learningRate: -1 }, /above 0/],
    ['a momentum of 1', { momentum: 1 }, /below 1, not 1/],
  ])('refuses %s', async (_, wrong, message) => {
    const run = trainableDepthMap({ ...grid, ...wrong } as TrainableDepthMapOptions);
    await expect(run).rejects.toThrow(message);
    await expect(run).rejects.toThrow(ParameterError);
  });
});
