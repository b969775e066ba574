import { ParameterError } from '@relu-lab/core';
import { inspect } from 'node:util';
import { escapeHtml } from '@relu-lab/report';

/** The columns of rows: every key, in the order in which they appear. */
export function columnsOf(rows: readonly object[]): readonly string[] {
  return [...new Set(rows.flatMap((row) => Object.keys(row)))];
}

/** A value in a cell of a table: four significant digits, nothing for null and undefined, NaN and ∞ as such. */
export function cellText(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'string') return value;
  if (typeof value !== 'number')
    return inspect(value, { depth: 1, maxArrayLength: 6, breakLength: Infinity, compact: true });
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? '∞' : '−∞';
  if (Number.isInteger(value) && Math.abs(value) < 1e15) return String(value).replace('-', '−');
  const size = Math.abs(value);
  const text = size >= 1e-4 && size < 1e6 ? String(Number(value.toPrecision(4))) : value.toExponential(3);
  return text.replaceAll('-', '−');
}

/** Rows as an HTML table, which says how many more there are than `limit`. */
export function tableMarkup(
  rows: readonly object[],
  limit: number,
  columns: readonly string[] = columnsOf(rows),
): string {
  const style = (name: string): string =>
    isNumeric(rows, name) ? 'text-align:right;font-variant-numeric:tabular-nums' : 'text-align:left';
  const cell = (row: object, name: string): string =>
    `<td style="${style(name)}">${escapeHtml(cellText(valueOf(row, name)))}</td>`;
  const head = columns.map((name) => `<th scope="col" style="${style(name)}">${escapeHtml(name)}</th>`).join('');
  const body = rows
    .slice(0, limit)
    .map((row) => `<tr>${columns.map((name) => cell(row, name)).join('')}</tr>`)
    .join('');
  const more = rows.length > limit ? `<p>${rows.length - limit} more rows.</p>` : '';
  return `<table><thead><tr>${head}</tr></thead><tbody>${body}</tbody></table>${more}`;
}

/** Rows as aligned text. */
export function tableText(
  rows: readonly object[],
  limit: number,
  columns: readonly string[] = columnsOf(rows),
): string {
  const texts = [columns, ...rows.slice(0, limit).map((row) => columns.map((name) => cellText(valueOf(row, name))))];
  const numeric = columns.map((name) => isNumeric(rows, name));
  const widths = columns.map((_, at) => Math.max(...texts.map((line) => line[at].length)));
  const lines = texts.map((line) =>
    line
      .map((text, at) => (numeric[at] ? text.padStart(widths[at]) : text.padEnd(widths[at])))
      .join('  ')
      .trimEnd(),
  );
  return [...lines, ...(rows.length > limit ? [`${rows.length - limit} more rows.`] : [])].join('\n');
}

function valueOf(row: object, name: string): unknown {
  return (row as Readonly<Record<string, unknown>>)[name];
}

/** Whether a column holds numbers, and perhaps gaps. */
function isNumeric(rows: readonly object[], name: string): boolean {
  const values = rows.map((row) => valueOf(row, name)).filter((value) => value !== null && value !== undefined);
  return values.length > 0 && values.every((value) => typeof value === 'number');
}

/** Refuses what is no list of rows. */
export function checkRows(rows: readonly object[]): void {
  if (!Array.isArray(rows))
    throw new ParameterError('A table needs a list of rows, each an object: [{ layer: 1, dead: 3 }]');
  if (rows.length === 0) throw new ParameterError('A table needs at least one row');
  for (const [index, row] of rows.entries()) {
    if (typeof row !== 'object' || row === null || Array.isArray(row)) {
      throw new ParameterError(
        `Row ${index} of a table is ${inspect(row)}, not an object such as { layer: 1, dead: 3 }`,
      );
    }
  }
}
