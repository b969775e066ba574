import type { FoldMap, LayerFold } from '@relu-lab/analysis';
import type { Figure } from '../figures/figure.ts';
import { palette, translucent } from '../figures/palette.ts';
import type { Trace } from '../figures/trace.ts';
import { formatNumber } from '../number-format.ts';
import { type Panel, panels, panelsLayout } from '../figures/panels.ts';
import { polygonsTrace } from './polygons.ts';

/** Colours for 1, 2, 3, … pieces on one another; from the last on, one for all. */
const depthColors: readonly number[] = [5, 0, 2, 4, 1, 3];

/** How each layer folds the input, step by step: one panel a layer, coloured by how many pieces lie on one another. */
export function foldMapFigure({ input, layers }: FoldMap): Figure {
  const columns = layers.length === 1 ? 1 : 2;
  const places = panels(
    layers.map(({ name, maxDepth }) => `${name}: up to ${maxDepth} on one another`),
    columns,
    { x: { showgrid: false }, y: { showgrid: false } },
  );
  const deepest = Math.max(...layers.map(({ maxDepth }) => maxDepth));
  const legend = depthColors.slice(0, deepest).map((k, i): Trace => ({
    type: 'scatter',
    mode: 'markers',
    name: i + 1 < depthColors.length || deepest === i + 1 ? `${i + 1}` : `${i + 1} or more`,
    x: [null],
    y: [null],
    marker: { color: palette[k].light, symbol: 'square', size: 12 },
  }));
  return {
    data: [...layers.flatMap((layer, i) => foldTraces(layer, places[i], input.kind === 'line')), ...legend],
    layout: panelsLayout(places, {
      height: 100 + 300 * Math.ceil(layers.length / columns),
      legend: { title: { text: 'Pieces on one another' }, y: 1.02 + 30 / (300 * Math.ceil(layers.length / columns)) },
      hovermode: 'closest',
    }),
    caption: `How each layer folds ${input.kind === 'line' ? 'a line' : 'a window of a plane'} through the input: where its pieces come to lie in the layer, and how many lie on one another. Layers of more than two units are projected onto two directions.`,
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

function foldTraces({ offsets, images, depth }: LayerFold, { x, y }: Panel, isLine: boolean): readonly Trace[] {
  const colorOf = (piece: number): number => Math.min(depth[piece], depthColors.length) - 1;
  return depthColors.flatMap((k, color): readonly Trace[] => {
    const chosen = Array.from(depth.keys()).filter((piece) => colorOf(piece) === color);
    if (chosen.length === 0) return [];
    const own = palette[k].light;
    const line = isLine ? { width: 2.5, color: own } : { width: 0.6, color: '#ffffff' };
    const more = { xaxis: x, yaxis: y, line, ...(isLine && { fill: 'none' }) };
    return [polygonsTrace({ offsets, vertices: images }, chosen, translucent(own, 0.45), more)];
  });
}
