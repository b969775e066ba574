import { ParameterError } from '@relu-lab/core';
import type { Row } from '@relu-lab/sweep';
import { isRecord, shown } from '../plain-value.ts';
import { checkRows } from '../tables/rows.ts';
import { type Layout, type Trace, checkPlot } from './trace.ts';

/** A picture, in words and numbers too: what cannot see it can read it. */
export interface Figure {
  /** What Plotly draws. */
  readonly data: readonly Trace[];
  readonly layout: Layout;
  /** What is shown, and what to see in it: one to three sentences under the figure. Plain text. */
  readonly caption: string;
  /** The figure in words, for those who do not see it: its kind, its axes, and what it shows. */
  readonly alt: string;
  /** The numbers of the figure: the CSV file, and the table under it. At least one row. */
  readonly table: readonly Row[];
}

/** What every maker of a figure takes beside its data. */
export interface FigureText {
  /** See {@link Figure.caption}. */
  readonly caption: string;
  /** See {@link Figure.alt}. */
  readonly alt: string;
}

/**
 * Checks a figure that is about to be shown.
 *
 * @returns the figure itself.
 * @throws ParameterError when caption, alternative text or numbers are missing, rows are not flat, or a page could not draw it.
 */
export function checkFigure(figure: Figure): Figure {
  if (!isRecord(figure)) {
    throw new ParameterError(`A figure is { data, layout, caption, alt, table }, not ${shown(figure)}`);
  }
  for (const part of ['caption', 'alt'] as const) {
    if (typeof figure[part] !== 'string' || figure[part].trim() === '') {
      throw new ParameterError(`A figure needs ${part === 'alt' ? 'an alternative text (alt)' : 'a caption'}`);
    }
  }
  if (!Array.isArray(figure.table) || figure.table.length === 0) {
    throw new ParameterError('A figure needs its numbers: a table of at least one row');
  }
  checkRows('table', figure.table);
  checkPlot(figure.data, figure.layout);
  return figure;
}
