import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type SweepExecutor,
  type SweepProgress,
  createJobs,
  inProcess,
  openStore,
  runSweep,
  workerPool,
} from '../src/index.ts';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { expectedPowers, misbehaves, plain, powers } from './experiments.ts';

const pool = workerPool({ workers: 2 });
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sweep-'));
});
afterEach(() => rmSync(folder, { recursive: true }));
afterAll(() => pool.close());

/** An executor that finishes jobs in the reverse order. */
const backwards: SweepExecutor = {
  run: (jobs, ...rest) => inProcess().run([...jobs].reverse(), ...rest),
  close: async () => undefined,
};

/** Slow first jobs finish last. */
const conditions = [
  { base: 2, steps: 4, delay: 120 },
  { base: 3, steps: 3, delay: 60 },
  { base: 5, steps: 2 },
];
const expected = conditions.flatMap(({ base, steps }) => [1, 2].map((seed) => expectedPowers(base, steps, seed)));

describe('runSweep', () => {
  it.each([
    ['in process', inProcess()],
    ['backwards', backwards],
    ['with one worker', workerPool({ workers: 1 })],
    ['with two workers', pool],
    ['with more workers than jobs', workerPool({ workers: 9 })],
  ])('gives the same rows in the order of the jobs %s', async (_, executor) => {
    const jobs = createJobs(powers, conditions, [1, 2]);
    const result = await runSweep({ jobs, executor });
    if (executor !== pool) await executor.close();
    expect(result.status).toBe('completed');
    expect(result.results.map(({ job }) => job)).toEqual(jobs);
    expect(result.results.map(({ rows }) => rows)).toEqual(expected);
    expect(result.failures).toEqual([]);
  });

  it('says failed when a job failed, and has the results of the others', async () => {
    const jobs = createJobs(misbehaves, [{ kind: 'well' }, { kind: 'throws' }], [1, 2]);
    const { status, results, failures } = await runSweep({ jobs, executor: pool });
    expect(status).toBe('failed');
    expect(results.map(({ job }) => job)).toEqual([jobs[0], jobs[1]]);
    expect(failures.map(({ job }) => job)).toEqual([jobs[2], jobs[3]]);
  });

  it('completes a sweep of no jobs', async () => {
    const heard: SweepProgress[] = [];
    const result = await runSweep({ jobs: [], executor: pool, onProgress: (progress) => heard.push(progress) });
    expect(result).toEqual({ status: 'completed', results: [], failures: [], reused: 0 });
    expect(heard).toMatchObject([{ done: 0, total: 0, fraction: 1, remainingSeconds: 0 }]);
  });

  it('refuses the same job twice', async () => {
    const jobs = createJobs(powers, [{ base: 2, steps: 1 }], [1]);
    await expect(runSweep({ jobs: [...jobs, ...jobs], executor: pool })).rejects.toThrow(
      /Jobs 0 and 1 are the same.*seed 1/,
    );
  });

  it('does not call a sweep complete when an executor leaves jobs out', async () => {
    const lazy: SweepExecutor = { run: async () => undefined, close: async () => undefined };
    const jobs = createJobs(powers, [{ base: 2, steps: 1 }], [1, 2]);
    await expect(runSweep({ jobs, executor: lazy })).rejects.toThrow('2 of 2 jobs not run');
  });

  it('reports progress that never falls, from nothing to all', async () => {
    const jobs = createJobs(powers, [{ base: 2, steps: 30, delay: 300 }], [1, 2, 3, 4], {
      label: ({ base }, seed) => `base ${base}, seed ${seed}`,
    });
    const heard: SweepProgress[] = [];
    await runSweep({ jobs, executor: pool, onProgress: (progress) => heard.push(progress) });
    const fractions = heard.map(({ fraction }) => fraction);
    expect(fractions).toEqual([...fractions].sort((a, b) => a - b));
    expect(heard[0]).toMatchObject({ done: 0, total: 4, failed: 0, fraction: 0, remainingSeconds: null });
    expect(heard.at(-1)).toMatchObject({ done: 4, total: 4, failed: 0, fraction: 1, remainingSeconds: 0 });
    expect(heard.some(({ done, fraction }) => done === 0 && fraction > 0)).toBe(true);
    expect(heard.at(-1)?.label).toMatch(/^base 2, seed [1234]$/);
  });
});

describe('runSweep with a store', () => {
  const open = (fingerprint = 'f1') => openStore(folder, { fingerprint });

  it('runs what the store does not have, and gives the same results as without it', async () => {
    const some = createJobs(powers, conditions, [2]);
    const first = await runSweep({ jobs: some, executor: pool, store: open() });
    expect(first).toMatchObject({ status: 'completed', reused: 0 });

    const all = createJobs(powers, conditions, [1, 2]);
    const ran: number[] = [];
    const counting: SweepExecutor = {
      ...pool,
      run: (jobs, ...rest) => {
        ran.push(...jobs.map(({ seed }) => seed));
        return pool.run(jobs, ...rest);
      },
    };
    const second = await runSweep({ jobs: all, executor: counting, store: open() });
    expect(ran).toEqual([1, 1, 1]);
    expect(second).toMatchObject({ status: 'completed', reused: 3 });
    expect(second.results.map(({ rows }) => rows)).toEqual(expected);

    const third = await runSweep({ jobs: all, executor: pool, store: open() });
    expect(third.reused).toBe(6);
    expect(third.results).toEqual(second.results);
  });

  it('keeps NaN, infinities and -0', async () => {
    const jobs = createJobs(plain('oddNumbers'), [{}], [0]);
    const first = await runSweep({ jobs, executor: pool, store: open() });
    const second = await runSweep({ jobs, executor: pool, store: open() });
    expect(second.reused).toBe(1);
    expect(second.results[0]?.rows).toEqual([
      { nan: NaN, infinity: Infinity, minusInfinity: -Infinity, minusZero: -0, nothing: null, text: 'NaN', yes: true },
    ]);
    expect(second.results).toEqual(first.results);
  });

  it.each([
    ['over workers', pool],
    ['in process', inProcess()],
  ])('keeps what is finished when aborted half way, and resumes with the rest %s', async (_, executor) => {
    const jobs = createJobs(powers, [{ base: 2, steps: 2, delay: 20 }], [1, 2, 3, 4, 5, 6, 7, 8]);
    const controller = new AbortController();
    const first = await runSweep({
      jobs,
      executor,
      store: open(),
      signal: controller.signal,
      onProgress: ({ done }) => {
        if (done === 3) controller.abort();
      },
    });
    expect(first.status).toBe('aborted');
    expect(first.failures).toEqual([]);
    expect(first.results.length).toBeGreaterThanOrEqual(3);
    expect(first.results.length).toBeLessThan(8);
    expect(open().size).toBe(first.results.length);

    const second = await runSweep({ jobs, executor, store: open() });
    expect(second).toMatchObject({ status: 'completed', reused: first.results.length });
    expect(second.results.map(({ rows }) => rows)).toEqual(jobs.map(({ seed }) => expectedPowers(2, 2, seed)));
  });

  it('tries failed jobs again', async () => {
    const jobs = createJobs(misbehaves, [{ kind: 'well' }, { kind: 'throws' }], [1]);
    await runSweep({ jobs, executor: pool, store: open() });
    const again = await runSweep({ jobs, executor: pool, store: open() });
    expect(again).toMatchObject({ status: 'failed', reused: 1, failures: [{ error: { name: 'RangeError' } }] });
  });

  it('refuses runs of another fingerprint until they are discarded', async () => {
    const jobs = createJobs(powers, [{ base: 2, steps: 2 }], [1]);
    await runSweep({ jobs, executor: pool, store: open('f1') });
    const store = open('f2');
    await expect(runSweep({ jobs, executor: pool, store })).rejects.toThrow(/runs\.jsonl was made by other code/);
    store.discard();
    expect(await runSweep({ jobs, executor: pool, store })).toMatchObject({ status: 'completed', reused: 0 });
    expect(open('f2').size).toBe(1);
  });

  it('stops when the store cannot be written, and says so', async () => {
    const jobs = createJobs(powers, [{ base: 2, steps: 2, delay: 10 }], [1, 2, 3, 4, 5, 6]);
    const store = open();
    rmSync(store.file);
    rmSync(folder, { recursive: true });
    await expect(runSweep({ jobs, executor: pool, store })).rejects.toThrow(/Cannot write .*runs\.jsonl: ENOENT/);
    folder = mkdtempSync(join(tmpdir(), 'sweep-'));
  });

  it('runs again the run whose line was torn', async () => {
    const jobs = createJobs(powers, [{ base: 2, steps: 2 }], [1, 2, 3]);
    const { file } = open();
    await runSweep({ jobs, executor: inProcess(), store: open() });
    writeFileSync(file, readFileSync(file).subarray(0, -20));
    const result = await runSweep({ jobs, executor: pool, store: open() });
    expect(result).toMatchObject({ status: 'completed', reused: 2 });
    expect(open().size).toBe(3);
  });
});
