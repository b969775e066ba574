import * as fs from 'node:fs';
import { StoreError } from './errors.ts';
import { type StoredRun, parseHeader, parseRun } from './store-format.ts';

const newline = 10;

/** A line of a store that cannot be read. */
export interface DamagedLine {
  /** From 1 on. */
  readonly number: number;
  readonly text: string;
  readonly error: StoreError;
}

/** What a store's file holds. */
export interface StoreContents {
  /** Null when the first line is no header: it then counts as a line like all others. */
  readonly fingerprint: string | null;
  /** By job id; the last run of a job counts. */
  readonly runs: ReadonlyMap<string, StoredRun>;
  /** The lines of runs that can be read, without their ends. */
  readonly lines: readonly string[];
  readonly damaged: readonly DamagedLine[];
  /** Where the last whole line ends, in bytes. What follows was torn while it was written, or is being written now. */
  readonly end: number;
  readonly isTorn: boolean;
}

/**
 * Reads a store's file and changes nothing. Undefined when there is none, or it is empty.
 *
 * @param wanted - the fingerprint; of a store with another one only the header is read. Default: any.
 * @throws StoreError when the file cannot be read, or has the header of another version.
 */
export function readStore(file: string, wanted?: string): StoreContents | undefined {
  const bytes = attempt(`Cannot read ${file}`, () => (fs.existsSync(file) ? fs.readFileSync(file) : undefined));
  if (bytes === undefined || bytes.length === 0) return undefined;
  const end = bytes.lastIndexOf(newline) + 1;
  const whole = bytes.subarray(0, end);
  const fingerprint = parseHeader(splitLines(whole).next().value ?? '', `${file}:1`);
  const runs = new Map<string, StoredRun>();
  const lines: string[] = [];
  const damaged: DamagedLine[] = [];
  const isStale = wanted !== undefined && fingerprint !== null && wanted !== fingerprint;
  let number = 0;
  for (const text of isStale ? [] : splitLines(whole)) {
    number += 1;
    if (number === 1 && fingerprint !== null) continue;
    try {
      const { id, ...run } = parseRun(text, `${file}:${number}`);
      runs.set(id, run);
      lines.push(text);
    } catch (error) {
      if (!(error instanceof StoreError)) throw error;
      damaged.push({ number, text, error });
    }
  }
  return { fingerprint, runs, lines, damaged, end, isTorn: end < bytes.length };
}

/** What is wrong with a store's file: a lost header first, then the lines that cannot be read. */
export function damageOf(file: string, { fingerprint, damaged }: StoreContents): readonly StoreError[] {
  if (fingerprint !== null) return damaged.map(({ error }) => error);
  const noHeader = new StoreError(`${file}:1 is not the header of a store; repair the store, or choose another folder`);
  return [noHeader, ...damaged.flatMap(({ number, error }) => (number === 1 ? [] : [error]))];
}

/** Calls `action`, and makes a StoreError that begins with `failure` of what it throws. */
export function attempt<Value>(failure: string, action: () => Value): Value {
  try {
    return action();
  } catch (cause) {
    throw new StoreError(`${failure}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
}

/** Line by line: as one string, a large store would be longer than a string can be. */
function* splitLines(bytes: Buffer): Generator<string, undefined> {
  for (let from = 0; from < bytes.length;) {
    const to = bytes.indexOf(newline, from);
    yield bytes.toString('utf8', from, to);
    from = to + 1;
  }
}
