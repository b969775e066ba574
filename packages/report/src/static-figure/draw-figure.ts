import { createHash } from 'node:crypto';
import { decimateTrace } from '../figures/decimate.ts';
import { dress, dressSizes } from '../figures/dress.ts';
import { pageColors } from '../figures/theme.ts';
import type { Layout, Trace } from '../figures/trace.ts';
import { safePlotText } from '../html/plot-text.ts';
import { draw } from './draw-in-workers.ts';
import type { Drawing } from './finish-svg.ts';

/** Drawings of this process, by what was drawn: pages are made again and again with the same figures. */
const drawn = new Map<string, Promise<Drawing>>();
const keptDrawings = 200;

/** More points than this in one trace lie closer together than a picture can show. */
const pointsATrace = 6000;

/** Draws traces that need no WebGL, at a width in pixels, in the colours of a light page. */
export function drawFlat(
  { data, layout }: { readonly data: readonly Trace[]; readonly layout: Layout },
  width: number,
): Promise<Drawing> {
  const dressed = dress({ data: data.map((trace) => decimateTrace(trace, pointsATrace)), layout }, width, dressSizes);
  const plot = withLightColors(safePlotText({ data: dressed.data, layout: dressed.layout })) as typeof dressed;
  const key = createHash('sha256')
    .update(JSON.stringify([width, plot]))
    .digest('base64');
  const known = drawn.get(key);
  if (known) return known;
  const drawing = draw({
    data: plot.data,
    layout: { ...plot.layout, width, font: fontOf(plot.layout) },
    width,
    height: dressed.layout.height,
  });
  if (drawn.size >= keptDrawings) drawn.clear();
  drawn.set(key, drawing);
  return drawing;
}

function fontOf(layout: Layout): unknown {
  const own = layout['font'];
  return { family: 'DejaVu Sans', ...(typeof own === 'object' ? own : {}) };
}

function withLightColors(value: unknown): unknown {
  if (typeof value === 'string') {
    return value.replace(/^var\(--([\w-]+)\)$/, (all, name: string) => pageColors.light[name] ?? all);
  }
  if (Array.isArray(value)) return value.map(withLightColors);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withLightColors(item)]));
}
