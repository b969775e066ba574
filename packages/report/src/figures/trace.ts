import { ParameterError } from '@relu-lab/core';
import { isRecord, shown } from '../plain-value.ts';

/**
 * Plotly's trace types that a figure may use. Missing are those that fetch something (maps), carry pictures, or have an
 * equal that is better here: tables are HTML and Markdown.
 */
export const traceTypes = [
  'scatter',
  'scattergl',
  'bar',
  'box',
  'violin',
  'histogram',
  'histogram2d',
  'histogram2dcontour',
  'heatmap',
  'contour',
  'scatterpolar',
  'scatterternary',
  'parcoords',
  'splom',
  'sankey',
  'scatter3d',
  'surface',
  'mesh3d',
  'isosurface',
  'volume',
  'cone',
  'streamtube',
] as const;

/** One of {@link traceTypes}. */
export type TraceType = (typeof traceTypes)[number];

/** A trace as Plotly has it. */
export interface Trace {
  readonly type: TraceType;
  readonly [attribute: string]: unknown;
}

/** A layout as Plotly has it. Fonts, colours of axes, backgrounds and margins come from the page. */
export type Layout = Readonly<Record<string, unknown>>;

/** Attributes that hold a list: of anything else Plotly draws nothing, and says nothing. */
const lists = [
  'x',
  'y',
  'z',
  'r',
  'theta',
  'a',
  'b',
  'c',
  'u',
  'v',
  'w',
  'i',
  'j',
  'k',
  'value',
  'dimensions',
] as const;

const forbiddenInLayouts = ['images', 'geo', 'map', 'mapbox'] as const;

/**
 * Refuses what a page cannot or must not draw: with a trace type that it does not know, Plotly draws nothing and says
 * nothing.
 *
 * @throws ParameterError which names the trace, or the part of the layout.
 */
export function checkPlot(data: readonly Trace[], layout: Layout): void {
  if (!Array.isArray(data))
    throw new ParameterError(`The data of a figure must be an array of traces, not ${shown(data)}`);
  if (!isRecord(layout)) throw new ParameterError(`The layout of a figure must be an object, not ${shown(layout)}`);
  if (data.length === 0) throw new ParameterError('A figure needs at least one trace');
  for (const [index, trace] of data.entries()) {
    if (!isRecord(trace)) throw new ParameterError(`data[${index}] must be a trace, not ${shown(trace)}`);
    const { type } = trace;
    if (!traceTypes.some((known) => known === type)) {
      throw new ParameterError(
        `data[${index}] has the type '${String(type)}'; figures are made of ${traceTypes.join(', ')}`,
      );
    }
    for (const name of lists) {
      const list = trace[name];
      if (list === undefined || list === null || Array.isArray(list) || ArrayBuffer.isView(list)) continue;
      throw new ParameterError(`data[${index}].${name} must be an array, not ${shown(list)}`);
    }
  }
  for (const key of Object.keys(layout)) {
    if (forbiddenInLayouts.some((name) => key.startsWith(name))) {
      throw new ParameterError(`The layout of a figure cannot have '${key}': pages load nothing`);
    }
  }
}
