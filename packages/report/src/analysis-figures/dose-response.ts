import type { DyingCell, DyingDoseResponse } from '@relu-lab/analysis';
import type { Figure } from '../figures/figure.ts';
import { linesWithBands } from '../figures/lines-with-bands.ts';
import { logAxis } from '../figures/log-axis.ts';
import { seriesStyles } from '../figures/series-style.ts';
import type { Trace } from '../figures/trace.ts';

/** More conditions than this have a panel each, which leaves no room for a second axis below. */
const bandsInOnePanel = 4;

/**
 * The share of units that die, by learning rate: median over the seeds that did not diverge, with its interval, one line a condition; and the share of
 * seeds that diverged, by itself below.
 */
export function doseResponseFigure({ summary }: DyingDoseResponse): Figure {
  const nameOf = conditionName(summary);
  const names = [...new Set(summary.map(nameOf))];
  const diverged = summary.reduce((sum, cell) => sum + cell.diverged, 0);
  const apart = diverged > 0 && names.length <= bandsInOnePanel;
  const figure = linesWithBands({
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
    caption: `Dying units by learning rate: units that speak at the start and are dead at the end. Median over the seeds that did not diverge, with its 95 % interval; ${diverged} runs diverged${apart ? ', which the lower part shows' : ''}.`,
    alt: `Lines over the learning rate on a logarithmic axis: ${names.join(', ')}. ${diverged} runs diverged.`,
  });
  return {
    ...figure,
    ...(apart && withDiverged(figure, summary, nameOf)),
    table: summary.map((cell) => ({
      series: nameOf(cell),
      learningRate: cell.learningRate,
      died: cell.measured.died.median,
      low: cell.measured.died.interval?.[0] ?? null,
      high: cell.measured.died.interval?.[1] ?? null,
      deadAtStart: cell.measured.deadStart.median,
      revived: cell.measured.revived.median,
      seeds: cell.measured.died.runs,
      diverged: cell.diverged,
    })),
  };
}

/** The figure with a second, lower part: the share of seeds that diverged. */
function withDiverged(
  { data, layout }: Figure,
  summary: readonly DyingCell[],
  nameOf: (cell: DyingCell) => string,
): Pick<Figure, 'data' | 'layout'> {
  const names = [...new Set(summary.map(nameOf))];
  const styles = seriesStyles(names);
  const below = names.map((name): Trace => {
    const cells = summary.filter((cell) => nameOf(cell) === name);
    const { color, dash, marker } = styles.get(name) ?? {};
    return {
      type: 'scatter',
      mode: 'lines+markers',
      name,
      legendgroup: name,
      showlegend: false,
      x: cells.map(({ learningRate }) => learningRate),
      y: cells.map((cell) => cell.diverged / cell.measured.died.runs),
      yaxis: 'y2',
      line: { color, dash, width: 1.5 },
      marker: { color, symbol: marker, size: 6 },
      hovertemplate: '%{fullData.name}, diverged: %{y:.0%}<extra></extra>',
    };
  });
  const yaxis = layout['yaxis'] as Record<string, unknown>;
  return {
    data: [...data, ...below],
    layout: {
      ...layout,
      height: 480,
      xaxis: {
        title: { text: 'Learning rate' },
        ...logAxis(
          'x',
          summary.map(({ learningRate }) => learningRate),
        ),
        anchor: 'y2',
      },
      yaxis: { ...yaxis, domain: [0.32, 1] },
      yaxis2: { title: { text: 'Seeds that<br>diverge' }, domain: [0, 0.22], range: [-0.08, 1.08], tickformat: '.0%' },
    },
  };
}

/** The activation, and of the rest what differs from cell to cell. */
function conditionName(cells: readonly DyingCell[]): (cell: DyingCell) => string {
  const keys = (['initializer', 'bias', 'momentum', 'depth', 'width'] as const).filter(
    (key) => new Set(cells.map((cell) => cell[key])).size > 1,
  );
  return (cell) => [cell.activation, ...keys.map((key) => `${key} ${cell[key]}`)].join(', ');
}
