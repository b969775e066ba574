import { normalCumulative, random } from '@relu-lab/core';
import { describe, expect, it } from 'vitest';
import { select } from '../measurements.ts';
import { lookAtTheStart } from './at-the-start.ts';
import { crossover, overDense } from './figures.ts';
import { plainProduct, skippingProduct } from './products.ts';
import { kernelsFor, productWithZeros, timeSkipping } from './skipping.ts';
import { deviationOverUnits, likeness, unitsBetween } from './spread.ts';
import { type TrainingCondition, trainOnFewDigits } from './training.ts';

const context = { signal: new AbortController().signal, onProgress: () => {} };

describe('lookAtTheStart', () => {
  it('finds a bias’s zeros in the first layer as Φ(−b/√q) has them, and none that break ReLU’s definition', async () => {
    const rows = await lookAtTheStart({ way: 'bias', shift: -0.8, hidden: [512, 32], digits: 300 }, 1);
    const [first, second] = select(rows, { kind: 'start' });
    expect([first.activeWithoutReason, second.activeWithoutReason]).toEqual([0, 0]);
    // A unit's share strays by at most 0.22 of its own, 512 of them by 0.01; four of that.
    expect(Math.abs(Number(first.zeroFraction) - Number(first.expected))).toBeLessThan(0.04);
    expect(first.expected).toBeGreaterThan(0.6);
    expect(select(rows, { kind: 'spread' })).toHaveLength(0);
  });

  it('finds batch norm’s as Φ(−β), and half of them without a shift', async () => {
    const [shifted] = await lookAtTheStart({ way: 'batch-norm', shift: 0.5, hidden: [64], digits: 300 }, 1);
    expect(shifted.expected).toBeCloseTo(normalCumulative(-0.5), 12);
    expect(Number(shifted.zeroFraction)).toBeCloseTo(normalCumulative(-0.5), 1);
  });

  it('accounts for every unit in its bins', async () => {
    const rows = await lookAtTheStart({ way: 'bias', shift: 0, hidden: [64, 64], digits: 200 }, 2);
    for (const layer of [1, 2]) {
      const bins = select(rows, { kind: 'bin', layer });
      for (const key of ['units', 'expected']) {
        expect(bins.reduce((sum, row) => sum + Number(row[key]), 0)).toBeCloseTo(1, 9);
      }
    }
  });
});

describe('the spread over units', () => {
  it('is that of normal pre-activations with the correlations of the samples', () => {
    const features = 5;
    const inputs = new Float32Array(20 * features);
    random(1).stream('samples').fillNormal(inputs, 0.5);
    const data = { name: 'made up', rows: 20, features, inputs, targets: new Float32Array(20) };
    const stream = random(2).stream('units');
    const shares = Array.from({ length: 20_000 }, () => {
      const w = Array.from({ length: features }, () => stream.normal());
      let zeros = 0;
      for (let row = 0; row < 20; row++) {
        if (w.reduce((sum, weight, k) => sum + weight * inputs[row * features + k], 0) <= 0) zeros++;
      }
      return zeros / 20;
    });
    const deviation = Math.sqrt(shares.reduce((sum, share) => sum + (share - 0.5) ** 2, 0) / shares.length);
    // 2000 of the pairs stand for all 380: their mean strays by about 1 %.
    expect(Math.abs(deviation / deviationOverUnits(likeness(data, 1), 1) - 1)).toBeLessThan(0.04);
  });

  it('makes units of alike samples uniform at a correlation of one half', () => {
    const alike = { samples: 1000, correlations: [Float64Array.of(0.5)] };
    expect(unitsBetween(alike, 1, 0.4, 0.6)).toBeCloseTo(0.2, 12);
    expect(unitsBetween(alike, 1, 0, 0.1)).toBeCloseTo(0.1, 12);
  });
});

describe('trainOnFewDigits', () => {
  const condition: TrainingCondition = {
    ...{ activation: 'relu', penalty: 0, hidden: [24, 12], trainingDigits: 100, testDigits: 200, watchedDigits: 100 },
    ...{ epochs: 3, batchSize: 32, learningRate: 0.02, momentum: 0.9 },
  };

  it('counts the multiply-adds that zeros save, layer by layer', async () => {
    const rows = await trainOnFewDigits(condition, 1, context);
    const [run] = select(rows, { kind: 'run' });
    const [first, second] = [1, 2].map((layer) =>
      select(rows, { kind: 'zeros', epoch: 3, layer }).map(({ zeroFraction }) => Number(zeroFraction)),
    );
    expect(select(rows, { kind: 'zeros' })).toHaveLength(4 * 2);
    // The 100 watched digits are among the 200 on which the work is counted: up to what the others do.
    const saved = (24 * 12 * first[0] + 12 * 10 * second[0]) / (24 * 12 + 12 * 10);
    expect(Number(run.savedInHidden)).toBeCloseTo(saved, 1);
    expect(Number(run.savedInAll) / Number(run.savedInHidden)).toBeCloseTo(408 / (408 + 784 * 24), 9);
    expect(Number(run.gap)).toBeCloseTo(Number(run.trainingAccuracy) - Number(run.testAccuracy), 12);
  });

  it('makes more zeros with a penalty, and none without a flat side', async () => {
    const zeros = async (change: Partial<TrainingCondition>) => {
      const rows = await trainOnFewDigits({ ...condition, ...change }, 1, context);
      return Number(select(rows, { kind: 'run' })[0].zeroFraction);
    };
    expect(await zeros({ penalty: 0.05 })).toBeGreaterThan((await zeros({})) + 0.05);
    expect(await zeros({ activation: 'tanh' })).toBe(0);
  });

  it('has no end for a run that diverged', async () => {
    const rows = await trainOnFewDigits({ ...condition, learningRate: 1e6 }, 1, context);
    expect(select(rows, { kind: 'run' })[0]).toMatchObject({ status: 'diverged', gap: null });
    expect(select(rows, { kind: 'layer' })).toHaveLength(0);
  });
});

describe('products that skip zeros', () => {
  const product = productWithZeros({ batch: 5, width: 24, zeroFraction: 0.6, seed: 1 });
  const { a, b, rows, inner, columns } = product;

  it('come to what the sums say, by every kernel', () => {
    for (const { run, result } of Object.values(kernelsFor(product))) {
      run();
      const c = result();
      for (let i = 0; i < rows * columns; i++) {
        let sum = 0;
        for (let l = 0; l < inner; l++) sum += a[Math.floor(i / columns) * inner + l] * b[l * columns + (i % columns)];
        expect(Math.abs(c[i] - sum)).toBeLessThan(1e-4);
      }
    }
  });

  it('do columns × elements that are not 0 multiply-adds, and a dense one all', () => {
    const c = new Float32Array(rows * columns);
    expect(skippingProduct(c, product)).toBe(columns * a.filter((x) => x !== 0).length);
    expect(plainProduct(c, product)).toBe(rows * inner * columns);
  });

  it('are timed in every round but the first', () => {
    const condition = { batches: [1, 2], width: 8, zeroFractions: [0, 0.9], rounds: 2, milliseconds: 0 };
    const { rows: none, timings = [] } = timeSkipping(condition, 1, context);
    expect(none).toEqual([]);
    expect(timings).toHaveLength(2 * 2 * 2 * 4);
    expect(timings.every(({ seconds, round }) => Number(seconds) > 0 && Number(round) >= 1)).toBe(true);
  });
});

describe('what is made of times', () => {
  it('divides those of the same round and share of zeros', () => {
    const time = (kernel: string, round: number, seconds: number) => ({
      ...{ batch: 1, zeroFraction: 0.5 },
      ...{ kernel, round, seconds },
    });
    const timings = [time('dense', 1, 2), time('plain', 1, 6), time('dense', 2, 1), time('plain', 2, 5)];
    expect([...overDense(timings, { kernel: 'plain', batch: 1, zeroFraction: 0.5 }).values()]).toEqual([3, 5]);
  });

  it('finds where skipping begins to pay for good', () => {
    const at = (...ys: readonly number[]) => crossover(ys.map((y, i) => ({ x: i / 10, y })));
    expect(at(4, 0.25)).toBeCloseTo(0.05, 12);
    expect(at(2, 0.9, 2, 0.5)).toBeCloseTo(0.25, 12);
    expect(at(0.5, 0.4)).toBe(0);
    expect(at(3, 2)).toBeNull();
  });
});
