import { ParameterError } from '@relu-lab/core';
import type { Interval } from '../claims/claim.ts';
import type { NumberFormat } from '../number-format.ts';
import { d3Format, tickFormat } from './d3-format.ts';
import { errorBars } from './error-bars.ts';
import type { Figure, FigureText } from './figure.ts';
import { seriesStyles } from './series-style.ts';

/** One bar. */
export interface Bar {
  /** Bars of one group stand together, such as those of one layer. */
  readonly group: string;
  /** What the colour says, such as the activation. */
  readonly series: string;
  readonly value: number;
  readonly interval: Interval | null;
}

/** Options of {@link groupedBars}. */
export interface GroupedBarsOptions extends FigureText {
  /** In order of appearance, for groups and for series; one bar a group and series. */
  readonly bars: readonly Bar[];
  /** What groups are. */
  readonly groupTitle: string;
  /** What the length is, with its unit. */
  readonly valueTitle: string;
  /** How values are written. Default `auto`. */
  readonly format?: NumberFormat;
  /** The value at the top of the axis, such as 1 for shares. Default: as far as bars and intervals reach. */
  readonly upTo?: number;
}

/**
 * Bars from 0 with their intervals, in groups.
 *
 * @throws ParameterError when a group has two bars of one series.
 */
export function groupedBars(options: GroupedBarsOptions): Figure {
  const { bars, groupTitle, valueTitle, format, upTo, caption, alt } = options;
  const groups = [...new Set(bars.map(({ group }) => group))];
  const series = [...new Set(bars.map((bar) => bar.series))];
  const styles = seriesStyles(series);
  const find = (name: string, group: string): Bar | undefined => {
    const found = bars.filter((bar) => bar.series === name && bar.group === group);
    if (found.length > 1) throw new ParameterError(`There are ${found.length} bars for '${name}' in '${group}'`);
    return found[0];
  };
  const tick = d3Format(format);
  return {
    data: series.map((name) => {
      const { color, pattern } = styles.get(name) ?? {};
      const own = groups.map((group) => find(name, group));
      const values = own.map((bar) => bar?.value ?? NaN);
      return {
        type: 'bar' as const,
        name,
        x: groups,
        y: values,
        // Without any interval Plotly would still draw a cap on each bar.
        ...(own.some((bar) => bar?.interval) && {
          error_y: errorBars(
            values,
            own.map((bar) => bar?.interval ?? null),
          ),
        }),
        marker: {
          color,
          ...(pattern && { pattern: { shape: pattern, fillmode: 'overlay', size: 7, solidity: 0.25 } }),
        },
        hovertemplate: `%{fullData.name}, %{x}: %{y${tick && `:${tick}`}}<extra></extra>`,
        showlegend: series.length > 1,
      };
    }),
    layout: {
      barmode: 'group',
      bargap: 0.22,
      bargroupgap: 0.06,
      xaxis: { title: { text: groupTitle }, type: 'category' },
      yaxis: {
        title: { text: valueTitle },
        rangemode: 'tozero',
        ...(tick && { tickformat: tickFormat(format) }),
        ...(upTo !== undefined && { range: [0, upTo] }),
      },
    },
    caption,
    alt,
    table: bars.map(({ group, series: name, value, interval }) => ({
      group,
      series: name,
      value,
      low: interval?.[0] ?? null,
      high: interval?.[1] ?? null,
    })),
  };
}
