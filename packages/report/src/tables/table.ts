import { ParameterError } from '@relu-lab/core';
import type { Row } from '@relu-lab/sweep';
import { isRecord, shown } from '../plain-value.ts';
import { checkRows } from './rows.ts';
import { type NumberFormat, formatNumber, isNumberFormat, numberFormats } from '../number-format.ts';

/** One column of a table. */
export interface Column {
  /** Key in the rows. */
  readonly key: string;
  /** What stands above it. */
  readonly label: string;
  /** How its numbers are written. Default `auto`. */
  readonly format?: NumberFormat;
}

/** Rows of a table that pages show at most; a file has all of one that has more. */
export const tableRowsShown = 500;

/** Rows under labelled columns: HTML and Markdown. */
export interface Table {
  readonly columns: readonly Column[];
  readonly rows: readonly Row[];
  /** What the table shows: one or two sentences. Plain text. */
  readonly caption: string;
}

/**
 * Checks a table that is about to be shown.
 *
 * @returns the table itself.
 * @throws ParameterError when there is no caption or no column, rows are not flat, or a column has no label, an unknown format or a key that no row has.
 */
export function checkTable(table: Table): Table {
  if (!isRecord(table)) throw new ParameterError(`A table is { columns, rows, caption }, not ${shown(table)}`);
  const { columns, rows, caption } = table;
  if (typeof caption !== 'string' || caption.trim() === '') throw new ParameterError('A table needs a caption');
  if (!Array.isArray(columns) || columns.some((column) => !isRecord(column))) {
    throw new ParameterError('The columns of a table must be an array of { key, label }');
  }
  checkRows('rows', rows);
  if (columns.length === 0) throw new ParameterError('A table needs at least one column');
  for (const { key, label, format } of columns) {
    if (typeof key !== 'string' || typeof label !== 'string') {
      throw new ParameterError(`A column needs a key and a label, two texts; got ${shown(key)} and ${shown(label)}`);
    }
    if (format !== undefined && !isNumberFormat(format)) {
      throw new ParameterError(
        `The column '${key}' has the format '${String(format)}'; there are ${numberFormats.join(', ')}`,
      );
    }
    if (rows.length > 0 && !rows.some((row) => Object.hasOwn(row, key))) {
      const keys = [...new Set(rows.flatMap((row) => Object.keys(row)))];
      throw new ParameterError(`No row of the table has '${key}'; they have ${keys.join(', ')}`);
    }
  }
  return table;
}

/** What a cell shows: numbers in the column's format, an en dash for what is missing. */
export function cellText(row: Row, { key, format }: Column): string {
  const value = Object.hasOwn(row, key) ? row[key] : null;
  if (value === null || value === undefined) return '–';
  if (typeof value === 'number') return formatNumber(value, format);
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return value;
}

/** Whether a column holds numbers only, and is therefore set flush right. */
export function isNumeric(rows: readonly Row[], { key }: Column): boolean {
  const values = rows.map((row) => row[key]).filter((value) => value !== null && value !== undefined);
  return values.length > 0 && values.every((value) => typeof value === 'number');
}

/** A table of everything in the rows: a column for each key, in order of first appearance. */
export function columnsOf(rows: readonly Row[]): readonly Column[] {
  return [...new Set(rows.flatMap((row) => Object.keys(row)))].map((key) => ({ key, label: key }));
}
