import type { Coordinate, CoordinateCheck } from '@relu-lab/analysis';
import type { Figure } from '../figures/figure.ts';
import { logAxis } from '../figures/log-axis.ts';
import { seriesStyles } from '../figures/series-style.ts';
import type { Trace } from '../figures/trace.ts';
import { formatNumber } from '../number-format.ts';
import { panels, panelsLayout } from '../figures/panels.ts';

const titles: Readonly<Record<Coordinate, string>> = {
  activation: 'outputs at initialisation',
  gradient: 'gradients at initialisation',
  'weight-update': 'change of the weights',
  'activation-change': 'change of the outputs',
};

/** Sizes of a layer's coordinates against width, one panel a coordinate, one line a layer. Flat lines are stable. */
export function coordinateCheckFigure({ coordinates, widths, parametrization, steps, seeds }: CoordinateCheck): Figure {
  const kinds = (Object.keys(titles) as Coordinate[]).filter((kind) =>
    coordinates.some(({ coordinate }) => coordinate === kind),
  );
  const layers = [...new Set(coordinates.map(({ layer }) => layer))];
  const styles = seriesStyles(layers);
  const places = panels(
    kinds.map((kind) => titles[kind]),
    2,
    {
      x: { type: 'log', tickvals: widths, ticktext: widths.map(String), title: { text: 'Width' } },
      y: logAxis(
        'y',
        coordinates.flatMap(({ sizes }) => sizes),
      ),
    },
  );
  const traces = kinds.flatMap((kind, i) =>
    coordinates
      .filter(({ coordinate }) => coordinate === kind)
      .map(({ layer, sizes, slope }): Trace => {
        const { color = '', dash, marker } = styles.get(layer) ?? {};
        return {
          type: 'scatter',
          mode: 'lines+markers',
          name: layer,
          legendgroup: layer,
          showlegend: i === 0,
          xaxis: places[i].x,
          yaxis: places[i].y,
          x: widths,
          y: sizes,
          line: { color, dash, width: 2 },
          marker: { color, symbol: marker, size: 7 },
          hovertemplate: `${layer}, width %{x}: %{y:.3~g} (slope ${formatNumber(slope, 'fixed2')})<extra></extra>`,
        };
      }),
  );
  const unstable = coordinates.filter(({ verdict }) => verdict === 'grows' || verdict === 'shrinks');
  return {
    data: traces,
    layout: panelsLayout(places, {
      height: 140 + 260 * Math.ceil(kinds.length / 2),
      hovermode: 'closest',
      legend: { y: 1.08 },
    }),
    caption: `Coordinate check of ${parametrization}: root mean square of each size against width over ${steps} steps, geometric mean over ${seeds} seeds, on logarithmic axes. A parametrisation that carries its learning rate from width to width has flat lines.`,
    alt: `Four panels of lines against width. ${unstable.length === 0 ? 'No size grows or shrinks with width.' : unstable.map(({ layer, coordinate, verdict }) => `${titles[coordinate]} of ${layer} ${verdict}`).join(', ')}.`,
    table: coordinates.flatMap(({ layer, coordinate, sizes, slope, verdict }) =>
      widths.map((width, i) => ({ layer, coordinate, width, size: sizes[i], slope, verdict })),
    ),
  };
}
