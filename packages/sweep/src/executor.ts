import type { Job } from './job.ts';
import type { Row } from './row.ts';

/** A job that has run to its end. */
export interface JobResult<Parameters = unknown> {
  readonly status: 'completed';
  readonly job: Job<Parameters>;
  readonly rows: readonly Row[];
  readonly timings: readonly Row[];
  /** How long the experiment ran; absent when nobody has measured it. */
  readonly seconds?: number;
}

/** What is known of an error that ended a job, in this thread or another. */
export interface ErrorRecord {
  readonly name: string;
  readonly message: string;
  /** Stack trace, with those of its causes; absent when what was thrown is not an error. */
  readonly stack?: string;
}

/** A job that failed: its experiment threw, could not be loaded or returned no rows, or its worker ended. */
export interface JobFailure<Parameters = unknown> {
  readonly status: 'failed';
  readonly job: Job<Parameters>;
  readonly error: ErrorRecord;
  /** How long the experiment ran until it failed; absent when nobody has measured it. */
  readonly seconds?: number;
}

/** How a job ended. A job that was aborted has no outcome: it is still to be done. */
export type JobOutcome = JobResult | JobFailure;

/** How far a running job is. */
export interface JobProgress {
  readonly job: Job;
  /** From 0 to 1. */
  readonly fraction: number;
}

/** Options of {@link SweepExecutor.run}. */
export interface ExecutorOptions {
  /** Stops the run: running jobs are told, no further one starts. */
  readonly signal?: AbortSignal;
  /** Called from time to time (not more often than about ten times a second a job) while jobs run. */
  readonly onProgress?: (progress: JobProgress) => void;
}

/** Where jobs run: in this process, over a pool of workers, or wherever else someone implements this. */
export interface SweepExecutor {
  /**
   * Runs every job and hands over each outcome as soon as there is one, in whatever order jobs finish. Jobs start in
   * the order given. A job that fails is an outcome, and the others go on.
   *
   * Rejects with `signal.reason` when aborted before every job had an outcome, and with the error of `onResult` or
   * `onProgress` when one of them throws.
   */
  run(jobs: readonly Job[], onResult: (outcome: JobOutcome) => void, options?: ExecutorOptions): Promise<void>;
  /** Gives back what the executor holds. Nothing can run afterwards. */
  close(): Promise<void>;
}
