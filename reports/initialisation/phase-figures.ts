import { type Figure, linesWithBands, seriesStyles } from '@relu-lab/report';
import type { Row } from '@relu-lab/sweep';
import { bySeed, measurement, select } from '../measurements.ts';
import { phaseFactors } from './design.ts';
import { rowsOfPhase } from './phase-claims.ts';

const quantities = {
  q: {
    expected: 'expectedQ',
    scale: 'log',
    what: 'Squared length of signals',
    title: 'Mean square of pre-activations',
  },
  correlation: {
    expected: 'expectedCorrelation',
    scale: 'linear',
    what: 'Correlation of two inputs’ signals',
    title: 'Correlation',
  },
} as const;

/** The squared length, or the correlation, of two inputs by layer in each phase of tanh networks, beside theory. */
export function followedFigure(rows: readonly Row[], quantity: keyof typeof quantities): Figure {
  const { expected, scale, what, title } = quantities[quantity];
  const phases = Object.entries(phaseFactors).map(([phase, factor]) => ({
    name: `${phase} (× ${factor})`,
    own: rowsOfPhase(rows, phase as keyof typeof phaseFactors),
  }));
  const styles = seriesStyles(phases.map(({ name }) => name));
  const layersOf = (own: readonly Row[]): readonly number[] => [...new Set(own.map(({ layer }) => Number(layer)))];
  const lines = linesWithBands({
    points: phases.flatMap(({ name, own }) =>
      layersOf(own).map((layer) => {
        const { estimate, interval } = measurement(bySeed(own, { layer }, quantity), { scale });
        return { series: name, x: layer, y: estimate, interval };
      }),
    ),
    xTitle: 'Weight layer, from the input up',
    yTitle: title,
    yScale: scale,
    caption: `${what} through tanh networks with biases, by their weight variance in units of that at the edge of chaos; ${scale === 'log' ? 'geometric mean' : 'mean'} over seeds with its 95 % interval. Dotted: the maps of mean field theory, for wide layers.`,
    alt: `Lines by layer. At the top: ${phases.map(({ name, own }) => `${name} ${endOf(own, quantity).toPrecision(2)} (theory ${endOf(own, expected).toPrecision(2)})`).join(', ')}.`,
  });
  const theory = phases.map(({ name, own }) => ({
    type: 'scatter' as const,
    mode: 'lines',
    name: `${name}, theory`,
    legendgroup: name,
    showlegend: false,
    x: layersOf(own),
    y: layersOf(own).map((layer) => Number(select(own, { layer })[0][expected])),
    line: { color: styles.get(name)?.color ?? '', dash: 'dot', width: 2.5 },
    hoverinfo: 'skip',
  }));
  return { ...lines, data: [...lines.data, ...theory] };
}

function endOf(own: readonly Row[], key: string): number {
  const layer = Math.max(...own.map((row) => Number(row.layer)));
  return measurement(bySeed(own, { layer }, key)).estimate;
}
