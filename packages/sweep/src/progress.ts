import type { Job } from './job.ts';

/** How far a sweep is. */
export interface SweepProgress {
  /** Jobs that need no more work: finished now or before, or failed. */
  readonly done: number;
  readonly total: number;
  /** Of `done`, those that failed. */
  readonly failed: number;
  /** From 0 to 1: `done / total`, plus what running jobs say of themselves. Never falls. */
  readonly fraction: number;
  readonly elapsedSeconds: number;
  /** What is left at the pace so far; null as long as there is no pace. */
  readonly remainingSeconds: number | null;
  /** Label of the job that was heard of last; absent when it has none. */
  readonly label?: string;
}

/** Options of {@link trackProgress}. */
export interface ProgressOptions {
  readonly total: number;
  /** Jobs that were done before: they count as done, and not for the pace. */
  readonly before: { readonly completed: number; readonly failed: number };
  readonly onProgress: (progress: SweepProgress) => void;
  /** The time, in milliseconds. */
  readonly now: () => number;
}

/** Adds up what is heard of single jobs, and reports the whole after each piece of news. */
export interface ProgressTracker {
  /** The start: nothing is heard of yet. */
  started(): void;
  /** `job` is `fraction` done. */
  advanced(job: Job, fraction: number): void;
  /** `job` needs no more work. */
  ended(job: Job, failed: boolean): void;
}

/** Makes a tracker; the time counts from here. */
export function trackProgress({ total, before, onProgress, now }: ProgressOptions): ProgressTracker {
  const startedAt = now();
  const partial = new Map<string, number>();
  const reused = before.completed + before.failed;
  let done = reused;
  let failed = before.failed;
  let fraction = 0;

  const report = (label?: string): void => {
    let sum = done;
    for (const part of partial.values()) sum += part;
    fraction = total === 0 ? 1 : Math.max(fraction, sum / total);
    const elapsedSeconds = (now() - startedAt) / 1000;
    const gained = total === 0 ? 0 : fraction - reused / total;
    const remainingSeconds = done === total ? 0 : gained > 0 ? (elapsedSeconds * (1 - fraction)) / gained : null;
    onProgress({
      done,
      total,
      failed,
      fraction,
      elapsedSeconds,
      remainingSeconds,
      ...(label !== undefined && { label }),
    });
  };

  return {
    started: () => report(),
    advanced(job, part) {
      partial.set(job.id, part);
      report(job.label);
    },
    ended(job, hasFailed) {
      partial.delete(job.id);
      done += 1;
      if (hasFailed) failed += 1;
      report(job.label);
    },
  };
}
