import { type Job, type JobOutcome, createJobs, inProcess, runSweep, workerPool } from '../src/index.ts';
import { afterAll, describe, expect, it } from 'vitest';
import { expectedPowers, misbehaving, powers } from './experiments.ts';

const pool = workerPool({ workers: 2 });

afterAll(() => pool.close());

/** Runs `jobs`, and aborts soon after `heard` of them have said that they run. */
async function abortDuring(
  jobs: readonly Job[],
  { executor = pool, heard = 2 } = {},
): Promise<{
  readonly outcomes: JobOutcome[];
  readonly reason: unknown;
  readonly error: unknown;
  readonly seconds: number;
}> {
  const controller = new AbortController();
  const reason = new Error('enough');
  const outcomes: JobOutcome[] = [];
  const speakers = new Set<Job>();
  let abortedAt = 0;
  const error: unknown = await executor
    .run(jobs, (outcome) => outcomes.push(outcome), {
      signal: controller.signal,
      onProgress: ({ job }) => {
        if (speakers.has(job) || speakers.add(job).size !== heard) return;
        setTimeout(() => {
          abortedAt = performance.now();
          controller.abort(reason);
        }, 20);
      },
    })
    .catch((error: unknown) => error);
  return { outcomes, reason, error, seconds: (performance.now() - abortedAt) / 1000 };
}

describe('an aborted run over workers', () => {
  it.each(['loopsWatching', 'loopsThrowing', 'waits'])(
    'reaches the signal of an experiment that %s, and gives no outcome for it',
    async (name) => {
      const { outcomes, error, reason, seconds } = await abortDuring(createJobs(misbehaving(name), [{}], [1, 2, 3]));
      expect(error).toBe(reason);
      expect(outcomes).toEqual([]);
      expect(seconds).toBeLessThan(1.5); // Sooner than the grace of 2 s: the experiment itself has stopped.
    },
  );

  it('keeps the result of an experiment that never looked at the signal, and starts no further job', async () => {
    const jobs = createJobs(misbehaving('looksAway'), [{ milliseconds: 1000 }], [1, 2, 3, 4]);
    const { outcomes, error, reason } = await abortDuring(jobs);
    expect(error).toBe(reason);
    expect(outcomes.map(({ job }) => job.seed).sort()).toEqual([1, 2]);
    expect(outcomes).toMatchObject([{ status: 'completed' }, { status: 'completed' }]);
  });

  it('terminates a worker that does not end within the grace, and can run again', async () => {
    const impatient = workerPool({ workers: 1, graceSeconds: 0.2 });
    const jobs = createJobs(misbehaving('looksAway'), [{ milliseconds: 20_000 }], [1, 2]);
    const { outcomes, error, reason, seconds } = await abortDuring(jobs, { executor: impatient, heard: 1 });
    expect(error).toBe(reason);
    expect(outcomes).toEqual([]);
    expect(seconds).toBeLessThan(5);

    const again: JobOutcome[] = [];
    await impatient.run(createJobs(powers, [{ base: 2, steps: 3 }], [1]), (outcome) => again.push(outcome));
    expect(again).toMatchObject([{ status: 'completed', rows: expectedPowers(2, 3, 1) }]);
    await impatient.close();
  });
});

describe('an aborted run in process', () => {
  it('reaches an experiment that waits, and starts no further job', async () => {
    const jobs = createJobs(misbehaving('waits'), [{}], [1, 2]);
    const { outcomes, error, reason } = await abortDuring(jobs, { executor: inProcess(), heard: 1 });
    expect(error).toBe(reason);
    expect(outcomes).toEqual([]);
  });

  it('lets timers in between synchronous jobs', async () => {
    const jobs = createJobs(
      misbehaving('looksAway'),
      [{ milliseconds: 20 }],
      Array.from({ length: 100 }, (_, i) => i),
    );
    const { outcomes, error, reason } = await abortDuring(jobs, { executor: inProcess(), heard: 3 });
    expect(error).toBe(reason);
    expect(outcomes.length).toBeGreaterThan(0);
    expect(outcomes.length).toBeLessThan(100);
  });
});

describe.each([
  ['over workers', pool],
  ['in process', inProcess()],
])('a signal aborted beforehand, %s', (_, executor) => {
  it('runs nothing', async () => {
    const jobs = createJobs(powers, [{ base: 2, steps: 3 }], [1, 2]);
    const result = await runSweep({ jobs, executor, signal: AbortSignal.abort() });
    expect(result).toEqual({ status: 'aborted', results: [], failures: [], reused: 0 });
  });
});
