import { SweepError } from './errors.ts';
import type { JobFailure, JobOutcome, JobResult, SweepExecutor } from './executor.ts';
import { type Job, refuseDuplicates } from './job.ts';
import { type SweepProgress, trackProgress } from './progress.ts';
import type { SweepStore } from './store.ts';

/** Options of {@link runSweep}. */
export interface SweepOptions<Parameters = unknown> {
  readonly jobs: readonly Job<Parameters>[];
  /** Where jobs run. It stays open: whoever made it closes it. */
  readonly executor: SweepExecutor;
  /** Keeps finished runs, and gives those that it has. Default: nothing is kept. */
  readonly store?: SweepStore;
  /** Failures of an earlier time: these jobs count as failed, and are not run again. Default: none. */
  readonly failures?: readonly JobFailure[];
  /** Stops the sweep: running jobs are told, no further one starts, and what is finished stays. */
  readonly signal?: AbortSignal;
  /** Called at the start, while jobs run and after each. */
  readonly onProgress?: (progress: SweepProgress) => void;
}

/** What came of a sweep. */
export interface SweepResult<Parameters = unknown> {
  /** `completed`: every job has a result. `failed`: some jobs failed, the others have results. `aborted`: stopped before the end. */
  readonly status: 'completed' | 'failed' | 'aborted';
  /** Results in the order of the jobs, whatever order they finished in; without those that failed or were not run. */
  readonly results: readonly JobResult<Parameters>[];
  /** Failures in the order of the jobs. The store does not keep them. */
  readonly failures: readonly JobFailure<Parameters>[];
  /** How many of the results the store had before. */
  readonly reused: number;
}

/**
 * Runs the jobs that the store does not have, stores each result as soon as there is one, and returns all of them.
 *
 * The rows are the same with every executor, any number of workers and any order of execution, and whether they come
 * from the store or not.
 *
 * @throws SweepError when two jobs are the same.
 * @throws StoreError when the store is stale or cannot be written; no further job is then started.
 * @throws whatever `onProgress` throws, in the same way.
 */
export async function runSweep<Parameters>(options: SweepOptions<Parameters>): Promise<SweepResult<Parameters>> {
  const { jobs, executor, store, failures: earlier = [], signal, onProgress } = options;
  refuseDuplicates(jobs);

  const outcomes = new Map<string, JobOutcome>();
  for (const job of jobs) {
    const run = store?.get(job.id);
    if (!run) continue;
    const { rows, timings, seconds } = run;
    outcomes.set(job.id, { status: 'completed', job, rows, timings, ...(seconds !== undefined && { seconds }) });
  }
  const reused = outcomes.size;
  const failedBefore = new Map(earlier.map((failure) => [failure.job.id, failure]));
  for (const { id } of jobs) {
    const failure = outcomes.has(id) ? undefined : failedBefore.get(id);
    if (failure) outcomes.set(id, failure);
  }
  const missing = jobs.filter((job) => !outcomes.has(job.id));

  const progress =
    onProgress &&
    trackProgress({
      total: jobs.length,
      before: { completed: reused, failed: outcomes.size - reused },
      onProgress,
      now: () => performance.now(),
    });
  progress?.started();
  if (missing.length > 0) {
    const settle = (outcome: JobOutcome): void => {
      if (outcome.status === 'completed') store?.append(outcome);
      outcomes.set(outcome.job.id, outcome);
      progress?.ended(outcome.job, outcome.status === 'failed');
    };
    try {
      await executor.run(missing, settle, {
        ...(signal && { signal }),
        ...(progress && { onProgress: ({ job, fraction }) => progress.advanced(job, fraction) }),
      });
    } catch (error) {
      if (!signal?.aborted || error !== signal.reason) throw error;
    }
    if (outcomes.size < jobs.length && !signal?.aborted) {
      throw new SweepError(`The executor ended with ${jobs.length - outcomes.size} of ${missing.length} jobs not run`);
    }
  }

  const ordered = jobs.flatMap((job) => {
    const outcome = outcomes.get(job.id);
    return outcome ? [{ ...outcome, job }] : [];
  });
  const results = ordered.filter((outcome) => outcome.status === 'completed');
  const failures = ordered.filter((outcome) => outcome.status === 'failed');
  const status = ordered.length < jobs.length ? 'aborted' : failures.length > 0 ? 'failed' : 'completed';
  return { status, results, failures, reused };
}
