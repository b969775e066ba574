import { Worker } from 'node:worker_threads';
import type { BackendOptions } from '@relu-lab/core';
import type { PreparedWork } from '../../engine.ts';
import type { Work } from '../../work.ts';

export type SweepWork = Extract<Work, { kind: 'sweep' }>;

/** What a worker gets when it starts, and the seeds that are its own. */
export interface SweepShare {
  readonly work: SweepWork;
  readonly backend: BackendOptions;
  readonly seeds: readonly number[];
}

/** All seeds over worker threads, each with an arena of its own. */
export async function ourSweep(work: SweepWork, backend: BackendOptions): Promise<PreparedWork> {
  const workers = Array.from({ length: work.workers }, (_, i) => {
    const seeds = Array.from({ length: work.seeds }, (_, seed) => seed).filter((seed) => seed % work.workers === i);
    const share: SweepShare = { work, backend, seeds };
    return new Worker(new URL('./sweep-worker.js', import.meta.url), { workerData: share });
  });
  let last: readonly number[] = [];
  const runAll = async (): Promise<void> => {
    const results = await Promise.all(workers.map(runOnce));
    last = results[0];
  };
  return {
    run: runAll,
    result: () => last,
    drop: () => workers.forEach((worker) => void worker.terminate()),
  };
}

function runOnce(worker: Worker): Promise<readonly number[]> {
  return new Promise((resolve, reject) => {
    const settle = (): void => {
      worker.off('message', done);
      worker.off('error', failed);
    };
    const done = (result: readonly number[]): void => {
      settle();
      resolve(result);
    };
    const failed = (error: unknown): void => {
      settle();
      reject(error instanceof Error ? error : new Error(String(error)));
    };
    worker.on('message', done);
    worker.on('error', failed);
    worker.postMessage('run');
  });
}
