import { ParameterError } from '@relu-lab/core';
import { type DrawableResult, figureOf, isDrawable } from '@relu-lab/report';
import type { ShownFigure } from './figure-bundle.ts';

/**
 * The figure itself, or that of a result, without the traces that have nothing to draw this time.
 *
 * @throws ParameterError for what is neither.
 */
export function figureToShow(shown: ShownFigure | DrawableResult): ShownFigure {
  if (typeof shown !== 'object' || shown === null)
    throw new ParameterError(
      `What is shown is a figure, { data, layout, caption, alt }, or a result that knows its own, not ${String(shown)}`,
    );
  if (!isDrawable(shown)) return shown;
  const figure = figureOf(shown);
  return { ...figure, data: figure.data.filter((trace) => !['x', 'y', 'z'].some((key) => isEmpty(trace[key]))) };
}

function isEmpty(value: unknown): boolean {
  return (Array.isArray(value) || ArrayBuffer.isView(value)) && (value as ArrayLike<unknown>).length === 0;
}
