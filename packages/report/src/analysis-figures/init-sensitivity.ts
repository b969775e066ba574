import type { InitSensitivity, InitSensitivityCell } from '@relu-lab/analysis';
import type { Figure } from '../figures/figure.ts';
import { formatNumber } from '../number-format.ts';

/** Up to this many cells, each shows its numbers. */
const numbersUpTo = 120;

/**
 * The share of seeds that train, by activation and initialiser (rows) and depth (columns), and in each cell the factor by which signals grow a layer, measured; what
 * theory says of it stands in the table and under the pointer.
 */
export function initSensitivityFigure({ summary }: InitSensitivity): Figure {
  const widths = new Set(summary.map(({ width }) => width));
  const rowOf = ({ activation, initializer }: InitSensitivityCell): string => `${activation}, ${initializer}`;
  const columnOf = ({ depth, width }: InitSensitivityCell): string =>
    widths.size > 1 ? `${depth} × ${width}` : String(depth);
  const rows = [...new Set(summary.map(rowOf))];
  const columns = [...new Set(summary.map(columnOf))];
  const cells = rows.map((row) =>
    columns.map((column) => summary.find((cell) => rowOf(cell) === row && columnOf(cell) === column)),
  );
  const trains = (share: number): number => summary.filter((cell) => cell.trains.share === share).length;
  return {
    data: [
      {
        type: 'heatmap',
        x: columns,
        y: rows,
        z: cells.map((row) => row.map((cell) => cell?.trains.share ?? null)),
        text: cells.map((row) => row.map((cell) => (cell ? growthText(cell) : ''))),
        customdata: cells.map((row) => row.map((cell) => (cell ? hoverText(cell) : ''))),
        zmin: 0,
        zmax: 1,
        colorscale: 'Cividis',
        colorbar: { title: { text: 'Share of seeds that train' }, tickformat: '.0%' },
        ...(rows.length * columns.length <= numbersUpTo && { texttemplate: '%{z:.0%} %{text}' }),
        hovertemplate: '%{y}, %{x} layers: %{z:.0%} train%{customdata}<extra></extra>',
        hoverongaps: false,
        xgap: 1,
        ygap: 1,
      },
    ],
    layout: {
      height: 150 + 30 * Math.min(rows.length, 24),
      xaxis: {
        title: { text: widths.size > 1 ? 'Depth (weight layers) × width' : 'Depth (weight layers)' },
        type: 'category',
        showgrid: false,
      },
      yaxis: { type: 'category', showgrid: false, autorange: 'reversed' },
      hovermode: 'closest',
    },
    caption: `What initialisation decides: the share of seeds that train, and the factor (×) by which the mean square of pre-activations grows a layer before the first step, median over seeds. A run that diverged does not train; ${summary.reduce((sum, { diverged }) => sum + diverged, 0)} did.`,
    alt: `A grid of ${rows.length} pairs of activation and initialiser by ${columns.length} depths. All seeds train in ${trains(1)} of ${summary.length} cells, none in ${trains(0)}.`,
    table: summary.map((cell) => ({
      activation: cell.activation,
      initializer: cell.initializer,
      depth: cell.depth,
      width: cell.width,
      trains: cell.trains.share,
      low: cell.trains.interval[0],
      high: cell.trains.interval[1],
      seeds: cell.trains.trials,
      diverged: cell.diverged,
      forwardGrowth: cell.measured.forwardGrowth?.median ?? null,
      expectedForwardGrowth: cell.predicted.forwardGrowth,
      backwardGrowth: cell.measured.backwardGrowth?.median ?? null,
      expectedBackwardGrowth: cell.predicted.backwardGrowth,
      deadAtStart: cell.measured.deadFraction?.median ?? null,
      expectedDeadAtStart: cell.predicted.deadFraction,
      chi1: cell.chi1,
    })),
  };
}

function growthText({ measured }: InitSensitivityCell): string {
  const growth = measured.forwardGrowth?.median ?? null;
  return growth === null ? '' : `×${formatNumber(growth, 'significant2')}`;
}

function hoverText({ measured, predicted, chi1 }: InitSensitivityCell): string {
  const lines = [
    ['signals a layer', measured.forwardGrowth?.median ?? null, predicted.forwardGrowth],
    ['gradients a layer', measured.backwardGrowth?.median ?? null, predicted.backwardGrowth],
    ['dead at the start', measured.deadFraction?.median ?? null, predicted.deadFraction],
    ['χ₁', null, chi1],
  ] as const;
  return lines
    .flatMap(([name, found, expected]) => {
      const parts = [
        ...(found === null ? [] : [formatNumber(found, 'significant3')]),
        ...(expected === null ? [] : [`theory ${formatNumber(expected, 'significant3')}`]),
      ];
      return parts.length === 0 ? [] : [`<br>${name}: ${parts.join(', ')}`];
    })
    .join('');
}
