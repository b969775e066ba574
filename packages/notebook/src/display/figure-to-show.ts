import { type DrawableResult, figureOf, isDrawable } from '@relu-lab/report';
import type { ShownFigure } from './figure-bundle.ts';

/** The figure itself, or that of a result, without the traces that have nothing to draw this time. */
export function figureToShow(shown: ShownFigure | DrawableResult): ShownFigure {
  if (!isDrawable(shown)) return shown;
  const figure = figureOf(shown);
  return { ...figure, data: figure.data.filter((trace) => !['x', 'y', 'z'].some((key) => isEmpty(trace[key]))) };
}

function isEmpty(value: unknown): boolean {
  return (Array.isArray(value) || ArrayBuffer.isView(value)) && (value as ArrayLike<unknown>).length === 0;
}
