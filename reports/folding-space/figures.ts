import {
  foldMap,
  linearRegionsOnLine,
  paperFoldingNetwork,
  randomReluNetwork,
  summarizeRegionCounts,
  tentMapNetwork,
} from '@relu-lab/analysis';
import { type Figure, type Table, figureOf, linesWithBands, palette } from '@relu-lab/report';
import type { Row } from '@relu-lab/sweep';
import { bySeed, measurement, medianMeasurement, select } from '../measurements.ts';
import { type Counts, numbers } from './counts.ts';

const medianNote = 'Median over seeds with its 95 % interval.';

/** Paper folded three times in both directions. */
export function foldFigure(): Figure {
  const folds = 3;
  const layers = Array.from({ length: folds }, (_, i) => `fold${i + 1}`);
  return figureOf(foldMap(paperFoldingNetwork({ folds }), { uRange: [0, 1], vRange: [0, 1] }, { layers }));
}

/** What a network as it is drawn makes of a square. */
export function randomFoldFigure(seed: number): Figure {
  const network = randomReluNetwork({ inputs: 2, hidden: [8, 8, 8], seed, weightVariance: 2, biasDeviation: 0.5 });
  return figureOf(foldMap(network, { uRange: [-2, 2], vRange: [-2, 2] }));
}

/** The tent map folded four times, as a function. */
export function tentFigure(): Figure {
  return figureOf(linearRegionsOnLine(tentMapNetwork({ folds: 4 }), { from: 0, to: 1 }));
}

/** How many times the paper of each picture is unfolded. */
const unfoldings: readonly number[] = [0, 1, 2, 3];

/** A picture on the folded paper, a disc off its middle and a bar, and what unfolding makes of it. */
export function unfoldedFigure(): Figure {
  const shapes = { disc: { outline: disc, color: palette[4].light }, bar: { outline: bar, color: palette[0].light } };
  const suffix = (i: number): string => (i === 0 ? '' : String(i + 1));
  return {
    data: unfoldings.flatMap((folds, i) =>
      Object.entries(shapes).map(([name, { outline, color }]) => {
        const copies = unfold(outline, folds);
        return {
          type: 'scatter' as const,
          mode: 'lines',
          name,
          x: copies.flatMap((copy) => [...copy.map(([x]) => x), null]),
          y: copies.flatMap((copy) => [...copy.map(([, y]) => y), null]),
          fill: 'toself',
          fillcolor: color,
          line: { color, width: 0.5 },
          hoverinfo: 'skip',
          showlegend: false,
          xaxis: `x${suffix(i)}`,
          yaxis: `y${suffix(i)}`,
        };
      }),
    ),
    layout: {
      height: 620,
      grid: { rows: 2, columns: 2, pattern: 'independent', ygap: 0.22 },
      ...Object.fromEntries(
        unfoldings.flatMap((folds, i) => {
          const axis = { range: [0, 1], constrain: 'domain', showticklabels: false, mirror: true };
          const grid = { showgrid: folds > 0, tick0: 0, dtick: 2 ** -folds };
          const title = { text: folds === 0 ? 'the picture' : `${folds}× folded: ${2 ** (2 * folds)} copies` };
          return [
            [`xaxis${suffix(i)}`, { ...axis, ...grid, title }],
            [`yaxis${suffix(i)}`, { ...axis, ...grid, scaleanchor: `x${suffix(i)}` }],
          ];
        }),
      ),
    },
    caption:
      'What a layer above says of the folded square, it says of every piece that lies there: one disc and one bar, drawn once, are there 4, 16 and 64 times in the input. Neighbouring copies are mirror images; the thin lines are the creases.',
    alt: 'Four squares. The first shows a disc and a bar. The others show 4, 16 and 64 smaller copies of it side by side, each the mirror image of its neighbours.',
    table: unfoldings.map((folds) => ({ folds, copies: 2 ** (2 * folds), layers: folds, units: 4 * folds })),
  };
}

type Point = readonly [x: number, y: number];

const disc: readonly Point[] = Array.from({ length: 33 }, (_, i): Point => {
  const angle = (2 * Math.PI * i) / 32;
  return [0.66 + 0.2 * Math.cos(angle), 0.68 + 0.2 * Math.sin(angle)];
});

const bar: readonly Point[] = [
  [0.15, 0.15],
  [0.3, 0.15],
  [0.3, 0.85],
  [0.15, 0.85],
  [0.15, 0.15],
];

/** All that the folding takes to an outline: in every second stripe each coordinate is turned over. */
export function unfold(outline: readonly Point[], folds: number): readonly (readonly Point[])[] {
  const stripes = Array.from({ length: 2 ** folds }, (_, stripe) => stripe);
  const at = (stripe: number, u: number): number => (stripe + (stripe % 2 === 0 ? u : 1 - u)) / stripes.length;
  return stripes.flatMap((row) => stripes.map((column) => outline.map(([x, y]): Point => [at(column, x), at(row, y)])));
}

const kindsOfNetwork = { folded: 'set to fold', random: 'random', trained: 'trained on the folded' } as const;

export function attainableFigure(folding: readonly Row[]): Figure {
  const depths = numbers(folding, 'folds');
  const widths = numbers(select(folding, { network: 'random' }), 'units').map((units, i) => units / depths[i]);
  return linesWithBands({
    points: Object.entries(kindsOfNetwork).flatMap(([network, series]) =>
      depths.map((folds) => {
        const { estimate, interval } = medianMeasurement(bySeed(folding, { network, folds }, 'count'));
        return { series, x: folds, y: estimate, interval: network === 'folded' ? null : interval };
      }),
    ),
    xTitle: 'Hidden layers k',
    yTitle: 'Pieces on [0, 1]',
    yScale: 'log',
    xStep: 1,
    caption: `Pieces of networks of k hidden layers: set to fold, with two units a layer, 2ᵏ; random, and trained on what the first computes, with ${widths[0]} units a layer. ${medianNote}`,
    alt: 'Lines over the number of layers on a logarithmic axis: the pieces of the network that folds double with every layer; those of random and of trained networks hardly grow.',
  });
}

export function crossingsFigure(crossings: readonly Row[]): Figure {
  const layers = numbers(crossings, 'layer');
  const measured = layers.map((layer) => {
    const { estimate, interval } = measurement(bySeed(crossings, { layer }, 'crossingsPerUnit'));
    return { series: 'measured', x: layer, y: estimate, interval };
  });
  const theory = layers.map((layer) => ({
    series: 'theory',
    x: layer,
    y: Number(select(crossings, { layer })[0].expectedPerUnit),
    interval: null,
  }));
  const figure = linesWithBands({
    points: [...measured, ...theory],
    xTitle: 'Layer',
    yTitle: 'Crossings a unit',
    xStep: 1,
    caption:
      'How often a unit of a random network changes sign along the line, by layer: mean over seeds with its 95 % interval; dotted what theory expects of wide layers. Deeper units cross less often, not more.',
    alt: `Two lines over ${layers.length} layers that fall together, measured and expected crossings a unit.`,
  });
  return {
    ...figure,
    data: figure.data.map((trace) =>
      trace['name'] === 'theory'
        ? { ...trace, mode: 'lines', line: { ...(trace['line'] as object), dash: 'dot' } }
        : trace,
    ),
    layout: { ...figure.layout, yaxis: { ...(figure.layout['yaxis'] as object), rangemode: 'tozero' } },
  };
}

export function depthFigure(byDepth: readonly Row[], window: 'line' | 'plane'): Figure {
  return figureOf(summarizeRegionCounts(select(byDepth, { window })));
}

export function trainingFigure(training: readonly Row[]): Figure {
  const sets = [...new Set(training.map(({ data }) => String(data)))];
  return linesWithBands({
    points: sets.flatMap((data) =>
      numbers(select(training, { data }), 'share').map((share) => {
        const { estimate, interval } = medianMeasurement(bySeed(training, { data, share }, 'count'));
        return { series: data, x: share, y: estimate, interval };
      }),
    ),
    xTitle: 'Share of the training run',
    yTitle: 'Linear regions in the window',
    yScale: 'log',
    caption: `Linear regions through training: on spirals in the square around them, on digits in the plane through a 0, a 1 and a 2. Before the first step all biases are 0, and regions of the spirals’ plane are sectors around the origin. ${medianNote}`,
    alt: `Lines over training on a logarithmic axis for ${sets.join(' and ')}: after the first steps the number of regions hardly changes.`,
  });
}

export function noiseFigure(noise: readonly Row[]): Figure {
  const series = [
    ...numbers(select(noise, { network: 'folded' }), 'layers').map((layers) => ({
      name: `${layers} folds`,
      selection: { network: 'folded', layers },
    })),
    { name: 'random network', selection: { network: 'random' } },
  ];
  const figure = linesWithBands({
    points: series.flatMap(({ name, selection }) =>
      numbers(noise, 'level').map((level) => {
        const { estimate, interval } = medianMeasurement(bySeed(noise, { ...selection, level }, 'kept'));
        return { series: name, x: level, y: estimate, interval };
      }),
    ),
    xTitle: 'Noise, as a share of the layer’s root mean square weight',
    yTitle: 'Pieces, as a share of those without noise',
    xScale: 'log',
    format: 'percent0',
    caption: `What is left of the pieces when all weights and biases are disturbed. A little noise first adds small pieces, where creases no longer meet; more of it undoes the folds, the sooner the deeper. ${medianNote}`,
    alt: 'Lines over the noise: deep foldings lose their pieces between 1 and 10 % of noise, shallow ones later; a random network keeps its own.',
  });
  return {
    ...figure,
    layout: { ...figure.layout, yaxis: { ...(figure.layout['yaxis'] as object), rangemode: 'tozero' } },
  };
}

/** What papers say of regions, and what was counted. */
export function papersTable({ folds, crossings }: Counts): Table {
  const rowsOf = (construction: string, paper: string, result: string): Table['rows'] =>
    select(folds, { construction }).map(({ layers, units, count, predicted }) => ({
      paper,
      result: result.replace('#', String(layers)),
      units,
      theirs: predicted,
      ours: count,
      agree: count === predicted ? 'exactly' : 'no',
    }));
  const layers = numbers(crossings, 'layer');
  const last = layers[layers.length - 1];
  const { estimate, interval } = measurement(bySeed(crossings, { layer: last }, 'crossingsPerUnit'));
  return {
    columns: [
      { key: 'paper', label: 'Paper' },
      { key: 'result', label: 'Result' },
      { key: 'units', label: 'Units', format: 'integer' },
      { key: 'theirs', label: 'Theirs', format: 'auto' },
      { key: 'ours', label: 'Ours', format: 'auto' },
      { key: 'agree', label: 'Agree' },
    ],
    rows: [
      ...rowsOf('tent', 'Telgarsky 2015', '2ᵏ pieces on [0, 1], k = #'),
      ...rowsOf('montufar', 'Montúfar et al. 2014', 'bound of 4ᴴ⁻¹ × 11 regions, H = #'),
      {
        paper: 'Hanin & Rolnick 2019',
        result: `about one crossing a unit at most, layer ${last}`,
        units: null,
        theirs: 1,
        ours: estimate,
        agree: interval && interval[1] <= 1 ? 'yes' : 'no',
      },
    ],
    caption:
      'What papers say of regions, by their formulas, and what was counted here: pieces of the tent map composed k times, and regions of a network of two inputs and H layers of four units. That a unit crosses about once is remembered, not checked against the text of Hanin and Rolnick’s paper.',
  };
}

/** What training came to, by set: medians over the runs that did not diverge. */
export function trainingTable(training: readonly Row[]): Table {
  const last = select(training, { isLast: true });
  return {
    columns: [
      { key: 'data', label: 'Learned' },
      { key: 'diverged', label: 'Runs that diverged', format: 'integer' },
      { key: 'accuracy', label: 'Accuracy on what was learned', format: 'percent' },
      { key: 'neurons', label: 'Neurons', format: 'integer' },
      { key: 'start', label: 'Regions before training', format: 'integer' },
      { key: 'end', label: 'after training', format: 'integer' },
      { key: 'attainable', label: 'attainable by folding', format: 'integer' },
    ],
    rows: [...new Set(last.map(({ data }) => String(data)))].map((data) => {
      const middle = (key: string, step: Readonly<Record<string, number | boolean>>): number =>
        medianMeasurement(bySeed(training, { data, status: 'completed', ...step }, key)).estimate;
      return {
        data,
        diverged: select(last, { data }).filter(({ status }) => status !== 'completed').length,
        accuracy: middle('trainingAccuracy', { isLast: true }),
        neurons: middle('neurons', { isLast: true }),
        start: middle('count', { step: 0 }),
        end: middle('count', { isLast: true }),
        attainable: middle('attainable', { isLast: true }),
      };
    }),
    caption:
      'Linear regions in a window of a plane before and after training, and Montúfar’s bound, which a network of that shape can attain: medians over seeds.',
  };
}
