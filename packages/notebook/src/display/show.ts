import type { DrawableResult } from '@relu-lab/report';
import { randomUUID } from 'node:crypto';
import { type ShownFigure, figureBundle } from './figure-bundle.ts';
import { figureToShow } from './figure-to-show.ts';
import { withPictureHere } from './draw-picture.ts';
import { type Placement, display } from './kernel-writer.ts';
import { setupOnce, wantsPictures } from './setup.ts';

export interface ShowOptions extends Placement {
  /** In pixels. Default: what the figure's layout says, else 360. */
  readonly height?: number;
}

/**
 * Draws a figure, or a result of `@relu-lab/analysis` that knows its figure, under the cell: live where the front end can, else as a picture, else in words, with its caption, and its numbers where it
 * lists them. Values that are not finite are left out, and the caption says how many.
 *
 * With a `displayId`, a later call with `update: true` replaces the figure in place.
 *
 * @throws ParameterError when the alternative text or the caption is missing, or there is nothing to draw; NotebookError
 * outside a notebook.
 */
export function show(shown: ShownFigure | DrawableResult, options: ShowOptions = {}): void {
  const { height, ...placement } = options;
  const { data } = figureBundle(figureToShow(shown), height, `relu-lab-${randomUUID()}`);
  setupOnce();
  display({ data: wantsPictures() ? withPictureHere(data) : data }, placement);
}
