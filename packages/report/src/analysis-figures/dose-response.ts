import type { DyingCell, DyingDoseResponse } from '@relu-lab/analysis';
import type { Figure } from '../figures/figure.ts';
import { linesWithBands } from '../figures/lines-with-bands.ts';

/** The share of units that die, by learning rate: median over seeds with its interval, one line a condition. */
export function doseResponseFigure({ summary }: DyingDoseResponse): Figure {
  const nameOf = conditionName(summary);
  const names = [...new Set(summary.map(nameOf))];
  const diverged = summary.reduce((sum, cell) => sum + cell.diverged, 0);
  return linesWithBands({
    points: summary.map((cell) => ({
      series: nameOf(cell),
      x: cell.learningRate,
      y: cell.measured.died.median ?? NaN,
      interval: cell.measured.died.interval,
    })),
    xTitle: 'Learning rate',
    yTitle: 'Share of units that die',
    xScale: 'log',
    format: 'percent0',
    caption: `Dying units by learning rate: units that speak at the start and are dead at the end. Median over the seeds that did not diverge, with its 95 % interval; ${diverged} runs diverged.`,
    alt: `Lines over the learning rate on a logarithmic axis: ${names.join(', ')}.`,
  });
}

/** The activation, and of the rest what differs from cell to cell. */
function conditionName(cells: readonly DyingCell[]): (cell: DyingCell) => string {
  const keys = (['initializer', 'bias', 'momentum', 'depth', 'width'] as const).filter(
    (key) => new Set(cells.map((cell) => cell[key])).size > 1,
  );
  return (cell) => [cell.activation, ...keys.map((key) => `${key} ${cell[key]}`)].join(', ');
}
