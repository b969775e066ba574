import type { Row } from '@relu-lab/sweep';

/**
 * Rows as CSV (RFC 4180, with line feeds): a header, then a line a row. Missing values are empty; NaN and infinities are
 * `NaN`, `Infinity` and `-Infinity`.
 *
 * Text that a spreadsheet would take for a formula (it begins with `=`, `+`, `-`, `@`, a tab or a carriage return) gets
 * an apostrophe in front.
 *
 * This function also runs in pages, as its text: it must use nothing but its argument.
 */
export function toCsv(rows: readonly Row[]): string {
  const cell = (value: string | number | boolean | null): string => {
    if (value === null) return '';
    if (typeof value !== 'string') return String(value);
    const isNumber = /^(?:NaN|-?Infinity)$/.test(value);
    const text = !isNumber && /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
    return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  const keys = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const lines = [keys.map(cell), ...rows.map((row) => keys.map((key) => cell(row[key] ?? null)))];
  return lines.map((line) => `${line.join(',')}\n`).join('');
}
