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
  /**
   * Share of the workers' time in which a job ran, in the fastest of the runs on all workers: what is missing to 1 is what handing out jobs costs. Unlike
   * `efficiency` it says something on a machine that is busy with other things, too.
   */
  readonly busyShare: number;
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
  let busySeconds = NaN;
  try {
    for (let repeat = 0; repeat <= repeats; repeat++) {
      for (const [i, executor] of pools.entries()) {
        const start = performance.now();
        const { results, failures } = await runSweep({ jobs, executor });
        const seconds = (performance.now() - start) / 1000;
        const [failure] = failures;
        if (failure) throw new SweepError(`A job failed: ${failure.error.name}: ${failure.error.message}`);
        if (repeat === 0 || seconds >= (best[i] ?? Infinity)) continue; // The first time is for warming up.
        best[i] = seconds;
        if (i === 1) busySeconds = results.reduce((sum, result) => sum + (result.seconds ?? NaN), 0);
      }
    }
  } finally {
    for (const pool of pools) await pool.close();
  }
  const [oneWorkerSeconds = NaN, seconds = NaN] = best;
  const efficiency = oneWorkerSeconds / (workers * seconds);
  return { workers, oneWorkerSeconds, seconds, efficiency, busyShare: busySeconds / (workers * seconds) };
}
