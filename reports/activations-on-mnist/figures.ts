import {
  type Figure,
  type NumberFormat,
  formatNumber,
  groupedBars,
  linesWithBands,
  pointsWithIntervals,
} from '@relu-lab/report';
import type { Row } from '@relu-lab/sweep';
import { type Selection, bySeed, measurement, paired, select, share } from '../measurements.ts';

/** What every figure of this study is made from. */
export interface FigureData {
  readonly activations: readonly string[];
  readonly hiddenLayers: number;
  readonly epochs: number;
  /** Training digits over which gradients were measured. */
  readonly gradientDigits: number;
  readonly rows: readonly Row[];
}

const seedsNote = 'Mean over seeds with its 95 % interval.';
const logNote = 'Geometric mean over seeds with its 95 % interval.';

export function accuracyFigure({ activations, rows }: FigureData): Figure {
  const points = activations.map((activation) => {
    const { estimate, interval } = measurement(bySeed(rows, { kind: 'run', activation }, 'testAccuracy'), share);
    return { name: activation, estimate, interval };
  });
  return pointsWithIntervals({
    points,
    valueTitle: 'Accuracy on test digits',
    format: 'percent1',
    caption: `Test accuracy after the last epoch. ${seedsNote}`,
    alt: `Test accuracy after the last epoch: ${inWords(points, 'percent1')}.`,
  });
}

export function learningFigure({ activations, epochs, rows }: FigureData): Figure {
  return linesWithBands({
    points: activations.flatMap((activation) =>
      range(epochs).map((epoch) => {
        const selection = { kind: 'epoch', status: 'completed', activation, epoch };
        const accuracy = [...bySeed(rows, selection, 'testAccuracy')];
        const error = new Map(accuracy.map(([seed, right]) => [seed, 1 - right]));
        const { estimate, interval } = measurement(error, { ...share, scale: 'log' });
        return { series: activation, x: epoch, y: estimate, interval };
      }),
    ),
    xTitle: 'Epoch',
    yTitle: 'Error on test digits',
    yScale: 'log',
    xStep: 1,
    caption: `Test error by epoch, on a logarithmic axis. ${logNote}`,
    alt: 'Lines with bands: test error of each activation after each epoch.',
  });
}

export function sparsityFigure({ activations, hiddenLayers, rows }: FigureData): Figure {
  return groupedBars({
    bars: range(hiddenLayers).flatMap((layer) =>
      activations.flatMap((activation) => {
        const selection = { kind: 'units', moment: 'end', activation, layer };
        return [bar(`layer ${layer}`, activation, rows, selection, 'zeroFraction')];
      }),
    ),
    groupTitle: 'Hidden layer',
    valueTitle: 'Share of outputs that are exactly 0',
    format: 'percent0',
    upTo: 1,
    caption: `Sparsity after training: the share of elements (test digits × units) that are exactly 0. ${seedsNote}`,
    alt: 'Grouped bars: zero fraction of each activation by hidden layer after training.',
  });
}

/** ReLU's zero fraction before and after training, where the one half comes from and what training makes of it. */
export function sparsityChangeFigure({ hiddenLayers, rows }: FigureData): Figure {
  const moments = { start: 'at initialisation', end: 'after training' };
  return groupedBars({
    bars: range(hiddenLayers).flatMap((layer) =>
      Object.entries(moments).map(([moment, name]) => {
        const selection = { kind: 'units', activation: 'relu', moment, layer };
        return bar(`layer ${layer}`, name, rows, selection, 'zeroFraction');
      }),
    ),
    groupTitle: 'Hidden layer',
    valueTitle: 'Share of outputs that are exactly 0',
    format: 'percent0',
    upTo: 1,
    caption: `ReLU’s sparsity at initialisation, where theory says one half, and after training. ${seedsNote}`,
    alt: 'Grouped bars: zero fraction of ReLU by hidden layer, at initialisation and after training.',
  });
}

/** What silence on all test digits says of other digits. */
export function boundInWords(rows: readonly Row[]): string {
  const bound = Number(select(rows, { kind: 'units' })[0]?.firingRateBound ?? NaN);
  return `A unit that is silent on all of them fires on fewer than ${formatNumber(bound, 'percent2')} of such digits, at 95 % confidence.`;
}

export function unitsFigure({ activations, hiddenLayers, rows }: FigureData): Figure {
  return groupedBars({
    bars: range(hiddenLayers).flatMap((layer) =>
      activations.map((activation) => {
        const selection = { kind: 'units', moment: 'end', activation, layer };
        const [dead, units] = ['dead', 'units'].map((key) => bySeed(rows, selection, key));
        const { estimate, interval } = measurement(
          paired(dead, units, (count, all) => count / all),
          share,
        );
        return { group: `layer ${layer}`, series: activation, value: estimate, interval };
      }),
    ),
    groupTitle: 'Hidden layer',
    valueTitle: 'Share of units that are dead',
    format: 'percent1',
    caption: `Dead units after training: output 0 and derivative 0 on every test digit. ${boundInWords(rows)} ${seedsNote}`,
    alt: 'Grouped bars: share of dead units of each activation by hidden layer after training.',
  });
}

export function gradientFigure(
  moment: 'start' | 'end',
  { activations, hiddenLayers, gradientDigits, rows }: FigureData,
): Figure {
  const when = moment === 'start' ? 'at initialisation' : 'after training';
  return linesWithBands({
    points: activations.flatMap((activation) =>
      range(hiddenLayers + 1).map((layer) => {
        const selection = { kind: 'gradient', moment, activation, layer };
        const { estimate, interval } = measurement(bySeed(rows, selection, 'gradientNorm'), { scale: 'log' });
        return { series: activation, x: layer, y: estimate, interval };
      }),
    ),
    xTitle: 'Weight layer, from the input to the logits',
    yTitle: 'Size of the gradient with respect to z',
    yScale: 'log',
    xStep: 1,
    caption: `Gradient flow ${when}: √(mean over digits of |∂ℓ/∂z|²) by weight layer, on the first ${gradientDigits} training digits; a line that rises to the right vanishes towards the input. ${logNote}`,
    alt: `Lines with bands on a logarithmic axis: size of the gradient by weight layer ${when}, for each activation.`,
  });
}

/** What costs are divided by: ReLU's, or that of the first activation where ReLU was left out. */
export function costReference(activations: readonly string[]): string {
  return activations.includes('relu') ? 'relu' : activations[0];
}

export function costFigure(activations: readonly string[], timings: readonly Row[]): Figure {
  const reference = costReference(activations);
  const points = activations.map((activation) => {
    const { estimate, interval } = measurement(relativeCost(activation, reference, timings), { scale: 'log' });
    return { name: activation, estimate, interval };
  });
  return pointsWithIntervals({
    points,
    valueTitle: `Time of a training step, ${reference} = 1`,
    format: 'fixed2',
    reference: { value: 1, label: reference },
    caption: `Cost of a training step relative to ${reference}: ratio of the times in the same round of one thread, in which all activations take turns. Geometric mean over rounds with its 95 % interval.`,
    alt: `Time of a training step relative to ${reference}: ${inWords(points, 'fixed2')}.`,
  });
}

/** Ratio of an activation's step time and that of the reference, by round. */
export function relativeCost(
  activation: string,
  reference: string,
  timings: readonly Row[],
): ReadonlyMap<number, number> {
  const seconds = (name: string) => bySeed(timings, { activation: name }, 'secondsPerStep', 'round');
  return paired(seconds(activation), seconds(reference), (own, other) => own / other);
}

function inWords(
  points: readonly { readonly name: string; readonly estimate: number }[],
  format: NumberFormat,
): string {
  return points.map(({ name, estimate }) => `${name} ${formatNumber(estimate, format)}`).join(', ');
}

function bar(group: string, series: string, rows: readonly Row[], selection: Selection, key: string) {
  const { estimate, interval } = measurement(bySeed(rows, selection, key), share);
  return { group, series, value: estimate, interval };
}

function range(count: number): readonly number[] {
  return Array.from({ length: count }, (_, i) => i + 1);
}
