import { rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { type SweepProgress, type SweepStore, openStore, workerPool } from '@relu-lab/sweep';
import { BuildAbortedError } from '../errors.ts';
import type { Profile } from '../profile.ts';
import type { Study } from '../study.ts';
import { buildCommand } from './build-command.ts';
import { type BuiltReport, buildStudy } from './build-study.ts';
import { codeFingerprint } from './code-fingerprint.ts';
import { resolveParameters } from './parameters.ts';
import { type WrittenReport, ensureWritable, writeReport } from './write-report.ts';

/** Options of {@link buildReport}. */
export interface BuildReportOptions {
  /** The file that exports the study: its code decides whether finished runs still count. */
  readonly file: string;
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
  /** What the study is called on the command line, for the provenance. Default: its id. */
  readonly target?: string;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: SweepProgress) => void;
  /** Hears what is worth knowing before the runs begin: that finished ones are used again, or thrown away. */
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
 * the next one of the same code; parameters and seed may differ, runs that are no longer wanted are left aside. When a
 * build has completed without problems the file is removed, so that the next one starts afresh.
 *
 * @throws ParameterError when parameters, profile or seed are not right; OutputError when the folder cannot be written:
 *   both before anything is computed. StoreError when `runs.jsonl` is there and is none.
 */
export async function buildReport(study: Study, options: BuildReportOptions): Promise<ReportBuild> {
  const { file, folder, parameters = {}, profile = 'quick', seed = 1, workers = availableParallelism() } = options;
  const { signal, onProgress, onNotice } = options;
  resolveParameters(study, profile, parameters);
  await ensureWritable(folder);
  const executor = workerPool({ workers });
  try {
    const store = openRuns(folder, codeFingerprint(file), onNotice);
    const build = await attempt(() =>
      buildStudy(study, {
        parameters,
        profile,
        seed,
        executor,
        workers,
        store,
        command: buildCommand(options.target ?? study.id, { profile, seed, parameters }),
        ...(signal && { signal }),
        ...(onProgress && { onProgress }),
      }),
    );
    const outcome = await finish(build, folder, store);
    const isDone = outcome.status === 'completed' && outcome.built.problems.length === 0;
    if (isDone || store.size === 0) rmSync(store.file, { force: true });
    return outcome;
  } finally {
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

async function finish(build: Attempt, folder: string, store: SweepStore): Promise<ReportBuild> {
  if ('built' in build) {
    return { status: 'completed', built: build.built, files: await writeReport(build.built, folder) };
  }
  return {
    status: build.error instanceof BuildAbortedError ? 'aborted' : 'failed',
    error: build.error,
    finishedRuns: store.size,
    runsFile: join(folder, 'runs.jsonl'),
  };
}

function openRuns(folder: string, fingerprint: string, onNotice?: (notice: string) => void): SweepStore {
  const store = openStore(folder, { fingerprint });
  if (store.status === 'stale') {
    onNotice?.('The code has changed since the last build was stopped: its finished runs are run again.');
    store.discard();
  } else if (store.size > 0) {
    onNotice?.(`Continuing: ${store.size} finished ${store.size === 1 ? 'run is' : 'runs are'} there already.`);
  }
  return store;
}
