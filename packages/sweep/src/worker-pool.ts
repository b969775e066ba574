import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { Piscina } from 'piscina';
import { SweepError } from './errors.ts';
import type { SweepExecutor } from './executor.ts';
import { type PoolRun, startPoolRun } from './pool-run.ts';

/** Options of {@link workerPool}. */
export interface WorkerPoolOptions {
  /** How many jobs run at a time, each in a thread of its own. Default: as many as the machine runs in parallel. */
  readonly workers?: number;
  /** JavaScript heap of each worker, in megabytes; a job that needs more fails. Default: Node's own limit. */
  readonly heapMegabytes?: number;
  /** How long, in seconds, an aborted job may take to end before its worker is terminated. Default 2. */
  readonly graceSeconds?: number;
  /** How long a job may take, in seconds; one that takes longer is terminated, and fails. Default: no limit. */
  readonly timeLimitSeconds?: number;
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
  const { workers = availableParallelism(), heapMegabytes, graceSeconds = 2, timeLimitSeconds = Infinity } = options;
  if (!Number.isSafeInteger(workers) || workers < 1) {
    throw new SweepError(`workers must be a positive integer, not ${workers}`);
  }
  if (heapMegabytes !== undefined && !(heapMegabytes > 0 && heapMegabytes < Infinity)) {
    throw new SweepError(`heapMegabytes must be a positive number, not ${heapMegabytes}`);
  }
  if (!(graceSeconds >= 0)) throw new SweepError(`graceSeconds must be 0 or more, not ${graceSeconds}`);
  if (!(timeLimitSeconds > 0)) throw new SweepError(`timeLimitSeconds must be above 0, not ${timeLimitSeconds}`);

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
  let state: 'idle' | 'running' | 'closed' = 'idle';
  let current: PoolRun | undefined;

  // When the last worker dies before it could take a job, nobody would ever take it.
  let workerError: unknown;
  pool.on('error', (error: unknown) => {
    workerError = error;
  });
  pool.on('workerDestroy', () =>
    setImmediate(() => {
      if (pool.threads.length === 0) current?.terminate(workerError);
    }),
  );

  return {
    async run(jobs, onResult, runOptions = {}) {
      if (state === 'closed') throw new SweepError('This executor is closed; make a new one');
      if (state === 'running') {
        throw new SweepError('This executor is running jobs already; wait for them, or make another one');
      }
      runOptions.signal?.throwIfAborted();
      state = 'running';
      try {
        current = startPoolRun(pool, jobs, onResult, { ...runOptions, workers, graceSeconds, timeLimitSeconds });
        await current.ended;
      } finally {
        current = undefined;
        if (state === 'running') state = 'idle';
      }
    },
    async close() {
      state = 'closed';
      current?.stop(new SweepError('The executor was closed while jobs were running'));
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
