import {
  type Figure,
  type Table,
  formatNumber,
  groupedBars,
  linesWithBands,
  pointsWithIntervals,
} from '@relu-lab/report';
import type { Row } from '@relu-lab/sweep';
import { type Shapes, inRounds, predictedStep } from './claims.ts';
import { againstCopy, ofElement, ofStep, ratio, shareOfStep } from './costs.ts';
import { shareOfOperations } from './work.ts';

const rounds = 'Median over rounds with its 95 % interval.';

/** Times of all activations alone, on arrays in the second-level cache. */
export function elementsFigure(timings: readonly Row[], activations: readonly string[], { elements }: Shapes): Figure {
  const [, cached] = elements;
  const points = activations.map((name) => ({
    name,
    ...inRounds(ratio(ofElement(timings, name, cached), ofElement(timings, 'relu', cached))),
  }));
  return pointsWithIntervals({
    points,
    valueTitle: 'Time of an element, relu = 1',
    format: 'fixed1',
    scale: 'log',
    reference: { value: 1, label: 'relu' },
    caption: `Activations alone, forward and backward together, relative to ReLU in the same round, on arrays of ${formatNumber(cached, 'integer')} numbers. ${rounds}`,
    alt: `Time of an element relative to ReLU: ${points.map(({ name, estimate }) => `${name} ${formatNumber(estimate, 'fixed1')}`).join(', ')}.`,
  });
}

/** Nanoseconds of an element of ReLU, of a copy and of one with an exponential, by the size of the array. */
export function sizesFigure(timings: readonly Row[], { elements }: Shapes): Figure {
  const series = ['relu', 'tanh', 'gelu'];
  return linesWithBands({
    points: elements.flatMap((size) => [
      ...series.map((name) => point(name, size, ofElement(timings, name, size))),
      point('copy, forward and back', size, twiceCopy(timings, size)),
    ]),
    xTitle: 'Numbers in the array',
    yTitle: 'Nanoseconds an element',
    xScale: 'log',
    yScale: 'log',
    caption: `Time of an element, forward and backward, by the size of the array, and of two copies. Once the arrays outgrow the caches, memory slows down what does little arithmetic. ${rounds}`,
    alt: 'Lines on logarithmic axes: nanoseconds an element against the size of the array. ReLU lies near the copies, tanh and GELU far above both.',
  });
}

/** The share of each activation in a training step, by width, and the share of ReLU's operations. */
export function sharesFigure(timings: readonly Row[], { widths, batchSize }: Shapes): Figure {
  const measured = ['relu', 'tanh', 'gelu'].flatMap((name) =>
    widths.map((width) => point(name, width, shareOfStep(timings, name, width, batchSize))),
  );
  const counted = widths.map((width) => ({
    series: 'relu, counted operations',
    x: width,
    y: shareOfOperations(width, batchSize),
    interval: null,
  }));
  const figure = linesWithBands({
    points: [...measured, ...counted],
    xTitle: 'Width of the layers',
    yTitle: 'Share of a training step',
    xScale: 'log',
    yScale: 'log',
    format: 'percent',
    caption: `The share of a training step that activations take: as long as they take alone, times their elements. An operation of ReLU need not take as long as one of a matrix product, which uses each number that it loads many times. ${rounds}`,
    alt: 'Lines on logarithmic axes: the share of a training step against the width. All fall; GELU lies highest, ReLU far below it, and near ReLU the share of its operations.',
  });
  const xaxis = {
    ...(figure.layout['xaxis'] as object),
    tickmode: 'array',
    tickvals: widths,
    ticktext: widths.map(String),
  };
  return { ...figure, layout: { ...figure.layout, xaxis } };
}

/** Training steps relative to ReLU's, by width. */
export function stepsFigure(timings: readonly Row[], activations: readonly string[], { widths }: Shapes): Figure {
  return groupedBars({
    bars: activations.flatMap((group) =>
      widths.map((width) => {
        const { estimate, interval } = inRounds(ratio(ofStep(timings, group, width), ofStep(timings, 'relu', width)));
        return { group, series: `width ${width}`, value: estimate, interval };
      }),
    ),
    groupTitle: 'Activation',
    valueTitle: 'Time of a training step, relu = 1',
    format: 'fixed2',
    caption: `Whole training steps relative to ReLU in the same round. ${rounds}`,
    alt: `Grouped bars: the time of a training step relative to ReLU, by activation, at widths ${widths.join(', ')}. The wider the layers, the less it matters; maxout alone stays near two.`,
  });
}

/** Times of activations alone. */
export function elementsTable(timings: readonly Row[], activations: readonly string[], { elements }: Shapes): Table {
  const [, cached] = elements;
  return {
    columns: [
      { key: 'activation', label: 'Activation' },
      ...elements.map((size) => ({
        key: `elements${size}`,
        label: `Of ${formatNumber(size, 'integer')}`,
        format: 'fixed2' as const,
      })),
      { key: 'copy', label: 'Forward, times a copy', format: 'fixed1' },
    ],
    rows: activations.map((activation) => ({
      activation,
      ...Object.fromEntries(
        elements.map((size) => [`elements${size}`, estimate(ofElement(timings, activation, size))]),
      ),
      copy: estimate(againstCopy(timings, activation, cached)),
    })),
    caption: `Nanoseconds an element, forward and backward, in arrays of each size; and the forward pass against a copy of ${formatNumber(cached, 'integer')} numbers. Medians over rounds.`,
  };
}

/** Training steps, what predicts them, and the share of the activations in them. */
export function stepsTable(timings: readonly Row[], activations: readonly string[], shapes: Shapes): Table {
  const { widths, batchSize } = shapes;
  return {
    columns: [
      { key: 'activation', label: 'Activation' },
      ...widths.flatMap((width) => [
        { key: `step${width}`, label: `Step at width ${width}`, format: 'fixed2' as const },
        { key: `predicted${width}`, label: 'Predicted', format: 'fixed2' as const },
        { key: `share${width}`, label: 'Share', format: 'percent' as const },
      ]),
    ],
    rows: activations.map((activation) => ({
      activation,
      ...Object.fromEntries(
        widths.flatMap((width) => [
          [`step${width}`, estimate(ratio(ofStep(timings, activation, width), ofStep(timings, 'relu', width)))],
          [`predicted${width}`, finite(predictedStep(timings, activation, width, batchSize))],
          [`share${width}`, estimate(shareOfStep(timings, activation, width, batchSize))],
        ]),
      ),
    })),
    caption:
      'Training steps as multiples of ReLU’s at each width; what is predicted if the activation takes as long as it takes alone; and its share of the step. Medians over rounds. Maxout is no function of an element, and has no time alone.',
  };
}

function estimate(values: ReadonlyMap<number, number>): number | null {
  return finite(inRounds(values).estimate);
}

function point(series: string, x: number, values: ReadonlyMap<number, number>) {
  const { estimate, interval } = inRounds(values);
  return { series, x, y: estimate, interval };
}

function twiceCopy(timings: readonly Row[], size: number): ReadonlyMap<number, number> {
  const of = timings.filter((row) => row.kind === 'element' && row.activation === 'relu' && row.elements === size);
  return new Map(of.map((row) => [Number(row.round), 2 * Number(row.copy)]));
}

function finite(x: number): number | null {
  return Number.isFinite(x) ? x : null;
}
