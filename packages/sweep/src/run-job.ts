import { inspect } from 'node:util';
import { ExperimentError } from './errors.ts';
import type { ErrorRecord, JobFailure, JobResult } from './executor.ts';
import type { ExperimentContext } from './experiment.ts';
import type { Job } from './job.ts';
import { loadExperiment } from './load-experiment.ts';
import { kindOf } from './plain-object.ts';
import { copyRows } from './row.ts';

/** How a call of {@link runJob} ended: a {@link JobOutcome} without its job, or aborted, which is no outcome. */
export type JobEnding = Omit<JobResult, 'job'> | Omit<JobFailure, 'job'> | { readonly status: 'aborted' };

/**
 * Runs one job in this thread: loads its experiment, calls it, and checks what it returns. Every executor ends up
 * here, in whatever thread or process; never rejects.
 *
 * An experiment that has seen the abort may have stopped early, so what it returns then is not its result: the ending
 * is `aborted`. One that never looked has done all its work, and its result counts.
 */
export async function runJob(
  { experiment, parameters, seed }: Pick<Job, 'experiment' | 'parameters' | 'seed'>,
  { signal, onProgress }: ExperimentContext,
): Promise<JobEnding> {
  if (signal.aborted) return { status: 'aborted' };
  let sawAbort = false;
  const noteAbort = (): void => {
    sawAbort = true;
  };
  signal.addEventListener('abort', noteAbort);
  let reached = 0;
  let start = performance.now();
  const secondsSoFar = (): number => (performance.now() - start) / 1000;
  try {
    const run = await loadExperiment(experiment);
    start = performance.now();
    // A copy, in process too: what one job does to its parameters must not reach the next.
    const output = await run(structuredClone(parameters), seed, {
      signal,
      onProgress: (fraction) => {
        if (!(fraction > reached)) return; // Also NaN: progress is never worth a failure.
        reached = Math.min(fraction, 1);
        onProgress(reached);
      },
    });
    const seconds = secondsSoFar();
    if (sawAbort) return { status: 'aborted' };
    if (typeof output !== 'object' || output === null) {
      throw new ExperimentError(`An experiment must return rows or { rows, timings }, not ${kindOf(output)}`);
    }
    const { rows, timings = [] } = 'rows' in output ? output : { rows: output };
    return { status: 'completed', rows: copyRows(rows, 'rows'), timings: copyRows(timings, 'timings'), seconds };
  } catch (error) {
    if (sawAbort) return { status: 'aborted' };
    return { status: 'failed', error: errorRecord(error), seconds: secondsSoFar() };
  } finally {
    reached = Infinity; // What a stray callback says after the end is about nothing.
    signal.removeEventListener('abort', noteAbort);
  }
}

/** An error as plain strings, which every thread, file and page can hold. */
export function errorRecord(error: unknown): ErrorRecord {
  if (!(error instanceof Error)) return { name: 'Error', message: typeof error === 'string' ? error : inspect(error) };
  return { name: error.name, message: error.message, stack: stackOf(error) };
}

function stackOf(error: Error): string {
  const stack = error.stack ?? String(error);
  return error.cause instanceof Error ? `${stack}\nCaused by: ${stackOf(error.cause)}` : stack;
}
