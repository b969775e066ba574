import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { Piscina } from 'piscina';
import { SweepError } from './errors.ts';
import type { ExecutorOptions, JobOutcome, SweepExecutor } from './executor.ts';
import type { Job } from './job.ts';
import { createChannel, readFraction, requestAbort, writeFraction } from './job-channel.ts';
import { type JobEnding, errorRecord } from './run-job.ts';
import type { WorkerTask } from './worker.ts';

const progressMilliseconds = 100;
/** The longest that a timer can wait: it takes a longer time for none at all. */
const longestTimer = 2 ** 31 - 1;

/** Options of {@link workerPool}. */
export interface WorkerPoolOptions {
  /** How many jobs run at a time, each in a thread of its own. Default: as many as the machine runs in parallel. */
  readonly workers?: number;
  /** JavaScript heap of each worker, in megabytes; a job that needs more fails. Default: Node's own limit. */
  readonly heapMegabytes?: number;
  /** How long, in seconds, an aborted job may take to end before its worker is terminated. Default 2. */
  readonly graceSeconds?: number;
}

/** A job in a worker, or waiting for one to start. */
interface RunningJob {
  readonly job: Job;
  /** Aborting it terminates the worker. */
  readonly controller: AbortController;
  fraction: number;
}

/**
 * Runs jobs over worker threads. Workers start when they are needed and keep the modules that they have loaded, so
 * changed code needs a new pool. A job that throws, exits its worker or exhausts its heap fails alone.
 *
 * Takes one list of jobs at a time. Idle workers do not keep the process alive; `close()` ends them at once.
 *
 * @throws SweepError when an option is not a positive number (`graceSeconds` may be 0), or the package is not built.
 */
export function workerPool(options: WorkerPoolOptions = {}): SweepExecutor {
  const { workers = availableParallelism(), heapMegabytes, graceSeconds = 2 } = options;
  if (!Number.isSafeInteger(workers) || workers < 1) {
    throw new SweepError(`workers must be a positive integer, not ${workers}`);
  }
  if (heapMegabytes !== undefined && !(heapMegabytes > 0 && heapMegabytes < Infinity)) {
    throw new SweepError(`heapMegabytes must be a positive number, not ${heapMegabytes}`);
  }
  if (!(graceSeconds >= 0)) throw new SweepError(`graceSeconds must be 0 or more, not ${graceSeconds}`);

  const pool = new Piscina({
    ...workerFile(),
    name: 'runInWorker',
    minThreads: 0,
    maxThreads: workers,
    idleTimeout: Infinity,
    // Between jobs a worker waits in its event loop, so that what a job left behind can end, or be seen to fail.
    atomics: 'disabled',
    ...(heapMegabytes !== undefined && { resourceLimits: { maxOldGenerationSizeMb: heapMegabytes } }),
  });
  /** By lane. A lane runs one job after another; there are as many as workers, so the pool itself never queues. */
  const running = new Map<number, RunningJob>();
  let state: 'idle' | 'running' | 'closed' = 'idle';

  // When the last worker dies before it could take a job, nobody would ever take it.
  let workerError: unknown;
  pool.on('error', (error: unknown) => {
    workerError = error;
  });
  pool.on('workerDestroy', () =>
    setImmediate(() => {
      if (pool.threads.length === 0) for (const { controller } of running.values()) controller.abort(workerError);
    }),
  );

  async function run(
    jobs: readonly Job[],
    onResult: (outcome: JobOutcome) => void,
    { signal, onProgress }: ExecutorOptions,
  ): Promise<void> {
    signal?.throwIfAborted();
    const lanes = Math.min(workers, jobs.length);
    const channel = createChannel(lanes);

    let stopReason: { readonly error: unknown } | undefined;
    let graceTimer: NodeJS.Timeout | undefined;
    const stop = (error: unknown): void => {
      if (stopReason) return;
      stopReason = { error };
      requestAbort(channel);
      const terminate = (): void => {
        for (const { controller } of running.values()) controller.abort();
      };
      graceTimer = setTimeout(terminate, Math.min(graceSeconds * 1000, longestTimer));
    };

    const runInPool = async (job: Job, lane: number): Promise<JobEnding> => {
      const controller = new AbortController();
      const { experiment, parameters, seed } = job;
      const task: WorkerTask = { experiment, parameters, seed, channel, lane };
      writeFraction(channel, lane, 0);
      running.set(lane, { job, controller, fraction: 0 });
      try {
        return (await pool.run(task, { signal: controller.signal })) as JobEnding;
      } catch (error) {
        if (state === 'closed') throw new SweepError('The executor was closed while jobs were running');
        if (stopReason) return { status: 'aborted' };
        const { message, ...record } = errorRecord(controller.signal.aborted ? controller.signal.reason : error);
        return { status: 'failed', error: { ...record, message: `The worker of this job ended: ${message}` } };
      } finally {
        running.delete(lane);
      }
    };

    const queue = jobs.values(); // Shared by the lanes: each takes the next job that nobody has.
    let outcomes = 0;
    const runLane = async (lane: number): Promise<void> => {
      try {
        for (const job of queue) {
          const ending = await runInPool(job, lane);
          if (ending.status !== 'aborted') {
            onResult({ ...ending, job });
            outcomes += 1;
          }
          if (stopReason) return;
        }
      } catch (error) {
        stop(error);
      }
    };

    const reportProgress = (): void => {
      try {
        for (const [lane, runningJob] of running) {
          const fraction = readFraction(channel, lane);
          if (fraction === runningJob.fraction) continue;
          runningJob.fraction = fraction;
          onProgress?.({ job: runningJob.job, fraction });
        }
      } catch (error) {
        stop(error);
      }
    };

    const onAbort = (): void => stop(signal?.reason);
    signal?.addEventListener('abort', onAbort);
    const progressTimer = onProgress && setInterval(reportProgress, progressMilliseconds);
    await Promise.all(Array.from({ length: lanes }, (_, lane) => runLane(lane)));
    clearInterval(progressTimer);
    clearTimeout(graceTimer);
    signal?.removeEventListener('abort', onAbort);
    if (stopReason && (outcomes < jobs.length || !signal?.aborted)) throw stopReason.error;
  }

  return {
    async run(jobs, onResult, options = {}) {
      if (state === 'closed') throw new SweepError('This executor is closed; make a new one');
      if (state === 'running') {
        throw new SweepError('This executor is running jobs already; wait for them, or make another one');
      }
      state = 'running';
      try {
        await run(jobs, onResult, options);
      } finally {
        if (state === 'running') state = 'idle';
      }
    },
    async close() {
      state = 'closed';
      await pool.destroy();
    },
  };
}

/**
 * The worker's file, always a built one. Where this package runs from its sources, the conditions that lead there (as in
 * tests) must not reach the workers, which could not read them.
 */
function workerFile(): { readonly filename: string; readonly execArgv?: string[] } {
  const fromSource = import.meta.url.endsWith('.ts');
  const filename = fileURLToPath(new URL(fromSource ? '../dist/worker.js' : './worker.js', import.meta.url));
  if (!existsSync(filename)) throw new SweepError(`Workers need ${filename}, which is missing; build it first`);
  return fromSource ? { filename, execArgv: [] } : { filename };
}
