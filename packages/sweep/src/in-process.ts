import { setImmediate } from 'node:timers/promises';
import { SweepError } from './errors.ts';
import type { SweepExecutor } from './executor.ts';
import { runJob } from './run-job.ts';

const progressMilliseconds = 100;

/**
 * Runs jobs one after another in this thread: for tests, notebooks and debuggers, and for experiments that take less
 * time than a worker takes to start.
 *
 * Nothing can stop a synchronous experiment here: an abort is noticed between jobs, and within a job that awaits.
 */
export function inProcess(): SweepExecutor {
  let closed = false;
  return {
    async run(jobs, onResult, { signal = new AbortController().signal, onProgress } = {}) {
      if (closed) throw new SweepError('This executor is closed; make a new one');
      for (const job of jobs) {
        let reportedAt = -Infinity;
        let fault: { readonly error: unknown } | undefined;
        const ending = await runJob(job, {
          signal,
          onProgress: (fraction) => {
            const now = performance.now();
            if (now - reportedAt < progressMilliseconds) return;
            reportedAt = now;
            try {
              onProgress?.({ job, fraction });
            } catch (error) {
              fault ??= { error }; // The caller's error, which is not the experiment's.
            }
          },
        });
        if (fault) throw fault.error;
        if (ending.status === 'aborted') throw signal.reason;
        onResult({ ...ending, job });
        await setImmediate(); // Between synchronous jobs, Ctrl-C and timers get their turn.
      }
    },
    async close() {
      closed = true;
    },
  };
}
