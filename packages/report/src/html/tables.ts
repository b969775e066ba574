import type { Row } from '@relu-lab/sweep';
import { toJson } from '../json.ts';
import { formatNumber } from '../number-format.ts';
import type { ReportFigure, ReportTable } from '../report.ts';
import { type Column, cellText, columnsOf, isNumeric, tableRowsShown } from '../tables/table.ts';
import { escapeHtml } from './escape.ts';
import { packedJson } from './packed-json.ts';
import { partId } from './part-id.ts';

/** What a cell is sorted by, where that is not its text. */
function sortValue(value: Row[string] | undefined): string {
  return typeof value === 'number' ? ` data-value="${value}"` : '';
}

/** Rows that the table under a figure shows at most; the CSV file has all. */
const dataRowsShown = 200;

/**
 * A table with its caption.
 *
 * @param csv - the file with all of its rows, beside the page, where it has more than a page shows; null where there is none.
 */
export function tableHtml(
  { id, number, caption, columns, rows }: ReportTable,
  note: string,
  csv: string | null,
): string {
  return `<figure class="table" id="${escapeHtml(id)}">
<figcaption><a class="number" href="#${escapeHtml(id)}">Table ${number}</a> ${escapeHtml(caption)}${note}</figcaption>
${gridHtml(columns, rows.slice(0, tableRowsShown), `Table ${number}`)}
${rows.length > tableRowsShown ? restHtml(rows.length, csv) : ''}</figure>`;
}

function restHtml(count: number, csv: string | null): string {
  const shown = `The first ${tableRowsShown} of ${formatNumber(count, 'integer')} rows`;
  return `<p class="rest">${shown}${csv === null ? '' : `; all of them: ${fileLink(csv)}, beside this page`}.</p>\n`;
}

function fileLink(path: string): string {
  return `<a href="${escapeHtml(path)}" download>${escapeHtml(path)}</a>`;
}

/** The numbers of a figure, folded away, with buttons that save all of them; more than `embedded` are in the file beside the page alone. */
export function dataHtml(
  { id, number, rows }: Pick<ReportFigure, 'id' | 'number' | 'rows'>,
  csv: string,
  embedded: number,
): string {
  const shown = rows.slice(0, dataRowsShown);
  const rest = rows.length > shown.length ? `<p>The first ${shown.length} of ${rows.length} rows.</p>` : '';
  return `<details class="data"><summary>Data (${rows.length} ${rows.length === 1 ? 'row' : 'rows'})</summary>
${gridHtml(columnsOf(rows), shown, `Data of figure ${number}`)}
${rest}${rows.length <= embedded ? buttonsHtml(id, number, rows) : ''}<p>All digits: ${fileLink(csv)}, beside this page.</p>
</details>`;
}

/** The page's script shows the buttons, and makes the files. */
function buttonsHtml(id: string, number: number, rows: readonly Row[]): string {
  const name = escapeHtml(id);
  const buttons = (['csv', 'json'] as const).map(
    (kind) =>
      `<button type="button" class="save" data-save="${kind}" data-rows="${name}" hidden aria-label="Save the data of figure ${number} as ${kind.toUpperCase()}">${kind.toUpperCase()}</button>`,
  );
  return `<p class="saves">${buttons.join(' ')}</p>
${packedJson(partId(id, 'rows'), toJson(rows))}
`;
}

function gridHtml(columns: readonly Column[], rows: readonly Row[], label: string): string {
  const classes = columns.map((column) => (isNumeric(rows, column) ? ' class="numeric"' : ''));
  const head = columns.map(({ label: text }, i) => `<th scope="col"${classes[i]}>${escapeHtml(text)}</th>`).join('');
  const body = rows.map(
    (row) =>
      `<tr>${columns.map((column, i) => `<td${classes[i]}${sortValue(row[column.key])}>${escapeHtml(cellText(row, column))}</td>`).join('')}</tr>`,
  );
  return `<div class="scroll" role="region" aria-label="${escapeHtml(label)}" tabindex="0"><table class="sortable">
<thead><tr>${head}</tr></thead>
<tbody>
${body.join('\n')}
</tbody>
</table></div>`;
}
