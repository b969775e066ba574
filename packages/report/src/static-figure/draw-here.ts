import type { Layout, Trace } from '../figures/trace.ts';
import { staticPlotly } from './drawing-window.ts';
import { type Drawing, finishDrawing } from './finish-svg.ts';

/** What is drawn, dressed and in the colours of a light page. */
export interface DrawingJob {
  readonly data: readonly Trace[];
  readonly layout: Layout;
  /** In pixels. */
  readonly width: number;
  readonly height: number;
}

/** One at a time: Plotly measures on one sheet. */
let last: Promise<unknown> = Promise.resolve();

/** Draws in this thread. */
export function drawHere({ data, layout, width, height }: DrawingJob): Promise<Drawing> {
  const next = last.then(async () =>
    finishDrawing(
      await (await staticPlotly()).toImage({ data, layout }, { format: 'svg', imageDataOnly: true, width, height }),
    ),
  );
  last = next.catch(() => undefined);
  return next;
}
