import type { Interval } from '../claims/claim.ts';
import type { NumberFormat } from '../number-format.ts';
import { d3Format, tickFormat } from './d3-format.ts';
import type { Figure, FigureText } from './figure.ts';
import { logAxis } from './log-axis.ts';
import { translucent } from './palette.ts';
import { seriesStyles } from './series-style.ts';
import type { Trace } from './trace.ts';

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
  /** How y values are written. Default `auto`. */
  readonly format?: NumberFormat;
}

/** From this many points on, a line has no markers. */
const markersUpTo = 40;

/**
 * Lines with a band around each, such as a median and its interval over seeds. A NaN is a gap in line and band.
 */
export function linesWithBands(options: LinesWithBandsOptions): Figure {
  const { points, xTitle, yTitle, xScale = 'linear', yScale = 'linear', xStep, format, caption, alt } = options;
  const series = [...new Set(points.map((point) => point.series))];
  const styles = seriesStyles(series);
  const floor = yScale === 'log' ? smallestPositive(points) / 10 : -Infinity;
  const tick = d3Format(format);
  const data = series.flatMap((name): Trace[] => {
    const { color = '', dash, marker } = styles.get(name) ?? {};
    const own = points.filter((point) => point.series === name);
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
      showlegend: series.length > 1,
    };
    const outline = bandOutline(own, floor);
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
  });
  return {
    data,
    layout: {
      xaxis: {
        title: { text: xTitle },
        ...(xScale === 'log'
          ? logAxis(
              'x',
              points.map(({ x }) => x),
            )
          : xStep !== undefined && { dtick: xStep }),
      },
      yaxis: {
        title: { text: yTitle },
        ...(yScale === 'log'
          ? logAxis(
              'y',
              points.map(({ y }) => y),
            )
          : tick && { tickformat: tickFormat(format) }),
      },
      hovermode: 'x unified',
    },
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
