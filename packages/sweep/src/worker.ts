import { setImmediate } from 'node:timers/promises';
import type { Job } from './job.ts';
import { type JobChannel, isAbortRequested, writeFraction } from './job-channel.ts';
import { type JobEnding, runJob } from './run-job.ts';

const pollMilliseconds = 50;

/** What the pool sends to a worker: a job, and the lane in which it runs. */
export interface WorkerTask extends Pick<Job, 'experiment' | 'parameters' | 'seed'> {
  readonly channel: JobChannel;
  readonly lane: number;
}

/** Runs one job in a worker thread. The pool calls it by name. */
export async function runInWorker({ channel, lane, ...job }: WorkerTask): Promise<JobEnding> {
  const { signal, stopPolling } = channelSignal(channel);
  try {
    const ending = await runJob(job, { signal, onProgress: (fraction) => writeFraction(channel, lane, fraction) });
    await setImmediate(); // A rejection that the job left behind ends the worker now, and not under the next job.
    return ending;
  } finally {
    stopPolling();
  }
}

/** A signal that follows the channel: by a timer where the experiment awaits, and whenever it is looked at. */
function channelSignal(channel: JobChannel): { signal: AbortSignal; stopPolling: () => void } {
  const controller = new AbortController();
  const { signal } = controller;
  const poll = (): void => {
    if (isAbortRequested(channel)) controller.abort();
  };
  const live = <Value>(read: () => Value) => ({
    get: (): Value => {
      poll();
      return read();
    },
  });
  const inherited = (key: 'aborted' | 'reason'): unknown => Reflect.get(AbortSignal.prototype, key, signal);
  const throwIfAborted = AbortSignal.prototype.throwIfAborted.bind(signal);
  Object.defineProperties(signal, {
    aborted: live(() => inherited('aborted')),
    reason: live(() => inherited('reason')),
    throwIfAborted: live(() => throwIfAborted),
  });
  const timer = setInterval(poll, pollMilliseconds);
  return { signal, stopPolling: () => clearInterval(timer) };
}
