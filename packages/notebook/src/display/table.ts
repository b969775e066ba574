import { ParameterError } from '@relu-lab/core';
import { escapeHtml } from '@relu-lab/report';
import { savedTable } from '../page/shown-table.ts';
import { display } from './kernel-writer.ts';
import { checkRows, columnsOf, tableMarkup, tableText } from './table-markup.ts';

export interface TableOptions {
  /** The columns to show, in order. Default: every key of the rows. */
  readonly columns?: readonly string[];
  /** How many rows are shown; the rest is counted. Default 50. */
  readonly limit?: number;
  /** What the table shows, in a sentence above it. Default: nothing. */
  readonly caption?: string;
}

/**
 * Shows rows as a table under the cell. Numbers have four significant digits.
 *
 * @throws ParameterError without a row, for a row that is no object, a column that no row has, or a limit below 1;
 * NotebookError outside a notebook.
 */
export function table(rows: readonly object[], options: TableOptions = {}): void {
  checkRows(rows);
  const known = columnsOf(rows);
  const { columns = known, limit = 50, caption = '' } = options;
  if (!Number.isSafeInteger(limit) || limit < 1)
    throw new ParameterError(`limit must be a whole number from 1, not ${limit}`);
  for (const name of columns) {
    if (!known.includes(name))
      throw new ParameterError(`No row has the column '${name}'; there are ${known.join(', ')}`);
  }
  const above = caption === '' ? '' : `<p>${escapeHtml(caption)}</p>`;
  const words = tableText(rows, limit, columns);
  display({
    data: {
      'text/html': above + tableMarkup(rows, limit, columns),
      'text/plain': caption === '' ? words : `${caption}\n${words}`,
    },
    metadata: { relu_lab: { table: savedTable(rows.slice(0, limit), columns, caption) } },
  });
}
