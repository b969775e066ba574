import * as fs from 'node:fs';
import { join, resolve } from 'node:path';
import { StoreError, SweepError } from './errors.ts';
import type { JobResult } from './executor.ts';
import { type StoredRun, headerLine, parseHeader, parseRun, runLine } from './store-format.ts';

const newline = 10;

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
}

/**
 * Opens the store in `folder`, making folder and file where needed. One process at a time may use a store.
 *
 * A torn last line is cut off; that run is run again.
 *
 * @throws StoreError when the file is not a store, another line is corrupt (the message names file and line), or the
 *   folder cannot be read or written.
 */
export function openStore(folder: string, { fingerprint }: StoreOptions): SweepStore {
  if (fingerprint === '') throw new SweepError('A store needs a fingerprint of what its runs depend on; it is empty');
  const file = join(resolve(folder), 'runs.jsonl');
  const runs = new Map<string, StoredRun>();
  let status: SweepStore['status'] = 'new';
  let repaired = false;
  let brokenBy: unknown;

  const start = (): void => {
    const draft = `${file}.new`;
    attempt(`Cannot write ${file}`, () => {
      fs.mkdirSync(folder, { recursive: true });
      fs.writeFileSync(draft, headerLine(fingerprint), { flush: true });
      fs.renameSync(draft, file);
    });
  };

  const bytes = readIfThere(file);
  if (bytes === undefined || bytes.length === 0) {
    start();
  } else {
    const end = bytes.lastIndexOf(newline) + 1;
    const lines = splitLines(bytes.subarray(0, end));
    status = parseHeader(lines.next().value ?? '', `${file}:1`) === fingerprint ? 'resumed' : 'stale';
    if (status === 'resumed') {
      let number = 1;
      for (const line of lines) {
        number += 1;
        const { id, ...run } = parseRun(line, `${file}:${number}`);
        runs.set(id, run);
      }
      if (end < bytes.length) {
        attempt(`Cannot repair ${file}`, () => fs.truncateSync(file, end));
        repaired = true;
      }
    }
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
      try {
        attempt(`Cannot write ${file}`, () => fs.appendFileSync(file, runLine(result)));
      } catch (error) {
        brokenBy = error;
        throw error;
      }
      const { rows, timings, seconds } = result;
      runs.set(result.job.id, { rows, timings, ...(seconds !== undefined && { seconds }) });
    },
    discard() {
      start();
      runs.clear();
      status = 'new';
      brokenBy = undefined;
    },
  };
}

function readIfThere(file: string): Buffer | undefined {
  return attempt(`Cannot read ${file}`, () => (fs.existsSync(file) ? fs.readFileSync(file) : undefined));
}

/** Line by line: as one string, a large store would be longer than a string can be. */
function* splitLines(bytes: Buffer): Generator<string, undefined> {
  for (let from = 0; from < bytes.length;) {
    const to = bytes.indexOf(newline, from);
    yield bytes.toString('utf8', from, to);
    from = to + 1;
  }
}

function attempt<Value>(failure: string, action: () => Value): Value {
  try {
    return action();
  } catch (cause) {
    throw new StoreError(`${failure}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
}
