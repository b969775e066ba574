import { ParameterError } from '@relu-lab/core';
import type { Figure } from '@relu-lab/report';
import type { Bundle } from './kernel-writer.ts';
import { escapeHtml, scriptJson } from '@relu-lab/report';
import { countMissing, plainJson } from './plain-figure.ts';
import { tableMarkup } from './table-markup.ts';
import { notebookTemplate } from './template.ts';

/** A figure as `@relu-lab/report` makes it, or one made by hand in a cell, which need not list its numbers. */
export type ShownFigure = Omit<Figure, 'table'> & Partial<Pick<Figure, 'table'>>;

/** Rows of the table under a figure. */
const rowsUnderFigure = 50;

/**
 * A figure in three forms: for front ends that draw Plotly themselves (VS Code, pages made from notebooks), for those that
 * run scripts, and in words. Markup without scripts, such as that of a notebook that is not trusted, still has the words, the caption and the numbers.
 *
 * @param height - in pixels; default: what the layout says, else 360.
 * @param id - of the element in the page; no other may have it.
 * @throws ParameterError when the alternative text, the caption, the layout or the data are missing, and for a height that is not positive.
 */
export function figureBundle(figure: ShownFigure, height: number | undefined, id: string): Bundle {
  for (const part of ['alt', 'caption'] as const) {
    if (typeof figure[part] === 'string' && figure[part].trim() !== '') continue;
    const what = part === 'alt' ? 'alt: the figure in words, for those who do not see it' : 'caption: what is shown';
    throw new ParameterError(`A figure needs ${what}`);
  }
  if (typeof figure.layout !== 'object' || figure.layout === null)
    throw new ParameterError(`A figure needs layout: Plotly's, or {} for the usual one, not ${String(figure.layout)}`);
  if (height !== undefined && !(height > 0))
    throw new ParameterError(`height must be a positive number, not ${height}`);
  const { values, notFinite } = countMissing(figure.data);
  const own = figure.layout['height'];
  const pixels = height ?? (typeof own === 'number' ? own : 360);
  const layout = { template: notebookTemplate, ...figure.layout, height: pixels, autosize: true };
  const config = { displaylogo: false, responsive: true };
  const plot = { data: plainJson(figure.data), layout: plainJson(layout), config };
  const note = notFinite > 0 ? `${notFinite} of ${values} values are not finite, and are left out.` : '';
  const table = figure.table ?? [];
  return {
    data: {
      'application/vnd.plotly.v1+json': plot,
      'text/html': [
        `<figure style="margin:0.5em 0">`,
        `<div id="${id}" role="img" aria-label="${escapeHtml(figure.alt)}" style="min-height:${pixels}px">`,
        `${escapeHtml(figure.alt)}</div>`,
        `<figcaption>${escapeHtml(figure.caption)}${note && ` <strong>${note}</strong>`}</figcaption>`,
        table.length > 0
          ? `<details><summary>The numbers</summary>${tableMarkup(table, rowsUnderFigure)}</details>`
          : '',
        `</figure><script>${drawScript(id, plot)}</script>`,
      ].join(''),
      'text/plain': [`[figure] ${figure.alt}`, figure.caption, note].filter(Boolean).join('\n'),
    },
  };
}

/** Draws when Plotly is there, or when the output that brings it has unpacked it; after 5 s without either, the words stay. */
function drawScript(id: string, plot: unknown): string {
  return `(function () {
var at = document.getElementById(${scriptJson(id)}), plot = ${scriptJson(plot)}, tries = 0;
function draw() { at.textContent = ''; window.Plotly.newPlot(at, plot.data, plot.layout, plot.config); }
(function wait() {
if (window.Plotly) draw();
else if (window.reluLabPlotly) window.reluLabPlotly.then(draw);
else if (++tries < 50) setTimeout(wait, 100);
})();
})();`;
}
