import type { Problem, ReportFigure } from '../report.ts';
import { escapeHtml, scriptJson } from './escape.ts';
import { safePlotText } from './plot-text.ts';
import { gzipBase64 } from './plotly-bundle.ts';
import { dataHtml } from './tables.ts';

/** From this many characters on, the data of a figure is packed. */
const packFrom = 20_000;

/** A figure: until it is drawn, its alternative text stands in its place. */
export function figureHtml(figure: ReportFigure, note: string, csv: string): string {
  const { number, caption, alt, layout, rows } = figure;
  const id = escapeHtml(figure.id);
  const height = typeof layout['height'] === 'number' && layout['height'] > 0 ? layout['height'] : 420;
  return `<figure class="plotted" id="${id}" aria-labelledby="${id}-caption">
<div class="plot" data-figure="${id}" style="min-height:${Math.min(height, 2000)}px">
<p class="alt" id="${id}-alt"><span class="kind">Figure in words</span> ${escapeHtml(alt)}</p>
</div>
<figcaption id="${id}-caption"><a class="number" href="#${id}">Figure ${number}</a> ${escapeHtml(caption)}${note}</figcaption>
${dataHtml(number, rows, csv)}
${plotDataHtml(figure)}
</figure>`;
}

function plotDataHtml({ id, traces, layout }: ReportFigure): string {
  // JSON has null for NaN and infinities, which Plotly draws as a gap.
  const json = scriptJson(safePlotText({ data: traces, layout }));
  return json.length < packFrom
    ? `<script type="application/json" id="${escapeHtml(id)}-plot">${json}</script>`
    : `<script type="application/gzip" id="${escapeHtml(id)}-plot">${gzipBase64(json)}</script>`;
}

/** Something that went wrong, in its place. */
export function problemHtml({ place, message }: Problem): string {
  return `<div class="problem"><strong>${escapeHtml(place)}</strong> ${escapeHtml(message)}</div>`;
}
