import type { LinearRegionsOnLine } from '@relu-lab/analysis';
import type { Figure } from '../figures/figure.ts';
import { seriesStyles } from '../figures/series-style.ts';
import type { Trace } from '../figures/trace.ts';
import { formatNumber } from '../number-format.ts';

/** The output along a line, piece by piece: a mark at every kink, and below it where units change their piece. */
export function linearRegionsOnLineFigure({
  pieces,
  outputs,
  count,
  cells,
  knots,
  layers,
}: LinearRegionsOnLine): Figure {
  const { starts, values, slopes } = pieces;
  const at = (i: number, output: number): number =>
    i < count
      ? values[i * outputs + output]
      : values[(count - 1) * outputs + output] + slopes[(count - 1) * outputs + output] * (1 - starts[count - 1]);
  const names = Array.from({ length: outputs }, (_, output) => `output ${output + 1}`);
  const styles = [...seriesStyles(names).values()];
  const lines = names.map((name, output): Trace => ({
    type: 'scatter',
    mode: count <= 200 ? 'lines+markers' : 'lines',
    name,
    x: Array.from(starts),
    y: Array.from(starts, (_, i) => at(i, output)),
    line: { color: styles[output].color, dash: styles[output].dash, width: 2 },
    marker: { color: styles[output].color, symbol: styles[output].marker, size: 6 },
    hovertemplate: `${name} at t = %{x:.4~g}: %{y:.4~g}<extra></extra>`,
    showlegend: outputs > 1,
  }));
  const masked = Array.from(knots.position.keys()).filter((i) => knots.isKink[i] === 0);
  return {
    data: [
      ...lines,
      {
        type: 'scatter',
        mode: 'markers',
        name: 'masked crossing',
        x: masked.map((i) => knots.position[i]),
        y: masked.map(() => 0),
        yaxis: 'y2',
        marker: { symbol: 'line-ns', size: 10, line: { width: 1, color: '#59636e' } },
        hovertemplate: 'a unit changes its piece at t = %{x:.4~g}, and the output does not bend<extra></extra>',
        showlegend: masked.length > 0,
      },
    ],
    layout: {
      xaxis: { title: { text: 'Share t of the way along the line' }, range: [0, 1] },
      yaxis: { title: { text: 'Output' } },
      yaxis2: { overlaying: 'y', range: [-0.03, 1], visible: false, fixedrange: true },
      hovermode: 'closest',
    },
    caption: `The output along a line: ${formatNumber(count, 'integer')} linear pieces with a mark where each begins and ends, out of ${formatNumber(cells, 'integer')} activation patterns.`,
    alt: `A broken line of ${count} pieces${outputs > 1 ? ` for each of ${outputs} outputs` : ''}. ${layers.map((layer) => `${layer.name}: ${formatNumber(layer.crossingsPerUnit, 'significant3')} crossings a unit`).join(', ')}.`,
    table: Array.from({ length: count }, (_, i) => ({
      from: starts[i],
      to: starts[i + 1],
      ...Object.fromEntries(names.map((name, output) => [name, values[i * outputs + output]])),
      ...Object.fromEntries(names.map((name, output) => [`slope of ${name}`, slopes[i * outputs + output]])),
    })),
  };
}
