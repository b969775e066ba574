import { decimate } from '../figures/decimate.ts';
import { formatNumber } from '../number-format.ts';
import type { Problem, ReportFigure } from '../report.ts';
import type { Picture } from '../static-figure/picture.ts';
import { svgInPage } from '../static-figure/finish-svg.ts';
import { escapeHtml } from './escape.ts';
import { packedJson } from './packed-json.ts';
import { partId } from './part-id.ts';
import { safePlotText } from './plot-text.ts';
import { dataHtml } from './tables.ts';

/** How much of a figure a page holds. */
export interface PageLimits {
  /** Points of one figure: of more, only some are drawn, as `decimate` chooses them. */
  readonly points: number;
  /** Rows of one figure's numbers: more are in the file beside the page alone. */
  readonly rows: number;
}

/** What surrounds a figure. */
export interface FigureSetting {
  /** HTML behind the caption. */
  readonly note: string;
  /** The file with its numbers, beside the page; null where there is none, and the figure's numbers are not listed. */
  readonly csv: string | null;
  readonly limits: PageLimits;
}

/** A figure: until it is drawn, its picture stands in its place, or without one its alternative text. */
export function figureHtml(
  figure: ReportFigure,
  picture: Picture | undefined,
  { note, csv, limits }: FigureSetting,
): string {
  const { number, caption, alt, layout } = figure;
  const { traces, points, kept } = decimate(figure.traces, limits.points);
  const id = escapeHtml(figure.id);
  const [wide, narrow] = picture ? [picture.wide.height, picture.narrow.height] : [420, 360];
  return `<figure class="plotted" id="${id}" aria-labelledby="${partId(id, 'caption')}">
<div class="plot${picture ? ' pictured' : ''}" data-figure="${id}" style="--wide:${wide}px;--narrow:${narrow}px">
<p class="alt" id="${partId(id, 'alt')}"><span class="kind">Figure in words</span> ${escapeHtml(alt)}</p>
${picture ? pictureHtml(picture, id) : ''}</div>
<figcaption id="${partId(id, 'caption')}"><a class="number" href="#${id}">Figure ${number}</a> ${escapeHtml(caption)}${note}${noteHtml('of-picture', picture?.note)}${noteHtml('', kept < points ? fewerNote(points, kept) : undefined)}</figcaption>
${csv === null ? '' : dataHtml(figure, csv, limits.rows)}
${packedJson(partId(figure.id, 'plot'), safePlotText({ data: traces, layout }))}
</figure>`;
}

/** What is said of the picture alone goes when the figure lives. */
function noteHtml(kind: 'of-picture' | '', note: string | undefined): string {
  return note === undefined ? '' : ` <span class="clock ${kind}">${escapeHtml(note)}</span>`;
}

function fewerNote(points: number, kept: number): string {
  const [all, some] = [points, kept].map((count) => formatNumber(count, 'integer'));
  return `The page draws ${some} of ${all} points, the peaks of lines and the longest bars among them; report.json has all of them.`;
}

function pictureHtml({ wide, narrow }: Picture, id: string): string {
  return `<div class="static"><div class="wide">${svgInPage(wide, partId(id, 'wide'))}</div>
<div class="narrow">${svgInPage(narrow, partId(id, 'narrow'))}</div></div>
`;
}

/** Something that went wrong, in its place. */
export function problemHtml({ place, message }: Problem): string {
  return `<div class="problem"><strong>${escapeHtml(place)}</strong> ${escapeHtml(message)}</div>`;
}
