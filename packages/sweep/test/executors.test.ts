import { type JobOutcome, type SweepExecutor, createJobs, inProcess, workerPool } from '../src/index.ts';
import { afterAll, describe, expect, it } from 'vitest';
import { expectedPowers, misbehaves, misbehaving, plain, powers } from './experiments.ts';

const executors: readonly { name: string; executor: SweepExecutor }[] = [
  { name: 'inProcess', executor: inProcess() },
  { name: 'workerPool of 1', executor: workerPool({ workers: 1 }) },
  { name: 'workerPool of 2', executor: workerPool({ workers: 2, heapMegabytes: 64 }) },
];
const pool = executors.find(({ name }) => name === 'workerPool of 2')?.executor ?? inProcess();

afterAll(async () => {
  await Promise.all(executors.map(({ executor }) => executor.close()));
});

async function outcomesOf(executor: SweepExecutor, jobs: Parameters<SweepExecutor['run']>[0]): Promise<JobOutcome[]> {
  const outcomes: JobOutcome[] = [];
  await executor.run(jobs, (outcome) => outcomes.push(outcome));
  return jobs.flatMap((job) => outcomes.filter((outcome) => outcome.job === job));
}

describe.each(executors)('$name', ({ executor }) => {
  it('gives every job the rows that its formula predicts', async () => {
    const jobs = createJobs(
      powers,
      [
        { base: 2, steps: 5 },
        { base: -3, steps: 4, delay: 8 },
      ],
      [0, 7, 11],
    );
    const outcomes = await outcomesOf(executor, jobs);
    expect(outcomes.map((outcome) => outcome.status === 'completed' && outcome.rows)).toEqual([
      expectedPowers(2, 5, 0),
      expectedPowers(2, 5, 7),
      expectedPowers(2, 5, 11),
      expectedPowers(-3, 4, 0),
      expectedPowers(-3, 4, 7),
      expectedPowers(-3, 4, 11),
    ]);
  });

  it('keeps what depends on the clock apart from the rows', async () => {
    const [outcome] = await outcomesOf(executor, createJobs(powers, [{ base: 2, steps: 1, delay: 20 }], [0]));
    expect(outcome).toMatchObject({ status: 'completed', timings: [{ milliseconds: expect.any(Number) }] });
  });

  it('hands numbers over as they are, NaN, infinities and -0 too', async () => {
    const [outcome] = await outcomesOf(executor, createJobs(plain('oddNumbers'), [{}], [0]));
    expect(outcome?.status === 'completed' && outcome.rows).toEqual([
      { nan: NaN, infinity: Infinity, minusInfinity: -Infinity, minusZero: -0, nothing: null, text: 'NaN', yes: true },
    ]);
  });

  it('gives each job parameters of its own', async () => {
    const jobs = createJobs(plain('spoil'), [{ list: [] }], [1, 2, 3]);
    const outcomes = await outcomesOf(executor, jobs);
    expect(outcomes.map((outcome) => outcome.status === 'completed' && outcome.rows)).toEqual([
      [{ length: 1 }],
      [{ length: 1 }],
      [{ length: 1 }],
    ]);
    expect(jobs[0]?.parameters).toEqual({ list: [] });
  });

  it('reports a job that throws, with message, stack and cause, and goes on', async () => {
    const jobs = createJobs(
      misbehaves,
      [{ kind: 'throws' }, { kind: 'rejects' }, { kind: 'throwsText' }, { kind: 'well' }],
      [5],
    );
    const outcomes = await outcomesOf(executor, jobs);
    expect(outcomes).toMatchObject([
      { status: 'failed', job: jobs[0], error: { name: 'RangeError', message: 'width 0 is too small' } },
      { status: 'failed', error: { name: 'TypeError', message: 'no such optimiser' } },
      { status: 'failed', error: { name: 'Error', message: 'just a text' } },
      { status: 'completed', rows: [{ kind: 'well', seed: 5 }] },
    ]);
    const stack = outcomes[0]?.status === 'failed' ? outcomes[0].error.stack : '';
    expect(stack).toContain('misbehaving.ts');
    expect(stack).toContain('Caused by: Error: the layer has no units');
  });

  it('says which row and column is none', async () => {
    const jobs = createJobs(
      misbehaving('returnsNonsense'),
      ['nothing', 'number', 'nested', 'undefined', 'map'].map((value) => ({ value })),
      [0],
    );
    const outcomes = await outcomesOf(executor, jobs);
    expect(outcomes.map((outcome) => outcome.status === 'failed' && outcome.error)).toMatchObject([
      { name: 'ExperimentError', message: expect.stringContaining('not undefined') },
      { name: 'ExperimentError', message: expect.stringContaining('not a number') },
      { name: 'ExperimentError', message: expect.stringContaining('rows[1].loss must be a number') },
      { name: 'ExperimentError', message: expect.stringContaining('rows[0].loss') },
      { name: 'ExperimentError', message: expect.stringContaining('not a Map') },
    ]);
  });

  it('says what a module exports instead of the experiment, and which module is not there', async () => {
    const [missing] = await outcomesOf(executor, createJobs(plain('oddNumber'), [{}], [0]));
    expect(missing).toMatchObject({
      error: {
        name: 'ExperimentError',
        message: expect.stringMatching(/no function 'oddNumber'; it exports callNumber,/),
      },
    });
    const [constant] = await outcomesOf(executor, createJobs(misbehaving('notAFunction'), [{}], [0]));
    expect(constant).toMatchObject({
      error: { name: 'ExperimentError', message: expect.stringContaining('misbehaves') },
    });
    const nowhere = { module: 'file:///no/such/module.mjs', export: 'run' };
    const [absent] = await outcomesOf(executor, createJobs(nowhere, [{}], [0]));
    expect(absent).toMatchObject({
      error: { name: 'ExperimentError', message: expect.stringContaining('/no/such/module.mjs') },
    });
  });

  it('reports progress of a running job, live and rising', async () => {
    const jobs = createJobs(powers, [{ base: 2, steps: 50, delay: 800 }], [0]);
    const reports: { readonly at: number; readonly fraction: number }[] = [];
    await executor.run(jobs, () => undefined, {
      onProgress: ({ job, fraction }) => {
        expect(job).toBe(jobs[0]);
        reports.push({ at: performance.now(), fraction });
      },
    });
    const fractions = reports.map(({ fraction }) => fraction);
    expect(fractions.length).toBeGreaterThan(2);
    expect(fractions).toEqual([...fractions].sort((a, b) => a - b));
    const [first, last] = [reports[0], reports.at(-1)];
    const gap = ((last?.at ?? 0) - (first?.at ?? 0)) / (reports.length - 1);
    expect(gap).toBeGreaterThan(80); // The job reports every 16 ms.
  });

  it('rejects with the error of onResult, and starts no further job', async () => {
    const jobs = createJobs(powers, [{ base: 2, steps: 1, delay: 10 }], [0, 1, 2, 3, 4, 5]);
    let results = 0;
    const full = new Error('disk full');
    const run = executor.run(jobs, () => {
      results += 1;
      throw full;
    });
    await expect(run).rejects.toBe(full);
    expect(results).toBeLessThanOrEqual(2);
  });

  it('rejects with the error of onProgress, which is not the job’s', async () => {
    const broken = new Error('the progress bar broke');
    const run = executor.run(createJobs(powers, [{ base: 2, steps: 20, delay: 400 }], [0]), () => undefined, {
      onProgress: () => {
        throw broken;
      },
    });
    await expect(run).rejects.toBe(broken);
  });
});

describe('workerPool', () => {
  it('loads a module once a worker', async () => {
    const one = workerPool({ workers: 1 });
    const outcomes = await outcomesOf(one, createJobs(plain('callNumber'), [{}], [1, 2, 3]));
    await one.close();
    expect(outcomes.map((outcome) => outcome.status === 'completed' && outcome.rows)).toEqual([
      [{ call: 1 }],
      [{ call: 2 }],
      [{ call: 3 }],
    ]);
  });

  it.each([
    ['exits', 'exited with code: 3'],
    ['exitsQuietly', 'exited with code: 0'],
    ['exhaustsHeap', 'memory'],
    ['leavesRejection', 'nobody waits for this'],
    ['throwsLater', 'thrown from a timer'],
  ] as const)('fails only the job that %s, and the rest goes on', async (kind, message) => {
    const before = createJobs(misbehaves, [{ kind: 'well' }], [0, 1, 2]);
    const bad = createJobs(misbehaves, [{ kind }], [3]);
    const after = createJobs(misbehaves, [{ kind: 'well' }], [4, 5, 6]);
    const outcomes = await outcomesOf(pool, [...before, ...bad, ...after]);
    expect(outcomes.map(({ status }) => status)).toEqual([
      'completed',
      'completed',
      'completed',
      'failed',
      'completed',
      'completed',
      'completed',
    ]);
    expect(outcomes[3]).toMatchObject({ error: { message: expect.stringContaining(message) } });
  });

  it('replaces a worker that every job kills', async () => {
    const one = workerPool({ workers: 1 });
    const outcomes = await outcomesOf(one, createJobs(misbehaves, [{ kind: 'exits' }], [1, 2, 3]));
    await one.close();
    expect(outcomes.map(({ status }) => status)).toEqual(['failed', 'failed', 'failed']);
  });

  it.each(['looksAway', 'waits'])(
    'ends a job that takes longer than its limit (%s), and the rest goes on',
    async (name) => {
      const limited = workerPool({ workers: 2, timeLimitSeconds: 0.4 });
      const slow = createJobs(misbehaving(name), [{ milliseconds: 5000 }], [1]);
      const quick = createJobs(misbehaving('looksAway'), [{ milliseconds: 10 }], [2, 3, 4, 5, 6]);
      const outcomes = await outcomesOf(limited, [...slow, ...quick]);
      await limited.close();
      expect(outcomes.map(({ status }) => status)).toEqual(['failed', ...quick.map(() => 'completed')]);
      expect(outcomes[0]).toMatchObject({
        error: { message: 'The job took longer than 0.4 s, which is its limit' },
        seconds: expect.closeTo(0.5, 0) as number,
      });
    },
  );

  it('reports jobs instead of waiting for ever when no worker can start', async () => {
    const tiny = workerPool({ workers: 1, heapMegabytes: 0.1 });
    const outcomes = await outcomesOf(tiny, createJobs(misbehaves, [{ kind: 'well' }], [1, 2]));
    await tiny.close();
    expect(outcomes.map(({ status }) => status)).toEqual(['failed', 'failed']);
    expect(outcomes[0]).toMatchObject({ error: { message: expect.stringContaining('memory') } });
  });

  it('does not hand the conditions of tests to workers, which read built packages', async () => {
    const [outcome] = await outcomesOf(pool, createJobs(plain('flags'), [{}], [0]));
    expect(outcome?.status === 'completed' && outcome.rows).toEqual([{ flags: '' }]);
  });

  it('refuses impossible options', () => {
    expect(() => workerPool({ workers: 0 })).toThrow('workers must be a positive integer, not 0');
    expect(() => workerPool({ workers: 1.5 })).toThrow('not 1.5');
    expect(() => workerPool({ heapMegabytes: -1 })).toThrow('heapMegabytes must be a positive number, not -1');
    expect(() => workerPool({ heapMegabytes: Infinity })).toThrow('not Infinity');
    expect(() => workerPool({ timeLimitSeconds: 0 })).toThrow('timeLimitSeconds must be above 0, not 0');
    expect(() => workerPool({ graceSeconds: NaN })).toThrow('graceSeconds must be 0 or more, not NaN');
  });

  it('runs one list of jobs at a time, and none when closed', async () => {
    const one = workerPool({ workers: 1 });
    const jobs = createJobs(powers, [{ base: 2, steps: 1, delay: 5000 }], [0]);
    const first = one.run(jobs, () => undefined);
    await expect(one.run(jobs, () => undefined)).rejects.toThrow('running jobs already');
    await Promise.all([expect(first).rejects.toThrow('closed while jobs were running'), one.close()]);
    await expect(one.run(jobs, () => undefined)).rejects.toThrow('closed; make a new one');
  });
});

describe('inProcess', () => {
  it('runs nothing when closed', async () => {
    const executor = inProcess();
    await executor.close();
    await expect(executor.run([], () => undefined)).rejects.toThrow('closed; make a new one');
  });
});
