import type { RegionsAtDepth, RegionsByDepth } from '@relu-lab/analysis';
import type { Figure } from '../figures/figure.ts';
import { type LinePoint, linesWithBands } from '../figures/lines-with-bands.ts';
import { dotted } from './dotted.ts';

const theory = ', theory';

/** Linear regions of random networks by depth, one line a number of neurons: median over seeds with its interval; theory dotted. */
export function regionsByDepthFigure({ summary }: RegionsByDepth): Figure {
  const windows = new Set(summary.map(({ window }) => window));
  const nameOf = ({ neurons, window }: RegionsAtDepth): string =>
    `${neurons} neurons${windows.size > 1 ? ` (${window})` : ''}`;
  const names = [...new Set(summary.map(nameOf))];
  const hasTheory = summary.some(({ predicted }) => predicted.expectedCells !== null);
  const points = names.flatMap((name): readonly LinePoint[] => {
    const own = summary.filter((at) => nameOf(at) === name);
    const expected = own.flatMap(({ layers, predicted: { expectedCells } }): readonly LinePoint[] =>
      expectedCells === null ? [] : [{ series: name + theory, x: layers, y: expectedCells, interval: null }],
    );
    return [
      ...own.map(({ layers, median, interval }) => ({ series: name, x: layers, y: median, interval })),
      ...expected,
    ];
  });
  const where = [...windows].map((window) => (window === 'line' ? 'on a line' : 'in the plane')).join(' and ');
  const figure = linesWithBands({
    points,
    xTitle: 'Hidden layers among which the neurons are divided',
    yTitle: `Linear regions ${where}`,
    yScale: 'log',
    caption: `Linear regions of random networks ${where} at equal numbers of neurons, by depth: median over seeds with its 95 % interval.${hasTheory ? ' Dotted: activation patterns that theory expects of wide layers; where layers mask one another there are fewer regions.' : ''}`,
    alt: `Lines over the number of layers: ${names
      .map(
        (name) =>
          `${name}: ${summary
            .filter((at) => nameOf(at) === name)
            .map(({ layers, median }) => `${median} with ${layers}`)
            .join(', ')}`,
      )
      .join('; ')}.`,
  });
  return {
    ...figure,
    data: theoryLikeMeasured(dotted(figure.data, (name) => name.endsWith(theory))),
    table: summary.map(({ window, neurons, layers, median, interval, predicted }) => ({
      window,
      neurons,
      layers,
      median,
      low: interval[0],
      high: interval[1],
      expectedPatterns: predicted.expectedCells,
      upperBound: predicted.upperBound,
    })),
  };
}

/** What was measured is solid; theory dotted, in the colour of what it is theory of and without an entry of its own in the legend. */
function theoryLikeMeasured(traces: Figure['data']): Figure['data'] {
  const colors = new Map(traces.map((trace) => [trace['name'], (trace['line'] as { readonly color: string }).color]));
  return traces.map((trace) => {
    const name = String(trace['name']);
    if (!name.endsWith(theory)) return { ...trace, line: { ...(trace['line'] as object), dash: 'solid' } };
    const color = colors.get(name.slice(0, -theory.length));
    return { ...trace, line: { ...(trace['line'] as object), color }, showlegend: false };
  });
}
