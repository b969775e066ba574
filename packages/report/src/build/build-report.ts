import { availableParallelism } from 'node:os';
import { type SweepProgress, lockFolder, workerPool } from '@relu-lab/sweep';
import { BuildAbortedError } from '../errors.ts';
import type { Profile } from '../profile.ts';
import { type Study, defineStudy } from '../study.ts';
import { buildCommand } from './build-command.ts';
import { type BuiltReport, buildStudy } from './build-study.ts';
import { resolveParameters } from './parameters.ts';
import type { RunMemory } from './run-memory.ts';
import { type RunStores, runStores } from './run-stores.ts';
import { checkSeed } from './seeds.ts';
import { type WrittenReport, ensureWritable, writeReport } from './write-report.ts';

/** Options of {@link buildReport}. */
export interface BuildReportOptions {
  /** Where the report goes. */
  readonly folder: string;
  /** Parameters that differ from the profile's. Default: none. */
  readonly parameters?: Readonly<Record<string, unknown>>;
  /** Default `quick`. */
  readonly profile?: Profile;
  /** Default 1. */
  readonly seed?: number;
  /** How many runs run at a time. Default: as many as the machine runs in parallel. */
  readonly workers?: number;
  /** The file that defines the study, as `buildStudy` takes it. */
  readonly file?: string;
  /** What the study is called on the command line, for the provenance. Default: its id. */
  readonly target?: string;
  /** Keep finished runs although the report is complete, so that the next build uses them. Default: they are removed. */
  readonly keepRuns?: boolean;
  /** Keeps what `run` computes for later builds of this process: see `runMemory`. Default: none. */
  readonly memory?: RunMemory;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: SweepProgress) => void;
  /** Hears that finished runs are used again, or thrown away since the code or the kernels have changed. */
  readonly onNotice?: (notice: string) => void;
}

/** How a build ended. */
export type ReportBuild =
  | { readonly status: 'completed'; readonly built: BuiltReport; readonly files: WrittenReport }
  /** `aborted` by the signal, or `failed` with an error; finished runs are kept in `runsFile` and the next build uses them. */
  | {
      readonly status: 'aborted' | 'failed';
      readonly error: unknown;
      readonly finishedRuns: number;
      readonly runsFile: string;
    };

/**
 * Builds a study over a pool of workers and writes its report: `report.html`, `report.md`, `report.json` and the data.
 *
 * Each run that finishes is kept in `runs.jsonl` in the same folder. A build that was stopped, or failed, is continued by
 * the next one, as long as the code of the experiment and the kernels are the same; figures, prose, parameters and seed may differ. When
 * a build has completed without problems the file is removed, so that the next one starts afresh.
 *
 * @throws ParameterError when the study, its parameters, profile or seed are not right; OutputError when the folder cannot be written;
 *   LockError when another build goes on there: all of them before anything is computed.
 */
export async function buildReport(study: Study, options: BuildReportOptions): Promise<ReportBuild> {
  const { folder, parameters = {}, profile = 'quick', seed = 1, workers = availableParallelism() } = options;
  const { memory, signal, onProgress, onNotice = () => undefined } = options;
  checkSeed(seed);
  defineStudy(study);
  resolveParameters(study, profile, parameters);
  await ensureWritable(folder);
  const executor = workerPool({ workers });
  const lock = lockFolder(folder, { purpose: 'builds a report there' });
  try {
    const runs = runStores(folder, onNotice);
    const build = await attempt(() =>
      buildStudy(study, {
        parameters,
        profile,
        seed,
        executor,
        workers,
        store: runs.storeOf,
        command: buildCommand(options.target ?? study.id, { profile, seed, parameters }),
        ...(options.file !== undefined && { file: options.file }),
        ...(memory && { memory }),
        ...(signal && { signal }),
        ...(onProgress && { onProgress }),
      }),
    );
    const outcome = await finish(build, folder, runs);
    const isDone = outcome.status === 'completed' && outcome.built.problems.length === 0;
    if ((isDone && options.keepRuns !== true) || runs.size === 0) runs.remove();
    return outcome;
  } finally {
    lock.release();
    await executor.close();
  }
}

type Attempt = { readonly built: BuiltReport } | { readonly error: unknown };

async function attempt(build: () => Promise<BuiltReport>): Promise<Attempt> {
  try {
    return { built: await build() };
  } catch (error) {
    return { error };
  }
}

async function finish(build: Attempt, folder: string, runs: RunStores): Promise<ReportBuild> {
  if ('built' in build) {
    return { status: 'completed', built: build.built, files: await writeReport(build.built, folder) };
  }
  return {
    status: build.error instanceof BuildAbortedError ? 'aborted' : 'failed',
    error: build.error,
    finishedRuns: runs.size,
    runsFile: runs.file,
  };
}
