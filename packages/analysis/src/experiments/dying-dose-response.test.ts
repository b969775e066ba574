import { ParameterError } from '@relu-lab/core';
import { createJobs, inProcess, runSweep } from '@relu-lab/sweep';
import { describe, expect, it } from 'vitest';
import { type DyingDoseResponseOptions, dyingDoseResponse, dyingExperiment, summarizeDying } from '../index.ts';
import { type DosedRun, dyingDoses } from './dying-dose.ts';

const grid = {
  activations: ['relu', 'leaky-relu', 'prelu', 'elu'],
  learningRates: [0.01, 0.1, 1, 10],
  seeds: [1, 2, 3, 4, 5, 6],
  epochs: 6,
  data: { name: 'two-moons', samples: 96 },
} as const satisfies DyingDoseResponseOptions;

describe('dyingDoseResponse', async () => {
  const { kind, rows, summary, doses } = await dyingDoseResponse(grid);
  const died = (activation: string, learningRate: number): number | null | undefined =>
    summary.find((cell) => cell.activation === activation && cell.learningRate === learningRate)?.measured.died.median;

  it('has a row a run, a cell a condition, and a dose a curve', () => {
    expect(kind).toBe('dose-response');
    expect([rows.length, summary.length, doses.length]).toEqual([96, 16, 4]);
  });

  it('finds ReLU units that die, and more of them with a larger learning rate', () => {
    expect(died('relu', 0.01)).toBeLessThan(0.1);
    expect(died('relu', 1)).toBeGreaterThan(died('relu', 0.01) ?? NaN);
    const [relu] = doses;
    expect(relu.reached + relu.never + relu.divergedFirst).toBe(6);
    expect(relu.median).toBeGreaterThan(0.01);
    expect(relu.median).toBeLessThan(10);
  });

  it('finds that leaky ReLU, PReLU and ELU cannot die, as predicted, and that none reaches a dose', () => {
    for (const cell of summary.slice(4)) {
      expect(cell.predicted.died).toBe(0);
      for (const run of rows.filter((row) => row.activation === cell.activation)) expect(run.died ?? 0).toBe(0);
    }
    expect(doses.slice(1).map((dose) => dose.reached)).toEqual([0, 0, 0]);
  });

  it('keeps divergence apart from death', () => {
    const diverged = rows.filter(({ status }) => status === 'diverged');
    expect(diverged.length).toBeGreaterThan(0);
    for (const { deadEnd, died: gone, lossEnd, trains } of diverged)
      expect([deadEnd, gone, lossEnd, trains]).toEqual([null, null, null, false]);
    for (const cell of summary) {
      expect(cell.measured.died.diverged).toBe(cell.diverged);
      expect(cell.measured.deadStart.diverged).toBe(0);
    }
  });

  it('counts the same units twice over: dead is dead at the start, plus died, less revived; and dead ReLU units are negative ones', () => {
    for (const row of rows) {
      if (row.deadEnd === null) continue;
      expect(row.deadEnd).toBeCloseTo(row.deadStart + (row.died ?? NaN) - (row.revived ?? NaN), 12);
      if (row.activation === 'relu') expect(row.negativeEnd).toBeCloseTo(row.deadEnd, 12);
    }
  });

  it('gives the same rows in a sweep', async () => {
    const { data, epochs } = grid;
    const parameters = { activation: 'relu', learningRate: 0.1, data, epochs } as const;
    const executor = inProcess();
    const { results } = await runSweep({ jobs: createJobs(dyingExperiment, [parameters], [1, 2]), executor });
    await executor.close();
    const swept = results.flatMap((result) => result.rows);
    expect(swept).toEqual(rows.filter((row) => row.activation === 'relu' && row.learningRate === 0.1 && row.seed < 3));
    expect(summarizeDying(swept).summary).toHaveLength(1);
  });

  it.each<[string, Partial<Record<keyof DyingDoseResponseOptions, unknown>>, RegExp]>([
    ['a negative learning rate', { learningRates: [0.1, -1] }, /above 0, not -1/],
    ['a learning rate twice', { learningRates: [0.1, 0.1] }, /0.1 twice/],
    ['no activation', { activations: [] }, /activations.*at least one/],
    ['a misspelt initialiser', { initializers: ['he-normall'] }, /did you mean 'he-normal'/],
    ['a momentum of 1', { momenta: [1] }, /below 1, not 1/],
    ['a bias that is no number', { biases: [NaN] }, /finite number/],
    ['a share of 1', { share: 1 }, /below 1, not 1/],
    ['seeds twice', { seeds: [3, 3] }, /3 twice/],
    ['one learning rate as such', { learningRate: 0.1 } as object, /did you mean 'learningRates'/],
  ])('refuses %s', async (_, wrong, message) => {
    const run = dyingDoseResponse({
      ...grid,
      seeds: [1],
      learningRates: [0.1],
      activations: ['relu'],
      epochs: 1,
      ...wrong,
    } as DyingDoseResponseOptions);
    await expect(run).rejects.toThrow(message);
    await expect(run).rejects.toThrow(ParameterError);
  });
});

describe('dyingDoses', () => {
  const shape = { activation: 'relu', initializer: 'he-normal', depth: 3, width: 8, bias: 0, momentum: 0 };
  const runs = (seed: number, shares: readonly (number | null)[]): DosedRun[] =>
    shares.map((died, i) => ({ ...shape, learningRate: 10 ** (i - 2), seed, died }));

  it('interpolates in the logarithm of the learning rate', () => {
    // From 0 at 0.1 to 0.4 at 1: 0.1 is passed a quarter of the way, at 10^(−3/4).
    const dose = dyingDoses(runs(1, [0, 0, 0.4, 0.9]), 0.1, 0.95);
    expect(dose.median).toBeCloseTo(10 ** -0.75, 12);
    expect(dose).toMatchObject({ reached: 1, never: 0, divergedFirst: 0, interval: null });
  });

  it('counts seeds that never die as above the largest rate, those that die at once, and those that diverge first', () => {
    const curve = [
      ...runs(1, [0, 0, 0.4, null]),
      ...runs(2, [0.5, 0.5, 0.5, 0.5]),
      ...runs(3, [0, 0, 0, 0]),
      ...runs(4, [0, null, 0.9, 0.9]),
    ];
    const dose = dyingDoses(curve, 0.1, 0.95);
    expect(dose).toMatchObject({ reached: 2, atSmallest: 1, never: 1, divergedFirst: 1, coverage: 0.75 });
    expect(dose.median).toBeCloseTo(10 ** -0.75, 12);
    expect(dose.interval).toEqual([0.01, null]);
  });

  it('has no dose where most never die', () => {
    const curve = [...runs(1, [0, 0]), ...runs(2, [0, 0.1]), ...runs(3, [0, 0.2])];
    expect(dyingDoses(curve, 0.1, 0.95)).toMatchObject({ median: null, reached: 1, never: 2 });
  });
});
