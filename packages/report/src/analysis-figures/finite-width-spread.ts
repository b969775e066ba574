import type { FiniteWidthCell, FiniteWidthSpread } from '@relu-lab/analysis';
import { errorBars } from '../figures/error-bars.ts';
import type { Figure } from '../figures/figure.ts';
import { logAxis } from '../figures/log-axis.ts';
import { palette, translucent } from '../figures/palette.ts';
import { type Panel, panels, panelsLayout } from '../figures/panels.ts';
import type { Layout, Trace } from '../figures/trace.ts';

/**
 * The squared length of a He-initialised ReLU network's last activations over networks, by depth, a panel for each width: median and 5 % to 95 % of
 * the networks, beside the log-normal law's; and the mean, which stays at 1 in theory.
 */
export function finiteWidthSpreadFigure({ summary }: FiniteWidthSpread): Figure {
  const widths = [...new Set(summary.map(({ width }) => width))].sort((a, b) => a - b);
  const columns = Math.min(2, widths.length);
  const reach = summary.flatMap(({ quantiles }) =>
    [quantiles[0], quantiles[quantiles.length - 1]].flatMap(({ measured, predicted }) => [measured, predicted]),
  );
  const places = panels(
    widths.map((width) => `width ${width}`),
    columns,
    {
      x: { title: { text: 'Weight layers' }, matches: 'x' },
      y: { title: { text: 'Squared length |a|²/n' }, ...logAxis('y', reach), matches: 'y' },
    },
  );
  return {
    data: widths.flatMap((width, i) => {
      const cells = summary.filter((cell) => cell.width === width).sort((a, b) => a.depth - b.depth);
      return panelTraces(cells, i === 0).map((trace) => ({ ...trace, xaxis: places[i].x, yaxis: places[i].y }));
    }),
    layout: {
      ...panelsLayout(places.map(withoutInnerLabels(columns)), {
        height: 150 + 220 * Math.ceil(widths.length / columns),
        hovermode: 'closest',
      }),
      legend: { y: 1.09 },
      margin: { t: 60 },
    },
    caption: `Squared length of the last activations of He-initialised ReLU networks, ${summary[0].networks} networks a point, for an input of length 1. Dots: the median network; bars: from 5 % to 95 % of the networks. Dotted and band: the log-normal law of finite width. Open: the mean, 1 in theory, which few large networks make.`,
    alt: `${widths.length} panels by width on a logarithmic axis. ${summary.map(({ width, depth, measured, predicted }) => `Width ${width}, ${depth} layers: median ${measured.median.toPrecision(2)}, theory ${predicted.median.toPrecision(2)}`).join('; ')}.`,
    table: summary.map((cell) => ({
      width: cell.width,
      depth: cell.depth,
      networks: cell.networks,
      silent: cell.silent,
      median: cell.measured.median,
      low: cell.measured.interval?.[0] ?? null,
      high: cell.measured.interval?.[1] ?? null,
      expectedMedian: cell.predicted.median,
      mean: cell.measured.mean,
      logVariance: cell.measured.logVariance,
      expectedLogVariance: cell.predicted.logVariance,
      ...Object.fromEntries(
        cell.quantiles.flatMap(({ p, measured, predicted }) => [
          [`quantile${100 * p}`, measured],
          [`expectedQuantile${100 * p}`, predicted],
        ]),
      ),
    })),
  };
}

/** All panels have one scale, said at the left: on a phone the labels of another would lie over the panel before it. */
function withoutInnerLabels(columns: number): (place: Panel, at: number) => Panel {
  return (place, at) => {
    if (at % columns === 0) return place;
    const key = place.y.replace('y', 'yaxis');
    const axis = { ...(place.layout[key] as Layout), showticklabels: false };
    return { ...place, layout: { ...place.layout, [key]: axis } };
  };
}

const measuredColor = palette[0].light;
const theoryColor = palette[1].light;

function panelTraces(cells: readonly FiniteWidthCell[], showlegend: boolean): readonly Trace[] {
  const x = cells.map(({ depth }) => depth);
  const ends = cells.map(({ quantiles }) => [quantiles[0], quantiles[quantiles.length - 1]] as const);
  const medians = cells.map(({ measured }) => measured.median);
  return [
    {
      type: 'scatter',
      mode: 'lines',
      name: 'band',
      x: [...x, ...[...x].reverse()],
      y: [...ends.map(([, top]) => top.predicted), ...[...ends].reverse().map(([bottom]) => bottom.predicted)],
      fill: 'toself',
      fillcolor: translucent(theoryColor, 0.15),
      line: { width: 0, color: theoryColor },
      hoverinfo: 'skip',
      showlegend: false,
    },
    {
      type: 'scatter',
      mode: 'lines',
      name: 'median by theory',
      legendgroup: 'theory',
      x,
      y: cells.map(({ predicted }) => predicted.median),
      line: { color: theoryColor, dash: 'dot', width: 2 },
      hovertemplate: '%{x} layers by theory: %{y:.3~g}<extra></extra>',
      showlegend,
    },
    {
      type: 'scatter',
      mode: 'markers',
      name: 'mean',
      legendgroup: 'mean',
      x,
      y: cells.map(({ measured }) => measured.mean),
      marker: { color: measuredColor, symbol: 'diamond-open', size: 8 },
      hovertemplate: '%{x} layers, mean: %{y:.3~g}<extra></extra>',
      showlegend,
    },
    {
      type: 'scatter',
      mode: 'markers',
      name: 'median',
      legendgroup: 'median',
      x,
      y: medians,
      marker: { color: measuredColor, symbol: 'circle', size: 8 },
      error_y: {
        ...errorBars(
          medians,
          ends.map(([bottom, top]) => [bottom.measured, top.measured]),
        ),
        color: measuredColor,
      },
      hovertemplate: '%{x} layers, median: %{y:.3~g}<extra></extra>',
      showlegend,
    },
  ];
}
