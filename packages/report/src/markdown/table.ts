import type { Row } from '@relu-lab/sweep';
import { escapeMarkdown } from '../prose/escape-markdown.ts';
import { type Column, cellText, isNumeric } from '../tables/table.ts';

/** Rows under labelled columns as a table of Markdown, numbers in their formats and flush right, everything else escaped. */
export function markdownTable(columns: readonly Column[], rows: readonly Row[]): string {
  return grid(
    columns.map(({ label }) => escapeMarkdown(label)),
    rows.map((row) => columns.map((column) => escapeMarkdown(cellText(row, column)))),
    columns.map((column) => isNumeric(rows, column)),
  );
}

/** A table of cells that are Markdown already. */
export function grid(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  numeric: readonly boolean[] = [],
): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map((_, i) => (numeric[i] ? '--:' : '---'))), ...rows.map(line)].join('\n');
}
