import type { Row } from '@relu-lab/sweep';
import type { ReportTable } from '../report.ts';
import { type Column, cellText, columnsOf, isNumeric } from '../tables/table.ts';
import { escapeHtml } from './escape.ts';

/** Rows that the table under a figure shows at most; the CSV file has all. */
const dataRowsShown = 200;

/** A table with its caption. */
export function tableHtml({ id, number, caption, columns, rows }: ReportTable, note: string): string {
  return `<figure class="table" id="${escapeHtml(id)}">
<figcaption><a class="number" href="#${escapeHtml(id)}">Table ${number}</a> ${escapeHtml(caption)}${note}</figcaption>
${gridHtml(columns, rows, `Table ${number}`)}
</figure>`;
}

/** The numbers of a figure, folded away. */
export function dataHtml(number: number, rows: readonly Row[], csv: string): string {
  const shown = rows.slice(0, dataRowsShown);
  const rest = rows.length > shown.length ? `<p>The first ${shown.length} of ${rows.length} rows.</p>` : '';
  return `<details class="data"><summary>Data (${rows.length} ${rows.length === 1 ? 'row' : 'rows'})</summary>
${gridHtml(columnsOf(rows), shown, `Data of figure ${number}`)}
${rest}<p>All digits: <a href="${escapeHtml(csv)}" download>${escapeHtml(csv)}</a>, beside this page.</p>
</details>`;
}

function gridHtml(columns: readonly Column[], rows: readonly Row[], label: string): string {
  const classes = columns.map((column) => (isNumeric(rows, column) ? ' class="numeric"' : ''));
  const head = columns.map(({ label: text }, i) => `<th scope="col"${classes[i]}>${escapeHtml(text)}</th>`).join('');
  const body = rows.map(
    (row) =>
      `<tr>${columns.map((column, i) => `<td${classes[i]}>${escapeHtml(cellText(row, column))}</td>`).join('')}</tr>`,
  );
  return `<div class="scroll" role="region" aria-label="${escapeHtml(label)}" tabindex="0"><table>
<thead><tr>${head}</tr></thead>
<tbody>
${body.join('\n')}
</tbody>
</table></div>`;
}
