import { elu, leakyRelu, power, prelu, relu, selu } from '@relu-lab/core';
import {
  type Figure,
  activationCurves,
  formatNumber,
  groupedBars,
  linesWithBands,
  pointsWithIntervals,
} from '@relu-lab/report';
import type { Row } from '@relu-lab/sweep';
import { bySeed, measurement, select, share } from '../measurements.ts';
import { advantage, slopes, variantsAgainstRelu } from './comparisons.ts';
import { apart } from './contraction.ts';
import { initialSlope } from './slope-claims.ts';
import { varianceContraction } from './selu-claims.ts';
import { signalConditions } from './self-normalising.ts';

const seedsNote = 'Mean over seeds with its 95 % interval.';
const logNote = 'Geometric mean over seeds with its 95 % interval.';
const holmNote =
  'Mean over seeds of differences between runs of the same seed; the intervals hold for all variants together (Holm).';

/** Two lines and the larger of them, as an example of what one maxout unit may be. */
const maxoutExample = {
  name: 'maxout of x and −x/4',
  kinks: [0],
  value: (x: number) => Math.max(x, -x / 4),
  derivative: (x: number) => (x > 0 ? 1 : -1 / 4),
};

/** ReLU and its variants; leaky ReLU with a slope that can be seen. */
export function curvesFigure(): Figure {
  const visible = { ...leakyRelu({ alpha: 0.1 }), name: 'leaky-relu, here α = 0.1' };
  return activationCurves([relu, visible, prelu(), elu(), selu, maxoutExample], { columns: 3 });
}

export function silentFigure(
  rows: readonly Row[],
  { silentDepth, brinkDepth }: { readonly silentDepth: number; readonly brinkDepth: number },
): Figure {
  const silent = select(rows, { kind: 'silent', status: 'completed' });
  const epochs = distinct(silent, 'epoch');
  const lines = [
    ...distinct(select(silent, { depth: silentDepth }), 'alpha').map((alpha) => ({
      series: `α = ${alpha}`,
      selection: { alpha, depth: silentDepth },
    })),
    ...distinct(select(silent, { depth: brinkDepth }), 'alpha').map((alpha) => ({
      series: `α = ${alpha}, from ${brinkDepth}`,
      selection: { alpha, depth: brinkDepth },
    })),
  ];
  return linesWithBands({
    points: lines.flatMap(({ series, selection }) =>
      epochs.map((epoch) => {
        const { estimate } = measurement(bySeed(silent, { ...selection, epoch }, 'silent'), share);
        return { series, x: epoch, y: estimate, interval: null };
      }),
    ),
    xTitle: 'Epoch',
    yTitle: 'Share that is silent still',
    format: 'percent0',
    caption: `Units of the first layer that were given a bias with which they lie ${silentDepth} or more below 0 on every training digit (or ${brinkDepth}, where it says so): how many are silent still, by slope α below 0. Lines that stay at 100 % cover one another. Means over seeds.`,
    alt: `Lines: the share of silenced units that are silent still, one line a slope. At the end: ${lines.map(({ series, selection }) => `${series} ${formatNumber(measurement(bySeed(silent, { ...selection, epoch: Math.max(...epochs) }, 'silent')).estimate, 'percent0')}`).join('; ')}.`,
  });
}

export function slopesFigure(rows: readonly Row[]): Figure {
  const points = slopes.slice(1).map((alpha) => {
    const { estimate, interval } = measurement(advantage(rows, { kind: 'slope', alpha }, { kind: 'slope', alpha: 0 }));
    return { name: `α = ${alpha}`, estimate, interval };
  });
  return pointsWithIntervals({
    points,
    valueTitle: 'Accuracy on test digits, less that of ReLU',
    format: 'points1',
    reference: { value: 0, label: 'ReLU (α = 0)' },
    caption: `Leaky ReLU by its slope α, against ReLU with the same seed; α = 1 is no activation at all. ${seedsNote}`,
    alt: 'Points with intervals: the difference in accuracy to ReLU for each slope below 0. α = 1 is a straight line.',
  });
}

export function preluFigure(rows: readonly Row[], hiddenLayers: number): Figure {
  const layers = range(1, hiddenLayers);
  return linesWithBands({
    points: [
      ...layers.map((layer) => {
        const selection = { kind: 'layer', moment: 'end', contestant: 'prelu', layer };
        const { estimate, interval } = measurement(bySeed(rows, selection, 'slope'));
        return { series: 'learned', x: layer, y: estimate, interval };
      }),
      ...layers.map((layer) => ({ series: 'at the start', x: layer, y: initialSlope, interval: null })),
    ],
    xTitle: 'Hidden layer',
    yTitle: 'Slope below 0, mean over units',
    format: 'fixed3',
    xStep: 1,
    caption: `The slopes that PReLU has learned on digits, by layer. ${seedsNote}`,
    alt: 'A line with a band: the mean learned slope by hidden layer, beside the slope at the start.',
  });
}

export function meansFigure(rows: readonly Row[], hiddenLayers: number): Figure {
  return groupedBars({
    bars: range(1, hiddenLayers).flatMap((layer) =>
      ['relu', 'leaky-relu', 'prelu', 'elu', 'selu'].map((contestant) => {
        const selection = { kind: 'layer', moment: 'end', contestant, layer };
        const { estimate, interval } = measurement(bySeed(rows, selection, 'relativeMean'), share);
        return { group: `layer ${layer}`, series: contestant, value: estimate, interval };
      }),
    ),
    groupTitle: 'Hidden layer',
    valueTitle: 'Mean of a unit, in sizes of activations',
    format: 'fixed2',
    caption: `How far the mean activation of a unit is from 0 after training, over the test digits, as a share of the root mean square of the layer. ${seedsNote}`,
    alt: 'Grouped bars: the mean activation of units in relation to their size, by hidden layer, for ReLU, leaky ReLU, PReLU, ELU and SELU.',
  });
}

export function signalsFigure(rows: readonly Row[]): Figure {
  const signals = select(rows, { kind: 'signals' });
  return linesWithBands({
    points: signalConditions.flatMap(({ name }) =>
      distinct(signals, 'layer').map((layer) => {
        const { estimate, interval } = measurement(bySeed(signals, { condition: name, layer }, 'variance'), {
          scale: 'log',
        });
        return { series: name, x: layer, y: estimate, interval };
      }),
    ),
    xTitle: 'Layer; 0 is the input',
    yTitle: 'Variance of activations',
    yScale: 'log',
    caption: `Variance of SELU’s activations through a deep network on digits, before training, with all that its paper asks for and with one thing at a time otherwise. ${logNote}`,
    alt: 'Panels, one a condition: variance by layer on a logarithmic axis. It stays at 1 or returns to 1 with LeCun weights, whatever the pixels; it grows with He weights, falls with PyTorch’s, and settles above 1 with ordinary dropout.',
  });
}

export function contractionFigure(rows: readonly Row[]): Figure {
  const layers = select(rows, { kind: 'contraction' });
  const measured = distinct(layers, 'layer').map((layer) => {
    const { estimate, interval } = measurement(bySeed(layers, { layer }, 'difference'), { scale: 'log' });
    return { series: 'measured', x: layer, y: estimate, interval };
  });
  const start = measured[0]?.y ?? NaN;
  const contraction = formatNumber(varianceContraction, 'fixed4');
  return linesWithBands({
    points: [
      ...measured,
      ...measured.map(({ x }) => ({
        series: `theory: ${contraction} a layer`,
        x,
        y: start * power(varianceContraction, x),
        interval: null,
      })),
    ],
    xTitle: 'Layer; 0 is the input',
    yTitle: 'Difference of the two variances',
    yScale: 'log',
    xStep: 1,
    caption: `Two inputs of variance ${apart.join(' and ')} through the same wide SELU network: how far apart their variances are still. ${logNote}`,
    alt: `Two lines on a logarithmic axis: the measured difference of variances by layer, and theory’s, which falls by the factor ${contraction} a layer.`,
  });
}

export function piecesFigure(rows: readonly Row[]): Figure {
  const pieces = select(rows, { kind: 'pieces' });
  const names = { 1: 'one unit, convex curves', 2: 'two units, any curve' } as const;
  return linesWithBands({
    points: ([1, 2] as const).flatMap((units) =>
      distinct(pieces, 'pieces').map((count) => {
        const { estimate, interval } = measurement(bySeed(pieces, { units, pieces: count }, 'error'), { scale: 'log' });
        return { series: names[units], x: count, y: estimate, interval };
      }),
    ),
    xTitle: 'Pieces k of a unit',
    yTitle: 'Greatest distance from the curve',
    xScale: 'log',
    yScale: 'log',
    caption: `How closely maxout units follow random smooth curves when their pieces are set by hand. ${logNote}`,
    alt: 'Two lines on logarithmic axes that fall with slope −2: the greatest distance from the curve against the number of pieces, of one unit for convex curves and of two units for any.',
  });
}

export function accuracyFigure(rows: readonly Row[], kind: 'run' | 'toy'): Figure {
  const points = Object.entries(variantsAgainstRelu(rows, kind)).map(([name, { measurement: own }]) => ({
    name,
    ...own,
  }));
  const where = kind === 'run' ? 'test digits' : 'unseen points, mean over the sets';
  return pointsWithIntervals({
    points,
    valueTitle: `Accuracy on ${where}, less that of ReLU`,
    format: 'points1',
    reference: { value: 0, label: 'ReLU' },
    caption: `Each variant against ReLU on ${where}. ${holmNote}`,
    alt: `Points with intervals: the difference in accuracy to ReLU on ${where} for ${points.map(({ name }) => name).join('; ')}.`,
  });
}

/** The numbers that rows have under a key, ascending. */
function distinct(rows: readonly Row[], key: string): readonly number[] {
  return [...new Set(rows.map((row) => Number(row[key])))].sort((a, b) => a - b);
}

function range(from: number, to: number): readonly number[] {
  return Array.from({ length: to - from + 1 }, (_, i) => from + i);
}
