import { join, resolve } from 'node:path';
import type { ErrorRecord } from './executor.ts';
import { experimentName } from './experiment.ts';
import { readFailures } from './failure-log.ts';
import { type LockHolder, lockHolder } from './lock.ts';
import type { Shard } from './shard.ts';
import { definitionOf } from './specification.ts';
import { damageOf, readStore } from './store-contents.ts';
import type { StoredRun } from './store-format.ts';
import { jobsOf, readSweep } from './sweep-folder.ts';

/** A job that failed, for a list. */
export interface FailedJob {
  readonly id: string;
  readonly label: string;
  readonly parameters: unknown;
  readonly seed: number;
  readonly error: ErrorRecord;
}

/** How far a sweep folder is. */
export interface SweepStatus {
  readonly folder: string;
  /** As `decay#runDecay`. */
  readonly experiment: string;
  readonly shard: Shard | null;
  /** `done + failed + missing`. */
  readonly total: number;
  readonly done: number;
  readonly failed: number;
  readonly missing: number;
  /** The process that runs it now. */
  readonly running: Pick<LockHolder, 'pid' | 'host' | 'since'> | null;
  /** How long a job has run, on average; null when none has. */
  readonly secondsPerJob: number | null;
  /** Jobs that the running process finishes a second (of the last hundred); null when none runs, or it has not finished two. */
  readonly jobsPerSecond: number | null;
  /** What is missing at that rate. */
  readonly remainingSeconds: number | null;
  readonly failures: readonly FailedJob[];
  /** Lines of `runs.jsonl` that cannot be read, its header among them: place and reason. Jobs of such lines count as missing. */
  readonly damaged: readonly string[];
}

const recentRuns = 100;

/**
 * How far the sweep in `folder` is. Only reads, also while another process writes.
 *
 * @throws StoreError when the folder has no sweep, or what it has cannot be read.
 */
export function sweepStatus(folder: string): SweepStatus {
  const specification = readSweep(folder);
  const definition = definitionOf(specification, folder);
  const jobs = jobsOf(definition, specification.seeds, specification.shard);
  const file = join(resolve(folder), 'runs.jsonl');
  const contents = readStore(file);
  const runs = contents?.runs ?? new Map<string, StoredRun>();
  const logged = readFailures(folder);
  const holder = lockHolder(folder);

  const done = jobs.filter(({ id }) => runs.has(id));
  const failures = jobs.flatMap(({ id, label = '', parameters, seed }): FailedJob[] => {
    const failure = runs.has(id) ? undefined : logged.get(id);
    return failure ? [{ id, label, parameters, seed, error: failure.error }] : [];
  });
  const missing = jobs.length - done.length - failures.length;
  const jobsPerSecond = holder ? rateOf([...runs.values()], Date.parse(holder.since)) : null;
  return {
    folder: resolve(folder),
    experiment: experimentName(definition.experiment),
    shard: specification.shard ?? null,
    total: jobs.length,
    done: done.length,
    failed: failures.length,
    missing,
    running: holder ? { pid: holder.pid, host: holder.host, since: holder.since } : null,
    secondsPerJob: mean(done.flatMap(({ id }) => runs.get(id)?.seconds ?? [])),
    jobsPerSecond,
    remainingSeconds: jobsPerSecond === null ? null : missing / jobsPerSecond,
    failures,
    damaged: contents ? damageOf(file, contents).map(({ message }) => message) : [],
  };
}

function rateOf(runs: readonly StoredRun[], since: number): number | null {
  const times = runs
    .flatMap(({ at }) => (at !== undefined && at >= since ? [at] : []))
    .sort((a, b) => a - b)
    .slice(-recentRuns);
  const [first = 0] = times;
  const last = times.at(-1) ?? 0;
  return last > first ? ((times.length - 1) * 1000) / (last - first) : null;
}

function mean(numbers: readonly number[]): number | null {
  return numbers.length === 0 ? null : numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
}
