import { relu } from '@relu-lab/core';
import { type Figure, type Table, groupedBars, linesWithBands, palette } from '@relu-lab/report';
import type { Row } from '@relu-lab/sweep';
import { bySeed, measurement, select, share } from '../measurements.ts';
import { mappings } from './mappings.ts';

const seedsNote = 'Mean over seeds with its 95 % interval.';

/** What the networks with and without an activation are called. */
const kinds = { identity: 'no activation', relu: 'relu' } as const;

/** ReLU and its derivative, with every subgradient at the kink. */
export function curveFigure(): Figure {
  const x = Array.from({ length: 13 }, (_, i) => (i - 6) / 2);
  const [own, other] = palette.map(({ light }) => light);
  const slopes = [
    { x: -3, slope: 0 },
    { x: 0, slope: 0 },
    { x: 0, slope: 1 },
    { x: 3, slope: 1 },
  ];
  return {
    data: [
      {
        type: 'scatter',
        mode: 'lines',
        name: 'relu(x)',
        x,
        y: x.map(relu.value),
        line: { color: own, width: 2.5 },
      },
      {
        type: 'scatter',
        mode: 'lines',
        name: 'subgradients',
        x: slopes.map((point) => point.x),
        y: slopes.map((point) => point.slope),
        line: { color: other, dash: 'dash', width: 2.5 },
      },
      {
        type: 'scatter',
        mode: 'markers',
        name: 'the usual choice at 0',
        x: [0],
        y: [relu.derivative(0)],
        marker: { color: other, symbol: 'circle', size: 10 },
      },
    ],
    layout: {
      xaxis: { title: { text: 'x' } },
      yaxis: { title: { text: 'relu(x), and its slope' }, range: [-0.2, 3.1] },
    },
    caption:
      'ReLU and its slopes. At 0 there is no derivative: every slope between 0 and 1 supports the curve from below; the dot is the one that frameworks take.',
    alt: 'Two lines: ReLU, zero up to x = 0 and then rising with slope 1; and its subgradients, 0 up to x = 0, all numbers from 0 to 1 at x = 0, and 1 from there on.',
    table: [...x.map((at) => ({ x: at, relu: relu.value(at), derivative: at === 0 ? null : relu.derivative(at) }))],
  };
}

export function mappingsFigure(rows: readonly Row[]): Figure {
  return groupedBars({
    bars: Object.keys(mappings).flatMap((mapping) =>
      Object.entries(kinds).map(([activation, series]) => {
        const selection = { kind: 'mapping', mapping, activation };
        const { estimate, interval } = measurement(bySeed(rows, selection, 'accuracy'), share);
        return { group: mapping, series, value: estimate, interval };
      }),
    ),
    groupTitle: 'What is learned',
    valueTitle: 'Accuracy on points not seen',
    format: 'percent0',
    upTo: 1,
    caption: `The same deep network with ReLU and without an activation, on sets of two classes in the plane; one half is a guess. ${seedsNote}`,
    alt: 'Grouped bars: test accuracy on moons, circles, spirals and a checkerboard, without an activation and with ReLU.',
  });
}

/** The probability of class 1 all over the plane, without an activation and with ReLU. */
export function answersFigure(rows: readonly Row[]): Figure {
  const answers = select(rows, { kind: 'answer' });
  const seed = Math.min(...answers.map((row) => Number(row.seed)));
  const pictures = Object.keys(kinds).map((activation) => select(answers, { activation, seed }));
  return {
    data: pictures.map((points, i) => ({
      type: 'heatmap',
      x: points.map(({ x }) => x),
      y: points.map(({ y }) => y),
      z: points.map(({ probability }) => probability),
      zmin: 0,
      zmax: 1,
      colorscale: 'Cividis',
      showscale: i === 1,
      colorbar: { title: { text: 'P(class 1)' } },
      hovertemplate: '(%{x:.2f}, %{y:.2f}): %{z:.2f}<extra></extra>',
      ...(i === 1 && { xaxis: 'x2', yaxis: 'y2' }),
    })),
    layout: {
      height: 380,
      grid: { rows: 1, columns: 2, pattern: 'independent' },
      xaxis: { title: { text: 'no activation' }, constrain: 'domain' },
      yaxis: { scaleanchor: 'x' },
      xaxis2: { title: { text: 'relu' }, constrain: 'domain' },
      yaxis2: { scaleanchor: 'x2' },
    },
    caption: `What the first of the networks answers all over the plane after learning the two spirals: a straight line between the classes without an activation, arms with ReLU.`,
    alt: 'Two maps of the plane, coloured by the probability of class 1: without an activation one straight border; with ReLU two intertwined arms.',
    table: pictures.flat().map(({ activation, x, y, probability }) => ({ activation, x, y, probability })),
  };
}

export function piecesFigure(rows: readonly Row[]): Figure {
  const pieces = select(rows, { kind: 'pieces' });
  const counts = [...new Set(pieces.map((row) => Number(row.units)))].sort((a, b) => a - b);
  const measured = counts.map((units) => {
    const { estimate, interval } = measurement(bySeed(pieces, { units }, 'error'), { scale: 'log' });
    return { series: 'measured', x: units, y: estimate, interval };
  });
  const [first] = measured;
  const predicted = counts.map((units) => ({
    series: '1/n², from the first point',
    x: units,
    y: first.y * (first.x / units) ** 2,
    interval: null,
  }));
  return linesWithBands({
    points: [...measured, ...predicted],
    xTitle: 'ReLU units n in one hidden layer',
    yTitle: 'Greatest distance from the curve',
    xScale: 'log',
    yScale: 'log',
    caption:
      'How closely a network of one hidden layer follows a smooth curve when its kinks lie evenly on it. Geometric mean over random curves with its 95 % interval.',
    alt: 'Two lines on logarithmic axes: the greatest distance from the curve against the number of units, and a line of slope −2 beside it.',
  });
}

export function kinkTable(rows: readonly Row[]): Table {
  return {
    columns: [
      { key: 'subgradient', label: 'Derivative at 0', format: 'integer' },
      { key: 'accuracy', label: 'Test accuracy', format: 'percent2' },
      { key: 'zerosAtStart', label: 'Pre-activations exactly 0, before training', format: 'scientific' },
      { key: 'zerosAtEnd', label: 'after training', format: 'scientific' },
    ],
    rows: [0, 1].map((subgradient) => {
      const mean = (key: string) => measurement(bySeed(rows, { kind: 'kink', subgradient }, key)).estimate;
      return {
        subgradient,
        accuracy: mean('accuracy'),
        zerosAtStart: mean('zerosAtStart'),
        zerosAtEnd: mean('zerosAtEnd'),
      };
    }),
    caption: 'The same networks trained on digits with either derivative at 0: means over seeds, on the test digits.',
  };
}
