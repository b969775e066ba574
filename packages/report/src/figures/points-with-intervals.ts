import type { Interval } from '../claims/claim.ts';
import type { NumberFormat } from '../number-format.ts';
import { d3Format, tickFormat } from './d3-format.ts';
import { errorBars } from './error-bars.ts';
import type { Figure, FigureText } from './figure.ts';
import { logAxis } from './log-axis.ts';
import { seriesStyles } from './series-style.ts';

/** One estimate. */
export interface IntervalPoint {
  readonly name: string;
  readonly estimate: number;
  readonly interval: Interval | null;
}

/** Options of {@link pointsWithIntervals}. */
export interface PointsWithIntervalsOptions extends FigureText {
  /** From top to bottom; names are unique. */
  readonly points: readonly IntervalPoint[];
  /** What is estimated, with its unit. */
  readonly valueTitle: string;
  /** How values are written. Default `auto`. */
  readonly format?: NumberFormat;
  /** `log` for values over several powers of ten. Default `linear`. */
  readonly scale?: 'linear' | 'log';
  /** A value to compare with, drawn as a line across. Default none. */
  readonly reference?: { readonly value: number; readonly label: string };
}

/**
 * Estimates with their intervals, one a line, on an axis that need not start at 0: for comparing what lies close together.
 */
export function pointsWithIntervals(options: PointsWithIntervalsOptions): Figure {
  const { points, valueTitle, format, scale = 'linear', reference, caption, alt } = options;
  const styles = seriesStyles(points.map(({ name }) => name));
  const tick = d3Format(format);
  const reach = points.flatMap(({ estimate, interval }) => [estimate, ...(interval ?? [])]);
  return {
    data: points.map(({ name, estimate, interval }) => {
      const { color, marker } = styles.get(name) ?? {};
      return {
        type: 'scatter' as const,
        mode: 'markers',
        name,
        x: [estimate],
        y: [name],
        error_x: { ...errorBars([estimate], [interval]), color },
        marker: { color, symbol: marker, size: 11 },
        hovertemplate: `%{y}: %{x${tick && `:${tick}`}}<extra></extra>`,
        showlegend: false,
      };
    }),
    layout: {
      height: 110 + 34 * points.length,
      xaxis: {
        title: { text: valueTitle },
        ...(scale === 'log' ? logAxis('x', reach) : tick && { tickformat: tickFormat(format) }),
      },
      yaxis: {
        type: 'category',
        categoryorder: 'array',
        categoryarray: points.map(({ name }) => name).reverse(),
        range: [-0.6, points.length - 0.4],
      },
      hovermode: 'closest',
      ...(reference && {
        margin: { t: 30 },
        shapes: [
          {
            type: 'line',
            xref: 'x',
            yref: 'paper',
            x0: reference.value,
            x1: reference.value,
            y0: 0,
            y1: 1,
            line: { dash: 'dot', width: 1.5 },
          },
        ],
        annotations: [
          {
            x: scale === 'log' ? Math.log10(reference.value) : reference.value,
            xref: 'x',
            y: 1,
            yref: 'paper',
            yanchor: 'bottom',
            text: reference.label,
            showarrow: false,
          },
        ],
      }),
    },
    caption,
    alt,
    table: points.map(({ name, estimate, interval }) => ({
      name,
      estimate,
      low: interval?.[0] ?? null,
      high: interval?.[1] ?? null,
    })),
  };
}
