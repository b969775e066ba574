import { SweepError } from './errors.ts';
import type { Job } from './job.ts';
import { runSweep } from './sweep.ts';
import { workerPool } from './worker-pool.ts';

/** How much of several workers a sweep makes use of. */
export interface ParallelEfficiency {
  readonly workers: number;
  /** Time of all jobs on one worker. */
  readonly oneWorkerSeconds: number;
  /** Time of all jobs on all workers. */
  readonly seconds: number;
  /** `oneWorkerSeconds / (workers × seconds)`: 1 when n workers are n times as fast as one. */
  readonly efficiency: number;
}

/** Options of {@link parallelEfficiency}. */
export interface ParallelEfficiencyOptions {
  readonly jobs: readonly Job[];
  /** At least 2. Default 2. */
  readonly workers?: number;
  /** How often to measure each, in turns; the shortest times count. Default 3. */
  readonly repeats?: number;
}

/**
 * Measures how much faster several workers run these jobs than one does. Workers are started, and have loaded the experiment, before the
 * clock starts. Nothing else should run on the machine.
 *
 * @throws SweepError when there are no jobs, fewer than 2 workers or no repeats, or a job fails.
 */
export async function parallelEfficiency(options: ParallelEfficiencyOptions): Promise<ParallelEfficiency> {
  const { jobs, workers = 2, repeats = 3 } = options;
  if (jobs.length === 0) throw new SweepError('There are no jobs to measure with');
  if (!Number.isSafeInteger(workers) || workers < 2) throw new SweepError(`workers must be 2 or more, not ${workers}`);
  if (!Number.isSafeInteger(repeats) || repeats < 1) throw new SweepError(`repeats must be 1 or more, not ${repeats}`);
  const pools = [workerPool({ workers: 1 }), workerPool({ workers })] as const;
  const best = [Infinity, Infinity];
  try {
    for (let repeat = 0; repeat <= repeats; repeat++) {
      for (const [i, executor] of pools.entries()) {
        const start = performance.now();
        const { failures } = await runSweep({ jobs, executor });
        const seconds = (performance.now() - start) / 1000;
        const [failure] = failures;
        if (failure) throw new SweepError(`A job failed: ${failure.error.name}: ${failure.error.message}`);
        if (repeat > 0) best[i] = Math.min(best[i] ?? Infinity, seconds); // The first time is for warming up.
      }
    }
  } finally {
    for (const pool of pools) await pool.close();
  }
  const [oneWorkerSeconds = NaN, seconds = NaN] = best;
  return { workers, oneWorkerSeconds, seconds, efficiency: oneWorkerSeconds / (workers * seconds) };
}
