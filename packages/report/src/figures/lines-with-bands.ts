import type { Interval } from '../claims/claim.ts';
import type { NumberFormat } from '../number-format.ts';
import { d3Format, tickFormat } from './d3-format.ts';
import type { Figure, FigureText } from './figure.ts';
import { logAxis } from './log-axis.ts';
import { translucent } from './palette.ts';
import { panels, panelsLayout } from './panels.ts';
import { type SeriesStyle, seriesStyles } from './series-style.ts';
import type { Layout, Trace } from './trace.ts';

/** One point of a line. */
export interface LinePoint {
  /** Points of one series are joined, in the order given. */
  readonly series: string;
  readonly x: number;
  readonly y: number;
  /** The band around the line at this point; null for none. */
  readonly interval: Interval | null;
}

/** Options of {@link linesWithBands}. */
export interface LinesWithBandsOptions extends FigureText {
  readonly points: readonly LinePoint[];
  readonly xTitle: string;
  readonly yTitle: string;
  /** Default `linear`. On a `log` axis a band that reaches 0 goes down to a tenth of the smallest positive number. */
  readonly xScale?: 'linear' | 'log';
  readonly yScale?: 'linear' | 'log';
  /** Distance of the ticks on the x axis, such as 1 for layers and epochs. Default: Plotly chooses. */
  readonly xStep?: number;
  /** Where the ticks of the x axis stand. Default: Plotly chooses. */
  readonly xTicks?: readonly number[];
  /** How y values are written. Default `auto`. */
  readonly format?: NumberFormat;
  /** How series are drawn, where other figures show the same ones. Default: {@link seriesStyles} of those here. */
  readonly styles?: ReadonlyMap<string, SeriesStyle>;
}

/** From this many points on, a line has no markers. */
const markersUpTo = 40;

/** More series with bands than this cover one another: each gets a panel of its own. */
const bandsInOnePanel = 4;
const panelColumns = 2;
const panelHeight = 190;

/**
 * Lines with a band around each, such as a median and its interval over seeds. A NaN is a gap in line and band.
 *
 * More than four series with bands are drawn in a panel each, with the lines of the others in grey behind it: their bands would hide
 * one another.
 */
export function linesWithBands(options: LinesWithBandsOptions): Figure {
  const { points, xTitle, yTitle, xScale = 'linear', yScale = 'linear', xStep, xTicks, format, caption, alt } = options;
  const series = [...new Set(points.map((point) => point.series))];
  const styles = options.styles ?? seriesStyles(series);
  const floor = yScale === 'log' ? smallestPositive(points) / 10 : -Infinity;
  const drawn = series.map((name) => {
    const own = points.filter((point) => point.series === name);
    return { name, own, traces: seriesTraces(name, own, { style: styles.get(name), floor, format }) };
  });
  const values = (key: 'x' | 'y'): number[] => points.map((point) => point[key]);
  const axes = {
    x: {
      title: { text: xTitle },
      ...(xScale === 'log' ? logAxis('x', values('x')) : xStep !== undefined && { dtick: xStep }),
      ...(xTicks && { tickmode: 'array', tickvals: xTicks, ticktext: xTicks.map(String) }),
    },
    y: {
      title: { text: yTitle },
      ...(yScale === 'log' ? logAxis('y', values('y')) : d3Format(format) && { tickformat: tickFormat(format) }),
    },
  };
  const isCrowded = drawn.filter(({ traces }) => traces.length > 1).length > bandsInOnePanel;
  return {
    ...(isCrowded ? inPanels(drawn, axes) : inOne(drawn, axes)),
    caption,
    alt,
    table: points.map(({ series: name, x, y, interval }) => ({
      series: name,
      x,
      y,
      low: interval?.[0] ?? null,
      high: interval?.[1] ?? null,
    })),
  };
}

/** One series: its band, where it has one, and its line. */
interface DrawnSeries {
  readonly name: string;
  readonly own: readonly LinePoint[];
  readonly traces: readonly Trace[];
}

interface Axes {
  readonly x: Layout;
  readonly y: Layout;
}

function inOne(drawn: readonly DrawnSeries[], { x, y }: Axes): Pick<Figure, 'data' | 'layout'> {
  return {
    data: drawn.flatMap(({ traces }) =>
      traces.map((trace) => (drawn.length > 1 ? trace : { ...trace, showlegend: false })),
    ),
    layout: { xaxis: x, yaxis: y, hovermode: 'x unified' },
  };
}

function inPanels(drawn: readonly DrawnSeries[], axes: Axes): Pick<Figure, 'data' | 'layout'> {
  const places = panels(
    drawn.map(({ name }) => name),
    panelColumns,
    { x: { ...axes.x, matches: 'x' }, y: { ...axes.y, matches: 'y' } },
  );
  return {
    data: drawn.flatMap(({ name, traces }, i) => {
      const { x, y } = places[i];
      const others = drawn.filter((other) => other.name !== name).flatMap(({ own }) => [...own, null]);
      const behind: Trace = {
        type: 'scatter',
        mode: 'lines',
        x: others.map((point) => point?.x ?? null),
        y: others.map((point) => point?.y ?? null),
        xaxis: x,
        yaxis: y,
        line: { color: 'rgba(125,135,148,0.4)', width: 1 },
        hoverinfo: 'skip',
        showlegend: false,
      };
      return [behind, ...traces.map((trace) => ({ ...trace, xaxis: x, yaxis: y, showlegend: false }))];
    }),
    layout: panelsLayout(places, {
      height: 90 + panelHeight * Math.ceil(drawn.length / panelColumns),
      hovermode: 'closest',
    }),
  };
}

function seriesTraces(
  name: string,
  own: readonly LinePoint[],
  how: { readonly style: SeriesStyle | undefined; readonly floor: number; readonly format: NumberFormat | undefined },
): readonly Trace[] {
  const { color = '', dash, marker } = how.style ?? {};
  const tick = d3Format(how.format);
  const line: Trace = {
    type: 'scatter',
    mode: own.length <= markersUpTo ? 'lines+markers' : 'lines',
    name,
    legendgroup: name,
    x: own.map(({ x }) => x),
    y: own.map(({ y }) => y),
    line: { color, dash, width: 2.25 },
    marker: { color, symbol: marker, size: 7 },
    hovertemplate: `%{fullData.name}: %{y${tick && `:${tick}`}}<extra></extra>`,
  };
  const outline = bandOutline(own, how.floor);
  if (outline.x.length === 0) return [line];
  const band: Trace = {
    type: 'scatter',
    mode: 'lines',
    name,
    legendgroup: name,
    ...outline,
    fill: 'toself',
    fillcolor: translucent(color, 0.18),
    line: { width: 0, color },
    hoverinfo: 'skip',
    showlegend: false,
  };
  return [band, line];
}

/** The outline of each unbroken stretch of the band, there along the top and back along the bottom; null between stretches. */
function bandOutline(
  points: readonly LinePoint[],
  floor: number,
): { readonly x: readonly (number | null)[]; readonly y: readonly (number | null)[] } {
  const x: (number | null)[] = [];
  const y: (number | null)[] = [];
  let stretch: { readonly x: number; readonly low: number; readonly high: number }[] = [];
  const close = (): void => {
    if (stretch.length > 1) {
      if (x.length > 0) {
        x.push(null);
        y.push(null);
      }
      const back = [...stretch].reverse();
      x.push(...stretch.map((point) => point.x), ...back.map((point) => point.x));
      y.push(...stretch.map((point) => point.high), ...back.map((point) => point.low));
    }
    stretch = [];
  };
  for (const { x: at, interval } of points) {
    if (interval && [at, ...interval].every(Number.isFinite)) {
      stretch.push({ x: at, low: Math.max(interval[0], floor), high: Math.max(interval[1], floor) });
    } else {
      close();
    }
  }
  close();
  return { x, y };
}

function smallestPositive(points: readonly LinePoint[]): number {
  let smallest = Infinity;
  for (const { y, interval } of points) {
    for (const value of [y, ...(interval ?? [])]) if (value > 0 && value < smallest) smallest = value;
  }
  return Number.isFinite(smallest) ? smallest : 1;
}
