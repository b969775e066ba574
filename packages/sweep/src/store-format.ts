import { StoreError } from './errors.ts';
import type { JobResult } from './executor.ts';
import { experimentName } from './experiment.ts';
import { isPlainObject, kindOf } from './plain-object.ts';
import { type Row, copyRows } from './row.ts';

const formatName = 'relu-lab-runs';
const formatVersion = 1;

/** What a store keeps of a finished run, by job id. */
export interface StoredRun {
  readonly rows: readonly Row[];
  readonly timings: readonly Row[];
  /** How long the experiment ran; absent when nobody has measured it. */
  readonly seconds?: number;
  /** When it was stored, in milliseconds since 1970; absent in what other programs wrote. */
  readonly at?: number;
}

/** The first line of a store's file. */
export function headerLine(fingerprint: string): string {
  return `${JSON.stringify({ format: formatName, version: formatVersion, fingerprint })}\n`;
}

/**
 * The fingerprint in the first line of a store's file; null when the line is no header.
 *
 * @param place - file and line, for a message.
 * @throws StoreError when it is the header of another version.
 */
export function parseHeader(line: string, place: string): string | null {
  let header: unknown;
  try {
    header = JSON.parse(line);
  } catch {
    return null;
  }
  if (!isPlainObject(header) || header['format'] !== formatName || typeof header['fingerprint'] !== 'string')
    return null;
  if (header['version'] !== formatVersion) {
    throw new StoreError(
      `${place} has format version ${String(header['version'])}; this program reads ${formatVersion}`,
    );
  }
  return header['fingerprint'];
}

/** One finished run as a line of JSON. Experiment, parameters and seed are there for readers; `id` is the key. */
export function runLine({ job, rows, timings, seconds }: JobResult, at: number): string {
  const { id, parameters, seed } = job;
  const run = { id, experiment: experimentName(job.experiment), parameters, seed, rows, timings, seconds, at };
  return `${JSON.stringify(run, encodeNumber)}\n`;
}

/** Rows as the store writes them: equal texts are equal rows, to the bit. */
export function rowsText(rows: readonly Row[]): string {
  return JSON.stringify(rows, encodeNumber);
}

/**
 * A finished run from its line.
 *
 * @param place - file and line, for a message.
 * @throws StoreError when the line is no such thing.
 */
export function parseRun(line: string, place: string): { readonly id: string } & StoredRun {
  const advice = `${place} is corrupt; repair the store, or remove the line, to have its job run again`;
  const { id, rows, timings, seconds, at } = parseLine(line, advice);
  if (typeof id !== 'string') throw new StoreError(`${advice}: its id is ${kindOf(id)}`);
  try {
    return {
      id,
      rows: copyRows(rows, 'rows'),
      timings: copyRows(timings, 'timings'),
      ...(typeof seconds === 'number' && { seconds }),
      ...(typeof at === 'number' && { at }),
    };
  } catch (cause) {
    throw new StoreError(`${advice}: ${messageOf(cause)}`, { cause });
  }
}

function parseLine(line: string, advice: string): Record<string, unknown> {
  // A reviver makes parsing several times slower, and hardly a line needs it.
  const reviver = line.includes('{"number":') ? decodeNumber : undefined;
  let value: unknown;
  try {
    value = JSON.parse(line, reviver);
  } catch (cause) {
    throw new StoreError(`${advice}: ${messageOf(cause)}`, { cause });
  }
  if (!isPlainObject(value)) throw new StoreError(`${advice}: it holds no record`);
  return value;
}

/** JSON knows neither NaN, nor infinities, nor -0. Rows are flat, so that an object in one can stand for a number. */
function encodeNumber(_key: string, value: unknown): unknown {
  if (typeof value !== 'number' || (Number.isFinite(value) && !Object.is(value, -0))) return value;
  return { number: Object.is(value, -0) ? '-0' : String(value) };
}

function decodeNumber(_key: string, value: unknown): unknown {
  return isPlainObject(value) && typeof value['number'] === 'string' ? Number(value['number']) : value;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
