import type { BornDeadCell, BornDeadShares } from '@relu-lab/analysis';
import { errorBars } from '../figures/error-bars.ts';
import type { Figure } from '../figures/figure.ts';
import { logAxis } from '../figures/log-axis.ts';
import { palette, translucent } from '../figures/palette.ts';
import { type SeriesStyle, seriesStyles } from '../figures/series-style.ts';
import type { Trace } from '../figures/trace.ts';

/**
 * The share of networks that are born dead, by depth, a colour for each width (by width, where there is one depth): on all inputs, between theory's
 * two bounds, and on one input, on the upper of them, which is exact there.
 */
export function bornDeadFigure({ summary }: BornDeadShares): Figure {
  const byWidth = new Set(summary.map(({ depth }) => depth)).size === 1;
  const at = (cell: BornDeadCell): number => (byWidth ? cell.width : cell.depth);
  const seriesOf = ({ width, depth }: BornDeadCell): string => (byWidth ? `${depth} layers` : `width ${width}`);
  const styles = seriesStyles(summary.map(seriesOf));
  const shares = summary.flatMap(({ singleInput, allInputs, predicted }) => [
    singleInput.share,
    allInputs.share,
    predicted.lowerBound,
    predicted.upperBound,
  ]);
  return {
    data: [
      ...[...styles].flatMap(([name, style]) => {
        const cells = summary.filter((cell) => seriesOf(cell) === name).sort((a, b) => at(a) - at(b));
        return seriesTraces(name, cells, at, style);
      }),
      ...legendKeys,
    ],
    layout: {
      xaxis: { title: { text: byWidth ? 'Width (units in each hidden layer)' : 'Depth (weight layers)' } },
      yaxis: { title: { text: 'Share of networks that are born dead' }, ...logAxis('y', shares), tickformat: '~p' },
      hovermode: 'closest',
    },
    caption: `Born-dead ReLU networks, of ${summary[0].networks} drawn for each point: those that are silent on every input, which lie between theory’s bounds (bands), and those that are silent on one given input, of which theory knows the share exactly (the upper, dotted line). Bars: 95 % intervals. A share of 0 is not drawn.`,
    alt: `Points and bands on a logarithmic axis, ${[...styles.keys()].join(', ')}: shares of born-dead networks, from ${Math.min(...summary.map(({ allInputs }) => allInputs.share)).toPrecision(2)} to ${Math.max(...summary.map(({ allInputs }) => allInputs.share)).toPrecision(2)}.`,
    table: summary.map(({ width, depth, networks, allInputs, singleInput, predicted }) => ({
      width,
      depth,
      networks,
      allInputs: allInputs.share,
      allInputsLow: allInputs.interval[0],
      allInputsHigh: allInputs.interval[1],
      lowerBound: predicted.lowerBound,
      upperBound: predicted.upperBound,
      oneInput: singleInput.share,
      oneInputLow: singleInput.interval[0],
      oneInputHigh: singleInput.interval[1],
      oneInputExpected: predicted.singleInput,
    })),
  };
}

function seriesTraces(
  name: string,
  cells: readonly BornDeadCell[],
  at: (cell: BornDeadCell) => number,
  { color, marker }: SeriesStyle,
): readonly Trace[] {
  const x = cells.map(at);
  const lower = cells.map(({ predicted }) => positiveOrNull(predicted.lowerBound));
  const upper = cells.map(({ predicted }) => predicted.upperBound);
  const common = { type: 'scatter', name, legendgroup: name } as const;
  const bounded = cells.filter(({ predicted }) => predicted.lowerBound > 0);
  const points = (key: 'allInputs' | 'singleInput', open: boolean): Trace => {
    const y = cells.map((cell) => positiveOrNull(cell[key].share));
    return {
      ...common,
      mode: 'markers',
      x,
      y,
      marker: { color, symbol: open ? `${marker}-open` : marker, size: 9 },
      error_y: {
        ...errorBars(
          y.map((share) => share ?? NaN),
          cells.map((cell) => cell[key].interval),
        ),
        color,
      },
      hovertemplate: `%{fullData.name}, %{x}, ${open ? 'one input' : 'all inputs'}: %{y:.3~p}<extra></extra>`,
      showlegend: !open,
    };
  };
  const line = (y: readonly (number | null)[], what: string): Trace => ({
    ...common,
    mode: 'lines',
    x,
    y,
    line: { color, dash: 'dot', width: 1.75 },
    hovertemplate: `%{fullData.name}, %{x}, ${what}: %{y:.3~p}<extra></extra>`,
    showlegend: false,
  });
  return [
    {
      ...common,
      mode: 'lines',
      x: [...bounded.map(at), ...[...bounded].reverse().map(at)],
      y: [
        ...bounded.map(({ predicted }) => predicted.upperBound),
        ...[...bounded].reverse().map(({ predicted }) => predicted.lowerBound),
      ],
      fill: 'toself',
      fillcolor: translucent(color, 0.15),
      line: { width: 0, color },
      hoverinfo: 'skip',
      showlegend: false,
    },
    line(upper, 'theory, one input'),
    line(lower, 'theory, at least'),
    points('singleInput', true),
    points('allInputs', false),
  ];
}

/** What the shapes mean, whatever the colour. */
const legendKeys: readonly Trace[] = (
  [
    ['silent on all inputs', 'markers', { marker: { symbol: 'circle', size: 9, color: palette[7].light } }],
    ['on one input', 'markers', { marker: { symbol: 'circle-open', size: 9, color: palette[7].light } }],
    ['theory', 'lines', { line: { dash: 'dot', width: 1.75, color: palette[7].light } }],
  ] as const
).map(([name, mode, look]) => ({ type: 'scatter', name, mode, x: [null], y: [null], ...look }));

function positiveOrNull(share: number): number | null {
  return share > 0 ? share : null;
}
