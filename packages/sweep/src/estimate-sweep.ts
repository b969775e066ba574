import { canonicalJson } from './canonical-json.ts';
import type { SweepExecutor } from './executor.ts';
import type { Job } from './job.ts';
import type { SweepProgress } from './progress.ts';
import type { SweepFolder } from './sweep-folder.ts';

/** Options of {@link estimateSweep}. */
export interface EstimateOptions {
  /** Where the pilot runs. */
  readonly executor: SweepExecutor;
  /** How many jobs will run at a time. */
  readonly workers: number;
  /** How many conditions to know the time of. Default: twice the workers. */
  readonly pilots?: number;
  /** Count jobs that failed before among those to be run. Default `false`. */
  readonly retryFailed?: boolean;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: SweepProgress) => void;
}

/** What is left of a sweep, and how long that should take. */
export interface SweepEstimate {
  /** Jobs that are still to be run. */
  readonly jobs: number;
  readonly workers: number;
  /** Finished runs that the estimate rests on. */
  readonly measured: number;
  /** How long a job takes, on average over those to be run; null when nothing is known, as every pilot failed. */
  readonly secondsPerJob: number | null;
  /** How long all of them take together on these workers; null when nothing is known. */
  readonly seconds: number | null;
}

/**
 * Estimates how long the rest of a sweep takes: runs a small pilot, the first job of some conditions that are evenly spread, and
 * takes each other condition for their mean. The pilot's runs are kept like all others. Where earlier runs say enough, no
 * pilot is run.
 *
 * @throws as {@link SweepFolder.run} does.
 */
export async function estimateSweep(sweep: SweepFolder, options: EstimateOptions): Promise<SweepEstimate> {
  const { executor, workers, pilots = 2 * workers, retryFailed = false, signal, onProgress } = options;
  const wanted = pilots - measuredSeconds(sweep).size;
  const chosen = pilotJobs(sweep, missingJobs(sweep, false), wanted);
  if (chosen.length > 0) {
    await sweep.run({
      executor,
      jobs: chosen,
      ...(signal && { signal }),
      ...(onProgress && { onProgress }),
    });
  }
  const known = measuredSeconds(sweep);
  const missing = missingJobs(sweep, retryFailed);
  const all = [...known.values()].flat();
  const mean = average(all);
  if (mean === null) return { jobs: missing.length, workers, measured: 0, secondsPerJob: null, seconds: null };
  const expected = missing.map((job) => average(known.get(conditionOf(job)) ?? []) ?? mean);
  const work = expected.reduce((sum, seconds) => sum + seconds, 0);
  return {
    jobs: missing.length,
    workers,
    measured: all.length,
    secondsPerJob: average(expected) ?? mean,
    seconds: expected.reduce((longest, seconds) => Math.max(longest, seconds), work / workers),
  };
}

/** The jobs of a sweep that have no result, and no failure unless those are to be tried again. */
export function missingJobs(sweep: SweepFolder, retryFailed: boolean): readonly Job[] {
  const failed = new Set(retryFailed ? [] : sweep.failures().map(({ job }) => job.id));
  return sweep.jobs.filter(({ id }) => sweep.store.get(id) === undefined && !failed.has(id));
}

/** How long the finished runs took, by condition. */
function measuredSeconds({ jobs, store }: SweepFolder): ReadonlyMap<string, readonly number[]> {
  const seconds = new Map<string, number[]>();
  for (const job of jobs) {
    const run = store.get(job.id);
    if (run?.seconds === undefined) continue;
    const condition = conditionOf(job);
    const known = seconds.get(condition);
    if (known) known.push(run.seconds);
    else seconds.set(condition, [run.seconds]);
  }
  return seconds;
}

/** The first missing job of up to `count` conditions that are not known yet, evenly spread. */
function pilotJobs(sweep: SweepFolder, missing: readonly Job[], count: number): readonly Job[] {
  if (count <= 0) return [];
  const known = measuredSeconds(sweep);
  const firsts = new Map<string, Job>();
  for (const job of missing) {
    const condition = conditionOf(job);
    if (!known.has(condition) && !firsts.has(condition)) firsts.set(condition, job);
  }
  const candidates = [...firsts.values()];
  if (candidates.length <= count) return candidates;
  return candidates.filter(
    (_, i) => Math.floor((i * count) / candidates.length) > Math.floor(((i - 1) * count) / candidates.length),
  );
}

function conditionOf({ parameters }: Job): string {
  return canonicalJson(parameters);
}

function average(numbers: readonly number[]): number | null {
  return numbers.length === 0 ? null : numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
}
