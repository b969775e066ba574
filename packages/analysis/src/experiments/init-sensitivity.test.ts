import { ParameterError } from '@relu-lab/core';
import { createJobs, inProcess, runSweep } from '@relu-lab/sweep';
import { describe, expect, it } from 'vitest';
import {
  type InitSensitivityOptions,
  initSensitivity,
  initSensitivityExperiment,
  summarizeInitSensitivity,
} from '../index.ts';

const seeds = [1, 2, 3, 4, 5, 6, 7, 8];
const data = { name: 'blobs', samples: 96, features: 16 } as const;
const grid: InitSensitivityOptions = {
  activations: ['relu', 'tanh'],
  initializers: ['he-normal', 'xavier-normal', 'pytorch-default'],
  depths: [10],
  widths: [48],
  seeds,
  data,
  epochs: 6,
};

describe('initSensitivity', async () => {
  const { kind, rows, summary } = await initSensitivity(grid);
  const cell = (activation: string, initializer: string): (typeof summary)[number] => {
    const found = summary.find((one) => one.activation === activation && one.initializer === initializer);
    if (!found) throw new Error('no such cell');
    return found;
  };

  it('has a row a condition and seed, and a cell a condition', () => {
    expect(kind).toBe('init-sensitivity');
    expect(rows).toHaveLength(6 * seeds.length);
    expect(summary).toHaveLength(6);
  });

  // ln(growth) over H − 1 = 8 layers of width n has variance 5/(8 n) and mean −5/(2n) beside the infinitely wide one's.
  it.each([
    ['he-normal', 1, 1],
    ['xavier-normal', 1 / 2, 1 / 2],
    ['pytorch-default', null, 1 / 6],
  ] as const)('finds He’s factors a ReLU layer: %s', (initializer, forward, backward) => {
    const { measured } = cell('relu', initializer);
    const error = 4 * Math.sqrt(5 / (8 * 48 * seeds.length));
    const off = (growth: number | null | undefined, factor: number): number =>
      Math.log((growth ?? NaN) / factor) + 5 / (2 * 48);
    if (forward !== null) expect(Math.abs(off(measured.forwardGrowth?.mean, forward))).toBeLessThan(error);
    expect(Math.abs(off(measured.backwardGrowth?.mean, backward))).toBeLessThan(error);
  });

  it('holds measured growth beside what theory predicts for the data, tanh included', () => {
    for (const { measured, predicted } of summary) {
      for (const which of ['forwardGrowth', 'backwardGrowth'] as const) {
        const ratio = (measured[which]?.median ?? NaN) / (predicted[which] ?? NaN);
        expect(Math.abs(Math.log(ratio) + 5 / (2 * 48))).toBeLessThan(
          4 * 1.2533 * Math.sqrt(5 / (8 * 48 * seeds.length)) + 0.05,
        );
      }
    }
  });

  it('says how far from the edge of chaos each stands', () => {
    expect(cell('relu', 'he-normal')).toMatchObject({ chi1: 1, chi1Distance: 0, relativeWeightVariance: 1 });
    expect(cell('relu', 'xavier-normal').chi1Distance).toBeCloseTo(-1 / 2, 12);
    expect(cell('tanh', 'xavier-normal').relativeWeightVariance).toBeCloseTo(1, 8);
    expect(cell('tanh', 'he-normal').relativeWeightVariance).toBeCloseTo(2, 8);
    // A homogeneous activation has no edge with biases.
    expect(cell('relu', 'pytorch-default')).toMatchObject({ relativeWeightVariance: null });
  });

  it('finds that ten layers train with He’s initialisation and not with PyTorch’s default', () => {
    expect(cell('relu', 'he-normal').trains.share).toBe(1);
    expect(cell('relu', 'pytorch-default').trains.share).toBe(0);
  });

  it('gives the same rows in a sweep', async () => {
    const parameters = { activation: 'relu', initializer: 'he-normal', depth: 10, width: 48, data, epochs: 6 } as const;
    const jobs = createJobs(initSensitivityExperiment, [parameters], [2, 1]);
    const executor = inProcess();
    const { results } = await runSweep({ jobs, executor });
    await executor.close();
    const swept = results.flatMap((result) => result.rows);
    expect(swept).toEqual([rows[1], rows[0]]);
    expect(summarizeInitSensitivity(swept).summary[0].trains.trials).toBe(2);
  });
});

describe('initSensitivity of what theory does not know', () => {
  it('has numbers without predictions for maxout, and for weights that are scaled on data', async () => {
    const { summary } = await initSensitivity({
      activations: ['maxout', 'selu', 'gelu'],
      initializers: ['lecun-normal', 'lsuv'],
      depths: [4],
      widths: [12],
      seeds: [0],
      data: { name: 'circles', samples: 40 },
      epochs: 1,
    });
    const [maxout, , selu, lsuv, gelu] = summary;
    for (const cell of [maxout, lsuv]) {
      expect(cell.predicted).toEqual({ forwardGrowth: null, backwardGrowth: null, deadFraction: null });
      expect(cell.measured.forwardGrowth?.finite).toBe(1);
    }
    expect(selu.chi1Distance).toBeCloseTo(0.0715749925, 8);
    // GELU has no usable edge of chaos.
    expect(gelu.relativeWeightVariance).toBeNull();
  });

  it('has no growth to summarise with one hidden layer', async () => {
    const { summary } = await initSensitivity({ ...grid, depths: [2], seeds: [1], activations: ['relu'], epochs: 1 });
    expect(summary[0].measured).toMatchObject({
      forwardGrowth: null,
      backwardGrowth: null,
      deadFraction: { finite: 1 },
    });
  });

  it('stops when it is told to', async () => {
    const stop = new AbortController();
    const seen: number[] = [];
    const run = initSensitivity({
      ...grid,
      signal: stop.signal,
      onProgress: (fraction) => {
        seen.push(fraction);
        if (fraction > 0.02) stop.abort();
      },
    });
    await expect(run).rejects.toThrow(/abort/i);
    expect(Math.max(...seen)).toBeLessThan(0.1);
  });
});

describe('initSensitivity with what is no grid', () => {
  it.each<[string, Partial<Record<keyof InitSensitivityOptions, unknown>>, RegExp]>([
    ['a misspelt activation', { activations: ['leakyrelu'] }, /did you mean 'leaky-relu'/],
    ['a misspelt initialiser', { initializers: ['he-norml'] }, /did you mean 'he-normal'/],
    ['no depths', { depths: [] }, /depths of initSensitivity must be a list of at least one/],
    ['no hidden layer', { depths: [1] }, /whole number of at least 2, not 1/],
    ['a seed twice', { seeds: [1, 2, 1] }, /seeds of initSensitivity has 1 twice/],
    ['an activation twice', { activations: ['relu', 'relu'] }, /twice/],
    ['a negative learning rate', { learningRate: -0.1 }, /learningRate.*above 0, not -0.1/],
    ['one sample', { data: { name: 'blobs', samples: 1 } }, /samples.*at least 2, not 1/],
    ['a misspelt data set', { data: { name: 'two-moon' } }, /did you mean 'two-moons'/],
    ['features of a plane set', { data: { name: 'spirals', features: 3 } }, /for 'blobs' alone/],
    ['an unknown option', { epoch: 3 } as object, /did you mean 'epochs'/],
    ['a level in per cent', { level: 95 }, /between 0 and 1/],
  ])('refuses %s', async (_, wrong, message) => {
    const run = initSensitivity({
      ...grid,
      seeds: [1],
      epochs: 1,
      depths: [2],
      widths: [2],
      ...wrong,
    } as InitSensitivityOptions);
    await expect(run).rejects.toThrow(message);
    await expect(run).rejects.toThrow(ParameterError);
  });
});
