import { setImmediate, setTimeout } from 'node:timers/promises';
import type { MessagePort } from 'node:worker_threads';
import type { Job } from './job.ts';
import { type JobChannel, isAbortRequested, readHeard, takeNext, writeFraction, writeJob } from './job-channel.ts';
import { type JobEnding, runJob } from './run-job.ts';

const pollMilliseconds = 50;
/** How many endings may be on their way: one, so that the worker does not wait, and an abort still finds the other jobs not begun. */
const mostUnheard = 1;

/** What a worker needs to know of a job. */
export type WorkerJob = Pick<Job, 'experiment' | 'parameters' | 'seed'>;

/** What the pool sends to a worker: the lane in which it runs, and all the jobs that it may take. */
export interface WorkerTask {
  readonly channel: JobChannel;
  readonly lane: number;
  /** Jobs for this worker alone, to be run before any other. */
  readonly own: readonly { readonly index: number; readonly job: WorkerJob }[];
  /** The jobs from number `from` on, of which every worker takes the next that nobody has. */
  readonly jobs: readonly WorkerJob[];
  readonly from: number;
  /** Where endings go. */
  readonly port: MessagePort;
}

/** How job `index` ended. */
export interface EndingMessage {
  readonly index: number;
  readonly ending: Exclude<JobEnding, { readonly status: 'aborted' }>;
}

/**
 * Runs jobs in a worker thread until there are no more, or the run is aborted. It does not wait for the main
 * thread, which hears of each ending when it has time, unless that is several endings behind. The pool calls it by name.
 */
export async function runInWorker(task: WorkerTask): Promise<void> {
  const { channel, lane, port } = task;
  const { signal, stopPolling } = channelSignal(channel);
  let sent = 0;
  try {
    for (const { index, job } of jobsOf(task)) {
      writeJob(channel, lane, index);
      const ending = await runJob(job, { signal, onProgress: (fraction) => writeFraction(channel, lane, fraction) });
      await setImmediate(); // A rejection that the job left behind ends the worker now, and not under the next job.
      if (ending.status === 'aborted') return;
      port.postMessage({ index, ending } satisfies EndingMessage);
      sent += 1;
      while (sent - readHeard(channel, lane) > mostUnheard && !isAbortRequested(channel)) await setTimeout(1);
    }
  } finally {
    stopPolling();
  }
}

function* jobsOf({
  channel,
  own,
  jobs,
  from,
}: WorkerTask): Generator<{ readonly index: number; readonly job: WorkerJob }> {
  for (const entry of own) {
    if (isAbortRequested(channel)) return;
    yield entry;
  }
  while (!isAbortRequested(channel)) {
    const index = takeNext(channel);
    const job = jobs[index - from];
    if (job === undefined) return;
    yield { index, job };
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
