import type { FoldMap, LayerFold } from '@relu-lab/analysis';
import type { Figure } from '../figures/figure.ts';
import { palette, translucent } from '../figures/palette.ts';
import { type Panel, panels, panelsLayout } from '../figures/panels.ts';
import type { Layout, Trace } from '../figures/trace.ts';
import { formatNumber } from '../number-format.ts';
import { layerSlider } from './layer-slider.ts';
import { polygonsTrace } from './polygons.ts';

/** Colours from few pieces on one another to many. */
const depthColors: readonly number[] = [5, 0, 2, 4, 1, 3];

const columns = 2;
const rowHeight = 280;

/** What one panel shows: a layer's pieces in the input, or where they come to lie in the layer. */
interface View {
  readonly layer: number;
  readonly title: string;
  readonly axes: Layout;
  readonly traces: (panel: Panel) => readonly Trace[];
}

/**
 * How each layer folds the input, step by step, coloured by how many pieces lie on one another. Of a window of a plane each layer has
 * two panels: the creases in the input, and where the pieces between them come to lie. All layers stand side by side, as they do in
 * a still picture; a slider picks one.
 */
export function foldMapFigure(map: FoldMap): Figure {
  const { input, layers } = map;
  const isLine = input.kind === 'line';
  const classes = depthClasses(layers);
  const views = layers.flatMap((layer, i) => (isLine ? [lineView(layer, i, classes)] : planeViews(layer, i, classes)));
  const places = panels(
    views.map(({ title }) => title),
    columns,
    { x: { showgrid: false }, y: { showgrid: false } },
  ).map(({ layout, ...panel }, i) => ({ ...panel, layout: withAxes(layout, panel, views[i].axes) }));
  const drawn = views.flatMap(({ layer, traces }, i) => traces(places[i]).map((trace) => ({ layer, trace })));
  const legend = depthLegend(classes);
  const rows = Math.ceil(views.length / columns);
  const layout = panelsLayout(places, {
    height: 130 + rowHeight * rows,
    legend: { title: { text: 'Pieces on one another' }, y: 1 + 34 / (rowHeight * rows) },
    hovermode: 'closest',
  });
  return {
    data: [...drawn.map(({ trace }) => trace), ...legend],
    layout: {
      ...layout,
      ...layerSlider({
        names: layers.map(({ name }) => name),
        layerOfPanel: views.map(({ layer }) => layer),
        layerOfTrace: [...drawn.map(({ layer }) => layer), ...legend.map(() => null)],
        places,
      }),
    },
    caption: caption(map),
    alt: layers
      .map(
        ({ name, pieces, maxDepth, meanDepth }) =>
          `${name}: ${pieces} pieces, up to ${maxDepth} on one another, ${formatNumber(meanDepth, 'significant3')} on average`,
      )
      .join('; '),
    table: layers.map(({ name, units, pieces, maxDepth, meanDepth, projection }) => ({
      layer: name,
      units,
      pieces,
      maxDepth,
      meanDepth,
      projection: projection.kind,
      explained: projection.kind === 'principal' ? projection.explained : 1,
    })),
  };
}

function caption({ input, layers }: FoldMap): string {
  const what =
    input.kind === 'line'
      ? 'How each layer folds a line through the input: where its pieces come to lie in the layer.'
      : 'How each layer folds a window of a plane through the input: first the creases behind the layer, then where the pieces between them come to lie in it.';
  const projected = layers.some(({ projection }) => projection.kind === 'principal')
    ? ' Layers of more than two units are projected onto the two directions in which they vary most.'
    : '';
  return `${what} The colour says how many pieces lie on one another.${projected}`;
}

function planeViews(layer: LayerFold, index: number, classes: readonly DepthClass[]): readonly View[] {
  const { name, pieces, maxDepth } = layer;
  const same: Layout = { constrain: 'domain' };
  return [
    {
      layer: index,
      title: `${name}: ${formatNumber(pieces, 'integer')} ${pieces === 1 ? 'piece' : 'pieces'}`,
      axes: same,
      traces: (panel) => foldTraces(layer, layer.places, panel, classes),
    },
    {
      layer: index,
      title: maxDepth === 1 ? 'none on another' : `up to ${formatNumber(maxDepth, 'integer')} deep`,
      axes: same,
      traces: (panel) => foldTraces(layer, layer.images, panel, classes),
    },
  ];
}

/** Behind one unit a line is the graph of a function of t; else a path through the layer. */
function lineView(layer: LayerFold, index: number, classes: readonly DepthClass[]): View {
  const { name, pieces, maxDepth, places, images, projection } = layer;
  const isGraph = projection.kind === 'units' && projection.units.length === 1;
  const points = isGraph ? Array.from(places).flatMap((t, vertex) => [t, images[2 * vertex]]) : images;
  const on = isGraph ? '' : `, up to ${formatNumber(maxDepth, 'integer')} on one another`;
  return {
    layer: index,
    title: `${name}: ${formatNumber(pieces, 'integer')} ${pieces === 1 ? 'piece' : 'pieces'}${on}`,
    axes: {},
    traces: (panel) => foldTraces(layer, points, panel, classes, { fill: 'none', width: 2.5 }),
  };
}

function withAxes(layout: Layout, { x, y }: Pick<Panel, 'x' | 'y'>, axes: Layout): Layout {
  const axisOf = (short: string): string => `${short.charAt(0)}axis${short.slice(1)}`;
  const [xaxis, yaxis] = [layout[axisOf(x)], layout[axisOf(y)]] as readonly Layout[];
  const isSquare = 'constrain' in axes;
  return {
    ...layout,
    [axisOf(x)]: { ...xaxis, ...axes },
    [axisOf(y)]: { ...yaxis, ...axes, ...(isSquare && { scaleanchor: x }) },
  };
}

/** Depths that have one colour: from `least` on, up to that of the next class. */
interface DepthClass {
  readonly least: number;
  readonly name: string;
  readonly color: string;
}

/** Every depth that occurs, or, where there are more of them than colours, 1, 2, 3–4, 5–8, …. */
function depthClasses(layers: readonly LayerFold[]): readonly DepthClass[] {
  const present = [...new Set(layers.flatMap(({ depth }) => Array.from(depth)))].sort((a, b) => a - b);
  const isEach = present.length <= depthColors.length;
  const least = isEach ? present : depthColors.map((_, i) => (i === 0 ? 1 : 2 ** (i - 1) + 1));
  return least.map((from, i) => {
    const next = least[i + 1] ?? Infinity;
    const range = next === Infinity ? `${from} or more` : `${from}–${next - 1}`;
    return {
      least: from,
      name: isEach || next === from + 1 ? `${from}` : range,
      color: palette[depthColors[i]].light,
    };
  });
}

function depthLegend(classes: readonly DepthClass[]): readonly Trace[] {
  return classes.map(({ name, color }) => ({
    type: 'scatter',
    mode: 'markers',
    name,
    x: [null],
    y: [null],
    marker: { color, symbol: 'square', size: 12 },
  }));
}

function foldTraces(
  { offsets, depth }: LayerFold,
  vertices: ArrayLike<number>,
  { x, y }: Panel,
  classes: readonly DepthClass[],
  path?: { readonly fill: 'none'; readonly width: number },
): readonly Trace[] {
  return classes.flatMap(({ least, color }, i): readonly Trace[] => {
    const below = classes[i + 1]?.least ?? Infinity;
    const chosen = Array.from(depth.keys()).filter((piece) => depth[piece] >= least && depth[piece] < below);
    if (chosen.length === 0) return [];
    const more = { xaxis: x, yaxis: y, ...(path && { fill: path.fill, line: { width: path.width, color } }) };
    return [polygonsTrace({ offsets, vertices }, chosen, translucent(color, 0.45), more)];
  });
}
