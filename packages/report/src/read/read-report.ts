import { readFile } from 'node:fs/promises';
import { DataError } from '@relu-lab/core';
import { z } from 'zod';
import { messageOf } from '../errors.ts';
import type { Report } from '../report.ts';
import { reportSchema } from './report-schema.ts';

/** The version of `report.json` that is written and read. */
export const reportVersion = 1;

/**
 * A report from its `report.json`.
 *
 * @throws DataError when the file cannot be read, is no report, or is of another version: the message names the file, and says
 *   which versions can be read.
 */
export async function readReport(file: string): Promise<Report> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (cause) {
    throw new DataError(`${file} cannot be read: ${messageOf(cause)}`, { cause });
  }
  return parseReport(text, file);
}

/**
 * A report from the text of its `report.json`, its numbers as numbers again.
 *
 * @param name - what it is called in messages. Default `report.json`.
 * @throws DataError as {@link readReport} does.
 */
export function parseReport(text: string, name: string = 'report.json'): Report {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw new DataError(`${name} is no JSON: ${messageOf(cause)}`, { cause });
  }
  const version: unknown = typeof json === 'object' && json !== null && 'schema' in json ? json.schema : undefined;
  if (version === undefined) throw new DataError(`${name} is no report: it does not say its version (schema)`);
  if (version !== reportVersion) {
    const age = typeof version === 'number' && version > reportVersion ? 'newer' : 'other';
    throw new DataError(
      `${name} is a report of the ${age} version ${JSON.stringify(version)}; this program reads version ${reportVersion}. Build the study again, or use a program of that version`,
    );
  }
  const checked = reportSchema.safeParse(json);
  if (!checked.success)
    throw new DataError(`${name} is no whole report: ${z.prettifyError(checked.error).replace(/\s*\n\s*/g, ' ')}`);
  const report = json as Report;
  const { claims, figures, tables, provenance } = report;
  const numbers = withNumbers({ claims, figures, tables, clock: provenance.clock }) as Pick<
    Report,
    'claims' | 'figures' | 'tables'
  > &
    Pick<Report['provenance'], 'clock'>;
  const { clock, ...shown } = numbers;
  return { ...report, ...shown, provenance: { ...provenance, clock } };
}

/** `NaN` and the infinities as the numbers that they were. */
function withNumbers(value: unknown): unknown {
  if (value === 'NaN' || value === 'Infinity' || value === '-Infinity') return Number(value);
  if (Array.isArray(value)) return value.map(withNumbers);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withNumbers(item)]));
}
