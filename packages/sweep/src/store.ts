import * as fs from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { StoreError, SweepError } from './errors.ts';
import type { JobResult } from './executor.ts';
import { kindOf } from './plain-object.ts';
import { type StoreContents, attempt, damageOf, readStore } from './store-contents.ts';
import { type StoredRun, headerLine, runLine } from './store-format.ts';

/** Finished runs in a folder, so that an interrupted sweep continues where it was. */
export interface SweepStore {
  /** The file: a header line, then one line a finished run, as JSON. */
  readonly file: string;
  /**
   * `new`: there was nothing. `resumed`: made for the same fingerprint; its runs count. `stale`: made for another
   * fingerprint, which says that code or specification has changed; nothing is read or written until `discard()`.
   */
  readonly status: 'new' | 'resumed' | 'stale';
  /** True when the last line was torn, by a crash while it was written, and has been cut off. */
  readonly repaired: boolean;
  /** Number of lines that could not be read and were moved to `runs.damaged.jsonl`; see {@link StoreOptions.repair}. */
  readonly movedAside: number;
  /** Number of runs that the store has. */
  readonly size: number;
  /**
   * What a finished run gave, by job id; undefined when the store has no such run.
   *
   * @throws StoreError when the store is stale.
   */
  get(id: string): StoredRun | undefined;
  /**
   * Adds a finished run. It is in the hands of the operating system when this returns, so a crash of the program loses
   * nothing; after a power failure the last runs may be missing, and are then run again.
   *
   * @throws StoreError when the file cannot be written, or the store is stale.
   */
  append(result: JobResult): void;
  /** Throws all runs away, and starts anew with the current fingerprint. */
  discard(): void;
}

/** Options of {@link openStore}. */
export interface StoreOptions {
  /** What the runs depend on besides parameters and seed, such as a hash of the code and the specification. */
  readonly fingerprint: string;
  /**
   * Moves lines that cannot be read to `runs.damaged.jsonl` beside the file; all other runs are kept, and the jobs of those lines run
   * again. A header that is lost is written again, for this fingerprint, where there are runs to keep. Default `false`: either is an
   * error.
   */
  readonly repair?: boolean;
}

/**
 * Opens the store in `folder`, making folder and file where needed. One process at a time may use a store.
 *
 * A torn last line is cut off; that run is run again.
 *
 * @throws StoreError when the file is not a store, another line is corrupt (the message names file and line, and
 *   nothing is changed), or the folder cannot be read or written.
 */
export function openStore(folder: string, options: StoreOptions): SweepStore {
  const { fingerprint, repair = false } = (options ?? {}) as Partial<StoreOptions>;
  if (typeof fingerprint !== 'string' || fingerprint === '') {
    throw new SweepError(
      `A store needs a fingerprint of what its runs depend on; it is ${fingerprint === '' ? 'empty' : kindOf(fingerprint)}`,
    );
  }
  const file = join(resolve(folder), 'runs.jsonl');
  const contents = readStore(file, fingerprint);
  const runs = new Map<string, StoredRun>(contents?.runs);
  let status: SweepStore['status'] = 'new';
  let repaired = false;
  let movedAside = 0;
  let brokenBy: unknown;

  const start = (): void => {
    attempt(`Cannot write ${file}`, () => {
      fs.mkdirSync(folder, { recursive: true });
      replace(file, headerLine(fingerprint));
    });
  };

  if (contents === undefined) {
    start();
  } else if (contents.fingerprint !== null && contents.fingerprint !== fingerprint) {
    status = 'stale';
  } else {
    status = 'resumed';
    const [damage] = damageOf(file, contents);
    const isStore = contents.fingerprint !== null || runs.size > 0;
    if (damage && !(repair && isStore)) throw damage;
    if (damage) {
      attempt(`Cannot repair ${file}`, () => moveAside(file, fingerprint, contents));
      movedAside = contents.damaged.length;
    } else if (contents.isTorn) {
      attempt(`Cannot repair ${file}`, () => fs.truncateSync(file, contents.end));
    }
    repaired = contents.isTorn;
  }

  const refuseStale = (): void => {
    if (status !== 'stale') return;
    throw new StoreError(
      `${file} was made by other code or for another specification; discard() it, or choose another folder`,
    );
  };

  return {
    file,
    get status() {
      return status;
    },
    repaired,
    movedAside,
    get size() {
      return runs.size;
    },
    get(id) {
      refuseStale();
      return runs.get(id);
    },
    append(result) {
      refuseStale();
      // After a write that may have left half a line, one more would make a corrupt line out of a torn one.
      if (brokenBy !== undefined) {
        throw new StoreError(`${file} could not be written before; open it again`, { cause: brokenBy });
      }
      const at = Date.now();
      try {
        attempt(`Cannot write ${file}`, () => fs.appendFileSync(file, runLine(result, at)));
      } catch (error) {
        brokenBy = error;
        throw error;
      }
      const { rows, timings, seconds } = result;
      runs.set(result.job.id, { rows, timings, at, ...(seconds !== undefined && { seconds }) });
    },
    discard() {
      start();
      runs.clear();
      status = 'new';
      brokenBy = undefined;
    },
  };
}

/** Writes the file as a whole: it has the old text or the new one, whenever the program is killed. */
function replace(file: string, text: string): void {
  const draft = `${file}.new`;
  fs.writeFileSync(draft, text, { flush: true });
  fs.renameSync(draft, file);
}

/** The damaged lines are safe beside the file before they leave it. */
function moveAside(file: string, fingerprint: string, { lines, damaged }: StoreContents): void {
  const aside = join(dirname(file), 'runs.damaged.jsonl');
  if (damaged.length > 0) fs.appendFileSync(aside, damaged.map(({ text }) => `${text}\n`).join(''), { flush: true });
  replace(file, [headerLine(fingerprint), ...lines.map((line) => `${line}\n`)].join(''));
}
