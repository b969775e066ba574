import { describe, expect, it } from 'vitest';
import { type Condition, trainOnDigits } from './experiment.ts';

const condition: Condition = {
  activation: 'relu',
  hidden: [32, 16],
  trainingDigits: 1024,
  testDigits: 300,
  gradientDigits: 64,
  epochs: 2,
  batchSize: 64,
  learningRate: 0.05,
  momentum: 0.9,
};

const context = { signal: new AbortController().signal, onProgress: () => {} };

describe('trainOnDigits', () => {
  it('gives a run, its epochs, and what units and gradients do before and after', async () => {
    const rows = await trainOnDigits(condition, 3, context);
    const count = (kind: string) => rows.filter((row) => row.kind === kind).length;
    expect({ run: count('run'), epoch: count('epoch'), units: count('units'), gradient: count('gradient') }).toEqual({
      run: 1,
      epoch: 2,
      units: 2 * 2,
      gradient: 2 * 3,
    });
    expect(rows.every((row) => row.activation === 'relu' && row.seed === 3)).toBe(true);
    expect(rows.filter((row) => row.kind === 'epoch').every((row) => row.status === 'completed')).toBe(true);
    // 1024 digits tell far more than a guess in ten.
    expect(rows.find((row) => row.kind === 'run')?.testAccuracy).toBeGreaterThan(0.6);
  });

  it('gives the same rows for the same seed, and others for another', async () => {
    const [first, again, other] = await Promise.all([3, 3, 4].map((seed) => trainOnDigits(condition, seed, context)));
    expect(again).toEqual(first);
    expect(other[0]).not.toEqual(first[0]);
  });

  it('says that a run diverged instead of dropping it, and nothing of an end that there is not', async () => {
    const rows = await trainOnDigits({ ...condition, learningRate: 1e30 }, 3, context);
    const run = rows.find((row) => row.kind === 'run');
    expect(run).toMatchObject({ status: 'diverged', testAccuracy: null, testLoss: null });
    expect(run?.divergedLayer).toMatch(/^(dense|relu)\d$/);
    expect(rows.filter(({ kind, moment }) => kind === 'units' && moment === 'start')).toHaveLength(2);
    expect(rows.filter(({ kind, moment }) => kind === 'gradient' && moment === 'start')).toHaveLength(3);
    expect(rows.filter(({ moment }) => moment === 'end')).toEqual([]);
  });

  it('stops when the sweep does', async () => {
    const controller = new AbortController();
    const stopped = trainOnDigits(condition, 3, { signal: controller.signal, onProgress: () => controller.abort() });
    await expect(stopped).rejects.toThrow(/abort/i);
  });
});
