import type { Prediction } from './theory-command.ts';

type Meanings = Readonly<Record<string, string>>;
type Cells = readonly (readonly string[])[];

const digits = 10;

/** A prediction as JSON: exact numbers; NaN and infinities as the strings `NaN`, `Infinity` and `-Infinity`. */
export function predictionJson(prediction: Prediction): string {
  return JSON.stringify(
    prediction,
    (_key, value: unknown) => (typeof value === 'number' && !Number.isFinite(value) ? String(value) : value),
    2,
  );
}

/** A prediction as aligned lines: names, values and what they mean; a table for each list. */
export function predictionLines(prediction: Prediction, meanings: Meanings): readonly string[] {
  if (Array.isArray(prediction))
    return [...recordTable(prediction as readonly object[]), '', ...legend(keysOf(prediction), meanings)];
  const entries = Object.entries(prediction);
  const series = entries.filter(([, value]) => isList(value, 'number') && !isPair(value));
  const lists = entries.filter(([, value]) => isList(value, 'object') && !isDeep(value));
  const plain = entries.filter((entry) => !series.includes(entry) && !lists.includes(entry));
  const blocks = [
    aligned(plain.flatMap(([name, value]) => cellsOf(name, value, meanings))),
    series.length > 0 ? seriesTable(series as [string, readonly number[]][], meanings) : [],
    ...lists.map(([name, value]) => listBlock(name, value as readonly object[], meanings)),
  ];
  return blocks.filter((block) => block.length > 0).flatMap((block, i) => (i === 0 ? block : ['', ...block]));
}

/** Name, value and meaning; a matrix has a line for each row. */
function cellsOf(name: string, value: unknown, meanings: Meanings): Cells {
  const meaning = meanings[name] ?? '';
  if (isDeep(value)) return [[name, 'see --json', meaning]];
  if (isList(value, 'object')) return [];
  if (isMatrix(value)) return matrixCells(value).map((row, i) => [i === 0 ? name : '', row, i === 0 ? meaning : '']);
  return [[name, valueText(value), meaning]];
}

/** Lists of equal length side by side, numbered by whatever `meanings` has an entry for that they have not: layer or block. */
function seriesTable(series: readonly [string, readonly number[]][], meanings: Meanings): readonly string[] {
  const index = ['layer', 'block'].find((name) => name in meanings) ?? 'index';
  const length = Math.max(...series.map(([, values]) => values.length));
  const records = Array.from({ length }, (_, i) => ({
    [index]: i,
    ...Object.fromEntries(series.map(([name, values]) => [name, values[i]])),
  }));
  return [...recordTable(records), '', ...legend([index, ...series.map(([name]) => name)], meanings)];
}

function listBlock(name: string, records: readonly object[], meanings: Meanings): readonly string[] {
  const title = `${name}: ${meanings[name] ?? ''}`;
  return records.length === 0
    ? [`${title} (there are none)`]
    : [title, ...recordTable(records).map((line) => `  ${line}`)];
}

function recordTable(records: readonly object[]): readonly string[] {
  const keys = keysOf(records);
  const rows = records.map((record) => keys.map((key) => valueText((record as Record<string, unknown>)[key])));
  return aligned([keys, ...rows]);
}

function legend(names: readonly string[], meanings: Meanings): readonly string[] {
  return aligned(names.map((name) => [name, meanings[name] ?? '']));
}

function aligned(cells: Cells): readonly string[] {
  const columns = Math.max(0, ...cells.map((row) => row.length));
  const widths = Array.from({ length: columns }, (_, i) => Math.max(...cells.map((row) => row[i]?.length ?? 0)));
  return cells.map((row) =>
    row
      .map((cell, i) => cell.padEnd(widths[i] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}

function keysOf(records: readonly object[]): readonly string[] {
  return [...new Set(records.flatMap((record) => Object.keys(record)))];
}

function valueText(value: unknown): string {
  if (value === null || value === undefined) return 'none';
  if (typeof value === 'number') return numberText(value);
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (Array.isArray(value)) return value.map((end: unknown) => valueText(end)).join(' to ');
  return String(value);
}

function numberText(value: number): string {
  if (Number.isFinite(value)) return String(Number(value.toPrecision(digits)));
  return Number.isNaN(value) ? 'NaN' : value > 0 ? '∞' : '−∞';
}

/** A text for each row, columns aligned. */
function matrixCells(rows: readonly (readonly unknown[])[]): readonly string[] {
  return aligned(rows.map((row) => row.map((value) => valueText(value))));
}

function isList(value: unknown, type: 'number' | 'object'): value is readonly unknown[] {
  return Array.isArray(value) && value.every((item) => typeof item === type && !Array.isArray(item));
}

/** An interval. */
function isPair(value: readonly unknown[]): boolean {
  return value.length === 2;
}

function isMatrix(value: unknown): value is readonly (readonly unknown[])[] {
  return Array.isArray(value) && value.length > 0 && value.every((row) => Array.isArray(row));
}

/** A list of records that hold lists themselves. */
function isDeep(value: unknown): boolean {
  return (
    isList(value, 'object') && value.some((item) => Object.values(item as object).some((part) => Array.isArray(part)))
  );
}
