import { ShapeError } from '@relu-lab/core';
import type { NumberFormat } from '../number-format.ts';
import { d3Format, tickFormat } from './d3-format.ts';
import type { Figure, FigureText } from './figure.ts';

/** Options of {@link heatmap}. */
export interface HeatmapOptions extends FigureText {
  /** Names of the columns, from left to right. */
  readonly columns: readonly string[];
  /** Names of the rows, from top to bottom. */
  readonly rows: readonly string[];
  /** `values[row][column]`. A NaN is an empty cell. */
  readonly values: readonly (readonly number[])[];
  readonly columnTitle: string;
  readonly rowTitle: string;
  /** What the colour says, with its unit. */
  readonly valueTitle: string;
  /** The values at the ends of the colour scale. Default: the smallest and the largest. */
  readonly range?: readonly [low: number, high: number];
  /** How values are written. Default `auto`. */
  readonly format?: NumberFormat;
}

/** Up to this many cells, each shows its number. */
const numbersUpTo = 120;

/**
 * A grid of colours. The scale (cividis) reads the same with every kind of colour vision; a grid of up to 120 cells also
 * shows the numbers.
 *
 * @throws ShapeError when `values` does not have a row for each row name, or a row not a value for each column name.
 */
export function heatmap(options: HeatmapOptions): Figure {
  const { columns, rows, values, columnTitle, rowTitle, valueTitle, range, format, caption, alt } = options;
  if (values.length !== rows.length) {
    throw new ShapeError(`A heatmap of ${rows.length} rows needs as many rows of values, not ${values.length}`);
  }
  for (const [i, row] of values.entries()) {
    if (row.length === columns.length) continue;
    throw new ShapeError(`Row ${i} of a heatmap with ${columns.length} columns has ${row.length} values`);
  }
  const tick = d3Format(format);
  const written = tick || '.3~g';
  return {
    data: [
      {
        type: 'heatmap',
        x: columns,
        y: rows,
        z: values,
        colorscale: 'Cividis',
        ...(range && { zmin: range[0], zmax: range[1] }),
        colorbar: { title: { text: valueTitle }, ...(tick && { tickformat: tickFormat(format) }) },
        ...(rows.length * columns.length <= numbersUpTo && { texttemplate: `%{z:${written}}` }),
        hovertemplate: `%{y}, %{x}: %{z:${written}}<extra></extra>`,
        hoverongaps: false,
        xgap: 1,
        ygap: 1,
      },
    ],
    layout: {
      height: 150 + 30 * Math.min(rows.length, 24),
      xaxis: { title: { text: columnTitle }, type: 'category', showgrid: false },
      yaxis: { title: { text: rowTitle }, type: 'category', showgrid: false, autorange: 'reversed' },
    },
    caption,
    alt,
    table: rows.flatMap((row, i) => columns.map((column, j) => ({ row, column, value: values[i]?.[j] ?? NaN }))),
  };
}
