import { readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { canonicalJson } from './canonical-json.ts';
import { type AnySweepDefinition, conditionsOf } from './define-sweep.ts';
import { SpecificationError, StoreError } from './errors.ts';
import type { JobFailure, SweepExecutor } from './executor.ts';
import type { ExperimentReference } from './experiment.ts';
import { logFailure, readFailures } from './failure-log.ts';
import { type Job, createJobs } from './job.ts';
import { jobLabel } from './job-label.ts';
import { lockFolder } from './lock.ts';
import { toParquet } from './parquet.ts';
import type { SweepProgress } from './progress.ts';
import { type Shard, jobsOfShard } from './shard.ts';
import {
  type SweepContext,
  type SweepSpecification,
  acceptChanges,
  definitionOf,
  differencesBetween,
  fingerprintOf,
  originOf,
  pathFrom,
  readSpecification,
  refuseDifferences,
  specificationFile,
  specify,
} from './specification.ts';
import { type SweepStore, openStore } from './store.ts';
import { type SweepResult, runSweep } from './sweep.ts';

/** Options of {@link openSweep} and {@link reopenSweep}. */
export interface SweepFolderOptions {
  /** Go on although code, versions of packages or the context have changed since the folder was made. Default `false`: refused. */
  readonly acceptChanges?: boolean;
  /** Move lines of `runs.jsonl` that cannot be read to `runs.damaged.jsonl`; their jobs run again. Default `false`: refused. */
  readonly repair?: boolean;
  /**
   * What the runs depend on besides the definition and its code, as in `{ kernels: 'wasm simd' }`: kept in `sweep.json`, and a folder
   * with another one is refused like changed code. Default: nothing.
   */
  readonly context?: SweepContext;
}

/** Options of {@link SweepFolder.run}. */
export interface SweepRunOptions {
  /** Where jobs run. It stays open: whoever made it closes it. */
  readonly executor: SweepExecutor;
  /** Run only these of the folder's jobs. Default: all. */
  readonly jobs?: readonly Job[];
  /** Run jobs again that failed before. Default `false`: their failures are reported as they were. */
  readonly retryFailed?: boolean;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: SweepProgress) => void;
}

/** A folder with a sweep and its runs, which no other process writes meanwhile. */
export interface SweepFolder {
  readonly folder: string;
  readonly specification: SweepSpecification;
  /** The jobs of the sweep, or of its shard, in their order. */
  readonly jobs: readonly Job[];
  readonly store: SweepStore;
  /** The jobs that have failed, and have not succeeded since. */
  failures(): readonly JobFailure[];
  /**
   * Runs the jobs that have neither a result nor a failure, keeps each outcome at once, and writes `runs.parquet` when no job is
   * missing. The result has all jobs in their order, whenever they were run.
   *
   * @throws StoreError when the folder cannot be written; whatever `onProgress` throws.
   */
  run(options: SweepRunOptions): Promise<SweepResult>;
  /** Writes `runs.parquet` when no job is missing, for what was added to the store by other means than `run`. */
  finish(): void;
  /** Gives the folder free for other processes. */
  close(): void;
}

/**
 * Opens a folder for a sweep, and makes it where needed: `sweep.json` says what it holds the runs of, `runs.jsonl` has a line for
 * every finished run and `failures.jsonl` one for every failure, both at once; `runs.parquet` has all rows when nothing is missing.
 *
 * @param options.shard - the part of the jobs that this folder is for. Default: all.
 * @throws SweepError for a definition that cannot be right; SpecificationError when the folder belongs to another one (the message
 *   names the differences); LockError when another process writes it; StoreError when it cannot be read or written.
 */
export function openSweep(
  folder: string,
  definition: AnySweepDefinition,
  options: SweepFolderOptions & { readonly shard?: Shard } = {},
): SweepFolder {
  return open(folder, specify(definition, folder, options), definition, options);
}

/**
 * Opens a folder that has a sweep, to go on with it.
 *
 * @throws as {@link openSweep}; also StoreError when the folder has no sweep.
 */
export function reopenSweep(folder: string, options: SweepFolderOptions = {}): SweepFolder {
  const there = readSweep(folder);
  const definition = definitionOf(there, folder);
  const { context } = options;
  const wanted = specify(definition, folder, {
    ...(there.shard && { shard: there.shard }),
    ...(context && { context }),
  });
  return open(folder, wanted, definition, options);
}

/**
 * Opens `folder` for all jobs of the sweep that `source` has a part of, whose specification it takes over.
 *
 * @param options.others - the specifications of the other parts: their code and context, where they are others, are listed as accepted.
 * @throws as {@link openSweep}; also StoreError when `source` has no sweep.
 */
export function keepSweep(
  folder: string,
  source: string,
  options: Omit<SweepFolderOptions, 'context'> & { readonly others?: readonly SweepSpecification[] } = {},
): SweepFolder {
  const whole = acceptChanges(wholeOf(readSweep(source)), options.others ?? []);
  const definition = definitionOf(whole, source);
  const module = fileURLToPath(definition.experiment.module);
  return open(
    folder,
    { ...whole, experiment: { ...whole.experiment, module: pathFrom(folder, module) } },
    definition,
    options,
  );
}

/** All jobs of a definition, or those of a shard, named for displays. */
export function jobsOf(definition: AnySweepDefinition, seeds: readonly number[], shard?: Shard): readonly Job[] {
  const conditions = conditionsOf(definition.parameters);
  const experiment = definition.experiment as ExperimentReference<Readonly<Record<string, unknown>>>;
  const jobs = createJobs(experiment, conditions, seeds, { label: jobLabel(conditions) });
  return shard ? jobsOfShard(jobs, shard) : jobs;
}

function open(
  folder: string,
  wanted: SweepSpecification,
  definition: AnySweepDefinition,
  { acceptChanges: isAccepted = false, repair = false }: SweepFolderOptions,
): SweepFolder {
  const home = resolve(folder);
  const jobs = jobsOf(definition, wanted.seeds, wanted.shard);
  const lock = lockFolder(home, { purpose: 'runs a sweep there' });
  try {
    const specification = settleSpecification(home, wanted, isAccepted);
    const store = openStore(home, { fingerprint: fingerprintOf(specification), repair });
    if (store.status === 'stale') {
      throw new SpecificationError(
        `${store.file} belongs to another specification than sweep.json beside it; choose another folder`,
      );
    }
    const failures = new Map(readFailures(home));
    const parts = { home, jobs, store, failures };
    return {
      folder: home,
      specification,
      jobs,
      store,
      failures: () => failuresOf(jobs, store, failures),
      run: (options) => run(parts, options),
      finish: () => finish(parts),
      close: () => lock.release(),
    };
  } catch (error) {
    lock.release();
    throw error;
  }
}

function wholeOf(specification: SweepSpecification): SweepSpecification {
  const whole: { -readonly [Key in keyof SweepSpecification]: SweepSpecification[Key] } = { ...specification };
  delete whole.shard;
  return whole;
}

/** @throws StoreError when the folder has no sweep. */
export function readSweep(folder: string): SweepSpecification {
  const specification = readSpecification(folder);
  if (specification) return specification;
  throw new StoreError(`${resolve(folder)} has no sweep.json: it is not the folder of a sweep`);
}

/**
 * The specification that is there, if it is the same; or else the wanted one, which is written. Where changes of code or context are
 * accepted, the new ones are written, and the old ones are listed as accepted.
 */
function settleSpecification(home: string, wanted: SweepSpecification, isAccepted: boolean): SweepSpecification {
  const there = readSpecification(home);
  if (there) {
    refuseDifferences(home, differencesBetween(there, wanted, { code: isAccepted }));
    const { accepted } = acceptChanges(wanted, [there]);
    const now = { ...there, ...originOf(wanted), ...(accepted && { accepted }) };
    if (canonicalJson(now) !== canonicalJson(there)) writeSpecification(home, now);
    return now;
  }
  const others = readdirSync(home).filter((name) => name === 'runs.jsonl' || name === 'report.json');
  if (others.length > 0) {
    throw new SpecificationError(`${home} has ${others.join(' and ')} but no sweep.json; choose another folder`);
  }
  writeSpecification(home, wanted);
  return wanted;
}

function writeSpecification(home: string, specification: SweepSpecification): void {
  writeWhole(specificationFile(home), `${JSON.stringify(specification, null, 2)}\n`);
}

interface FolderParts {
  readonly home: string;
  readonly jobs: readonly Job[];
  readonly store: SweepStore;
  readonly failures: Map<string, Pick<JobFailure, 'error' | 'seconds'>>;
}

async function run(parts: FolderParts, options: SweepRunOptions): Promise<SweepResult> {
  const { home, store, failures } = parts;
  const { executor, jobs = parts.jobs, retryFailed = false, signal, onProgress } = options;
  const keeping: SweepExecutor = {
    run: (missing, onResult, rest) =>
      executor.run(
        missing,
        (outcome) => {
          if (outcome.status === 'failed') {
            logFailure(home, outcome);
            failures.set(outcome.job.id, outcome);
          }
          onResult(outcome);
        },
        rest,
      ),
    close: () => executor.close(),
  };
  const result = await runSweep({
    jobs,
    executor: keeping,
    store,
    ...(!retryFailed && { failures: failuresOf(jobs, store, failures) }),
    ...(signal && { signal }),
    ...(onProgress && { onProgress }),
  });
  finish(parts);
  return result;
}

/** Writes `runs.parquet` when no job is missing. */
function finish({ home, jobs, store }: FolderParts): void {
  const failures = readFailures(home);
  if (!jobs.every(({ id }) => store.get(id) !== undefined || failures.has(id))) return;
  const results = jobs.flatMap((job) => {
    const stored = store.get(job.id);
    return stored ? [{ job, rows: stored.rows }] : [];
  });
  writeWhole(join(home, 'runs.parquet'), toParquet(results));
}

function failuresOf(
  jobs: readonly Job[],
  store: SweepStore,
  failures: ReadonlyMap<string, Pick<JobFailure, 'error' | 'seconds'>>,
): readonly JobFailure[] {
  return jobs.flatMap((job) => {
    const failure = store.get(job.id) ? undefined : failures.get(job.id);
    if (!failure) return [];
    const { error, seconds } = failure;
    return [{ status: 'failed', job, error, ...(seconds !== undefined && { seconds }) }];
  });
}

/** The file has its old content or the new one, whenever the program is killed. */
function writeWhole(file: string, content: string | Uint8Array): void {
  const draft = `${file}.new`;
  try {
    writeFileSync(draft, content, { flush: true });
    renameSync(draft, file);
  } catch (cause) {
    rmSync(draft, { force: true });
    throw new StoreError(`Cannot write ${file}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
}
