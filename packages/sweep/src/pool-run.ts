import { MessageChannel, receiveMessageOnPort } from 'node:worker_threads';
import type { Piscina } from 'piscina';
import type { ExecutorOptions, JobOutcome } from './executor.ts';
import type { Job } from './job.ts';
import {
  clearLane,
  countHeard,
  createChannel,
  noJob,
  peekNext,
  readFraction,
  readJob,
  readSeconds,
  requestAbort,
  takeNext,
} from './job-channel.ts';
import { errorRecord } from './run-job.ts';
import type { EndingMessage, WorkerTask } from './worker.ts';

const pollMilliseconds = 100;
/** The longest that a timer can wait: it takes a longer time for none at all. */
const longestTimer = 2 ** 31 - 1;

/** What a run over the pool needs to know. */
export interface PoolRunOptions extends ExecutorOptions {
  readonly workers: number;
  readonly graceSeconds: number;
  /** How long a job may take; Infinity for no limit. */
  readonly timeLimitSeconds: number;
}

/** A run of jobs over a pool. */
export interface PoolRun {
  /** Settles when every job has an outcome, or the run has stopped. */
  readonly ended: Promise<void>;
  /** Terminates every worker; the jobs that they have fail, for the reason given. */
  terminate(reason: unknown): void;
  /** Ends the run with this error: no further job starts. */
  stop(error: unknown): void;
}

/** A worker that runs one job after another. There are as many lanes as workers, so the pool itself never queues. */
interface Lane {
  readonly number: number;
  /** Aborting it terminates the worker. */
  controller: AbortController;
  /** The job that was terminated for taking too long. */
  overdue: number;
  fraction: number;
}

/**
 * Runs jobs over a pool. The workers take their jobs themselves, by a counter that they share, and send how they ended:
 * none of them waits for this thread unless it is several endings behind.
 */
export function startPoolRun(
  pool: Piscina,
  jobs: readonly Job[],
  onResult: (outcome: JobOutcome) => void,
  { workers, graceSeconds, timeLimitSeconds, signal, onProgress }: PoolRunOptions,
): PoolRun {
  const channel = createChannel(Math.min(workers, jobs.length));
  const lanes: readonly Lane[] = Array.from({ length: Math.min(workers, jobs.length) }, (_, number) => {
    clearLane(channel, number);
    return { number, controller: new AbortController(), overdue: noJob, fraction: 0 };
  });
  const ended = new Set<number>();
  /** Jobs whose worker was terminated for the sake of another job. */
  const again: number[] = [];
  let stopReason: { readonly error: unknown } | undefined;
  /** The caller has thrown over an outcome, and gets no further one. */
  let isRefused = false;
  let graceTimer: NodeJS.Timeout | undefined;

  const terminate = (reason?: unknown): void => {
    for (const { controller } of lanes) controller.abort(reason);
  };
  const stop = (error: unknown): void => {
    if (stopReason) return;
    stopReason = { error };
    requestAbort(channel);
    graceTimer = setTimeout(terminate, Math.min(graceSeconds * 1000, longestTimer));
  };

  const settle = ({ index, ending }: EndingMessage): void => {
    const job = jobs[index];
    if (job === undefined || ended.has(index)) return;
    ended.add(index);
    if (isRefused) return;
    try {
      onResult({ ...ending, job });
    } catch (error) {
      isRefused = true;
      stop(error);
    }
  };

  /** Lets a worker run jobs until there are none left, or it dies. */
  const runTask = async (lane: Lane): Promise<void> => {
    const own = again.splice(0);
    const from = peekNext(channel);
    const { port1, port2 } = new MessageChannel();
    const hear = (message: EndingMessage): void => {
      settle(message);
      countHeard(channel, lane.number);
    };
    port1.on('message', hear);
    lane.controller = new AbortController();
    lane.overdue = noJob;
    clearLane(channel, lane.number);
    const task: WorkerTask = {
      channel,
      lane: lane.number,
      own: own.flatMap((index) => pick(jobs[index]).map((job) => ({ index, job }))),
      jobs: jobs.slice(from).flatMap(pick),
      from,
      port: port2,
    };
    let death: { readonly error: unknown } | undefined;
    try {
      await pool.run(task, { transferList: [port2], signal: lane.controller.signal });
    } catch (error) {
      death = { error: lane.controller.signal.aborted ? lane.controller.signal.reason : error };
    }
    // What the worker said before it ended may not have been heard yet.
    for (let message = receiveMessageOnPort(port1); message; message = receiveMessageOnPort(port1)) {
      hear(message.message as EndingMessage);
    }
    port1.close();
    if (death && !stopReason) bury(lane, own, death.error);
    clearLane(channel, lane.number);
  };

  /** Says which job a worker took with it. */
  const bury = (lane: Lane, own: readonly number[], error: unknown): void => {
    const current = readJob(channel, lane.number);
    const isInnocent = lane.overdue !== noJob && lane.overdue !== current;
    for (const index of own) if (index !== current && !ended.has(index)) again.push(index);
    if (isInnocent) {
      if (current !== noJob && !ended.has(current)) again.push(current);
      return;
    }
    // A worker that could not even start takes one with it, or it would be started for ever.
    const index = current === noJob ? (again.shift() ?? takeNext(channel)) : current;
    const { message, ...record } = errorRecord(error);
    const seconds = readSeconds(channel, lane.number);
    const why = lane.overdue === noJob ? `The worker of this job ended: ${message}` : message;
    settle({ index, ending: { status: 'failed', error: { ...record, message: why }, seconds } });
  };

  const runLane = async (lane: Lane): Promise<void> => {
    while (!stopReason && (again.length > 0 || peekNext(channel) < jobs.length)) await runTask(lane);
  };

  const look = (): void => {
    for (const lane of lanes) {
      const index = readJob(channel, lane.number);
      const fraction = readFraction(channel, lane.number);
      const seconds = readSeconds(channel, lane.number);
      if (index !== readJob(channel, lane.number)) continue; // The next job has begun in between.
      const job = jobs[index];
      if (job === undefined || ended.has(index)) continue;
      if (seconds > timeLimitSeconds && lane.overdue === noJob && !stopReason) {
        lane.overdue = index;
        lane.controller.abort(new RangeError(`The job took longer than ${timeLimitSeconds} s, which is its limit`));
      }
      if (fraction === lane.fraction) continue;
      lane.fraction = fraction;
      try {
        onProgress?.({ job, fraction });
      } catch (error) {
        stop(error);
      }
    }
  };

  const run = async (): Promise<void> => {
    const onAbort = (): void => stop(signal?.reason);
    signal?.addEventListener('abort', onAbort);
    const isWatched = onProgress !== undefined || timeLimitSeconds < Infinity;
    const timer = isWatched ? setInterval(look, Math.min(pollMilliseconds, timeLimitSeconds * 250)) : undefined;
    await Promise.all(lanes.map(runLane));
    clearInterval(timer);
    clearTimeout(graceTimer);
    signal?.removeEventListener('abort', onAbort);
    if (stopReason && (ended.size < jobs.length || !signal?.aborted)) throw stopReason.error;
  };
  return { ended: run(), terminate, stop };
}

/** What a worker needs to know of a job, in a list; an empty one for none. */
function pick(job: Job | undefined): WorkerTask['jobs'] {
  if (job === undefined) return [];
  const { experiment, parameters, seed } = job;
  return [{ experiment, parameters, seed }];
}
