import { join, resolve } from 'node:path';
import { StoreError, SweepError } from './errors.ts';
import { type LoggedFailure, logFailure, readFailures } from './failure-log.ts';
import type { Job } from './job.ts';
import type { Row } from './row.ts';
import { type SweepSpecification, differencesBetween, refuseDifferences } from './specification.ts';
import { type StoreContents, damageOf, readStore } from './store-contents.ts';
import { rowsText } from './store-format.ts';
import { keepSweep, readSweep } from './sweep-folder.ts';

/** Options of {@link mergeSweeps}. */
export interface MergeOptions {
  /** Merge although code, versions of packages or contexts differ. Default `false`: refused. */
  readonly acceptChanges?: boolean;
}

interface Source {
  readonly folder: string;
  readonly specification: SweepSpecification;
  readonly runs: StoreContents['runs'];
  readonly failures: ReadonlyMap<string, LoggedFailure>;
}

/**
 * Brings the runs of shards together: into `out`, which is made where needed and may have runs already. When nothing is missing then,
 * it has the same `runs.parquet` as if all had run there. What is merged stays as it is.
 *
 * @param folders - folders of shards of one sweep, or of the whole one.
 * @throws SpecificationError when a folder belongs to another specification (the shard aside); StoreError when one has no sweep or a
 *   damaged line, or when two have different rows for one job (the message names it); LockError when another process writes `out`.
 */
export function mergeSweeps(
  out: string,
  folders: readonly string[],
  { acceptChanges = false }: MergeOptions = {},
): void {
  const sources = folders.map((folder) => readSource(folder));
  const [first] = sources;
  if (!first) throw new SweepError('There is nothing to merge: name the folders of shards');
  for (const { folder, specification } of sources) {
    refuseDifferences(
      folder,
      differencesBetween(specification, first.specification, { shard: true, code: acceptChanges }),
    );
  }
  const others = sources.map(({ specification }) => specification);
  const sweep = keepSweep(out, first.folder, { acceptChanges, others });
  try {
    for (const job of sweep.jobs) {
      const runs = sources.flatMap(({ folder, runs: all }) => {
        const run = all.get(job.id);
        return run ? [{ folder, run }] : [];
      });
      const there = sweep.store.get(job.id);
      if (there) runs.unshift({ folder: sweep.folder, run: there });
      const [one] = runs;
      if (!one) continue;
      for (const other of runs)
        if (other !== one) refuseDisagreement(job, { ...one, ...one.run }, { ...other, ...other.run });
      if (!there) sweep.store.append({ status: 'completed', job, ...one.run });
    }
    const known = new Set(sweep.failures().map(({ job }) => job.id));
    for (const job of sweep.jobs) {
      if (sweep.store.get(job.id) || known.has(job.id)) continue;
      const failure = sources.map(({ failures }) => failures.get(job.id)).find((found) => found !== undefined);
      if (failure) logFailure(sweep.folder, { status: 'failed', job, ...failure });
    }
    sweep.finish();
  } finally {
    sweep.close();
  }
}

function readSource(folder: string): Source {
  const specification = readSweep(folder);
  const file = join(resolve(folder), 'runs.jsonl');
  const contents = readStore(file);
  const [damage] = contents ? damageOf(file, contents) : [];
  if (damage) throw damage;
  return { folder, specification, runs: contents?.runs ?? new Map(), failures: readFailures(folder) };
}

interface Rows {
  readonly folder: string;
  readonly rows: readonly Row[];
}

function refuseDisagreement(job: Job, one: Rows, other: Rows): void {
  if (rowsText(one.rows) === rowsText(other.rows)) return;
  throw new StoreError(
    `${one.folder} and ${other.folder} have different rows for the job ${job.label ?? job.id} ` +
      `(${job.id.slice(0, 12)}, seed ${job.seed}, parameters ${JSON.stringify(job.parameters)}): the experiment ` +
      'depends on something else than its parameters and seed, or its code was another',
  );
}
