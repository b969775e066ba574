import { appendFileSync, closeSync, existsSync, fstatSync, openSync, readFileSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { StoreError } from './errors.ts';
import type { ErrorRecord, JobFailure } from './executor.ts';
import { experimentName } from './experiment.ts';
import { isPlainObject } from './plain-object.ts';

/** What is kept of a job that failed. */
export interface LoggedFailure {
  readonly error: ErrorRecord;
  readonly seconds?: number;
}

export function failureFile(folder: string): string {
  return join(folder, 'failures.jsonl');
}

/** Adds a failure to the log of a folder, `failures.jsonl`. */
export function logFailure(folder: string, { job, error, seconds }: JobFailure): void {
  const { id, parameters, seed } = job;
  const line = JSON.stringify({ id, experiment: experimentName(job.experiment), parameters, seed, error, seconds });
  const file = failureFile(folder);
  try {
    // A line that a crash has torn must not spoil this one.
    appendFileSync(file, `${endsWithLine(file) ? '' : '\n'}${line}\n`);
  } catch (cause) {
    throw new StoreError(`Cannot write ${file}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
}

/** Whether the file is empty, not there, or ends with a whole line. */
function endsWithLine(file: string): boolean {
  if (!existsSync(file)) return true;
  const descriptor = openSync(file, 'r');
  try {
    const { size } = fstatSync(descriptor);
    const last = Buffer.alloc(1);
    return size === 0 || (readSync(descriptor, last, 0, 1, size - 1) === 1 && last.toString() === '\n');
  } finally {
    closeSync(descriptor);
  }
}

/** The last failure of each job that has ever failed, by job id. A line that cannot be read counts as none: its job runs again. */
export function readFailures(folder: string): ReadonlyMap<string, LoggedFailure> {
  const failures = new Map<string, LoggedFailure>();
  const file = failureFile(folder);
  if (!existsSync(file)) return failures;
  for (const line of readFileSync(file, 'utf8').split('\n')) {
    try {
      const value: unknown = JSON.parse(line);
      if (isPlainObject(value) && typeof value['id'] === 'string' && isPlainObject(value['error'])) {
        failures.set(value['id'], value as unknown as LoggedFailure);
      }
    } catch {
      continue;
    }
  }
  return failures;
}
