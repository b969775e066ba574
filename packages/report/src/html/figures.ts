import type { Problem, ReportFigure } from '../report.ts';
import type { Picture } from '../static-figure/picture.ts';
import { svgInPage } from '../static-figure/finish-svg.ts';
import { escapeHtml, scriptJson } from './escape.ts';
import { safePlotText } from './plot-text.ts';
import { gzipBase64 } from './plotly-bundle.ts';
import { dataHtml } from './tables.ts';

/** From this many characters on, the data of a figure is packed. */
const packFrom = 20_000;

/** A figure: until it is drawn, its picture stands in its place, or without one its alternative text. */
export function figureHtml(figure: ReportFigure, picture: Picture | undefined, note: string, csv: string): string {
  const { number, caption, alt, rows } = figure;
  const id = escapeHtml(figure.id);
  const [wide, narrow] = picture ? [picture.wide.height, picture.narrow.height] : [420, 360];
  return `<figure class="plotted" id="${id}" aria-labelledby="${id}-caption">
<div class="plot${picture ? ' pictured' : ''}" data-figure="${id}" style="--wide:${wide}px;--narrow:${narrow}px">
<p class="alt" id="${id}-alt"><span class="kind">Figure in words</span> ${escapeHtml(alt)}</p>
${picture ? pictureHtml(picture, id) : ''}</div>
<figcaption id="${id}-caption"><a class="number" href="#${id}">Figure ${number}</a> ${escapeHtml(caption)}${note}${picture?.note === undefined ? '' : ` <span class="note">${escapeHtml(picture.note)}</span>`}</figcaption>
${dataHtml(number, rows, csv)}
${plotDataHtml(figure)}
</figure>`;
}

function pictureHtml({ wide, narrow }: Picture, id: string): string {
  return `<div class="static"><div class="wide">${svgInPage(wide, `${id}-w`)}</div>
<div class="narrow">${svgInPage(narrow, `${id}-n`)}</div></div>
`;
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
