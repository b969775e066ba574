import type { Table } from '@relu-lab/report';
import type { Row } from '@relu-lab/sweep';
import { type Selection, bySeed, measurement, select } from '../measurements.ts';
import { aboutHalfInWords } from './claim-setting.ts';
import { comparisonsOf, gapComparisons, gapKeys, type Pair, unitComparisons, unitKeys } from './comparisons.ts';
import { distinct, networksOf, pairNames } from './networks.ts';

/** Zeros at the start, layer by layer. */
export function startTable(rows: readonly Row[]): Table {
  const spreads = select(rows, { kind: 'spread' });
  const mean = (selection: Selection, key: string) => measurement(bySeed(rows, selection, key)).estimate;
  return {
    columns: [
      { key: 'layer', label: 'Hidden layer', format: 'integer' },
      { key: 'zeros', label: 'Zeros', format: 'percent' },
      { key: 'unitDeviation', label: 'Deviation over units', format: 'percent' },
      { key: 'expectedUnitDeviation', label: 'by theory', format: 'percent' },
      { key: 'sampleDeviation', label: 'Deviation over digits', format: 'percent' },
      { key: 'expectedSampleDeviation', label: 'by theory', format: 'percent' },
      { key: 'aboutHalf', label: 'Units about half on', format: 'percent' },
      { key: 'expectedAboutHalf', label: 'by theory', format: 'percent' },
      { key: 'exceptions', label: 'Exceptions', format: 'percent' },
    ],
    rows: distinct(spreads, 'layer').map((layer) => {
      const own = { layer: Number(layer) };
      const start = { kind: 'start', way: 'bias', shift: 0, ...own };
      const spread = (key: string) => [key, mean({ kind: 'spread', ...own }, key)];
      return {
        ...own,
        zeros: mean(start, 'zeroFraction'),
        exceptions: mean(start, 'activeWithoutReason'),
        ...Object.fromEntries(
          [
            'unitDeviation',
            'expectedUnitDeviation',
            'sampleDeviation',
            'expectedSampleDeviation',
            'aboutHalf',
            'expectedAboutHalf',
          ].map(spread),
        ),
      };
    }),
    caption: `Zeros of freshly drawn ReLU networks without biases on digits: mean over seeds, and how far the shares of single units (over digits) and of single digits (over units) lie apart. About half on is a unit that is zero on ${aboutHalfInWords} of the digits; an exception would be an element that is active with x ≤ 0, or is not with x > 0.`,
  };
}

/** What skipping zeros would save of the work of ReLU networks, counted. */
export function workTable(rows: readonly Row[]): Table {
  return {
    columns: [
      { key: 'penalty', label: 'λ' },
      { key: 'learningRate', label: 'Rate' },
      { key: 'zeroFraction', label: 'Zeros', format: 'percent' },
      { key: 'savedInHidden', label: 'Saved in products of hidden activations', format: 'percent' },
      { key: 'savedInAll', label: 'Saved in the whole pass', format: 'percent' },
    ],
    rows: trainedNetworks(select(rows, { activation: 'relu' })).map(({ own, ...network }) => ({
      ...network,
      ...means(own, ['zeroFraction', 'savedInHidden', 'savedInAll']),
    })),
    caption:
      'Multiply-adds of a forward pass of trained ReLU networks whose activation is exactly 0, counted on test digits, as a share of those of the products that read hidden activations and of all. A dense product does all of them.',
  };
}

/** Every trained network in numbers. */
export function trainedTable(rows: readonly Row[]): Table {
  return {
    columns: [
      { key: 'activation', label: 'Activation' },
      { key: 'penalty', label: 'λ' },
      { key: 'learningRate', label: 'Rate' },
      { key: 'zeroFraction', label: 'Zeros', format: 'percent' },
      { key: 'trainingAccuracy', label: 'Training digits', format: 'percent' },
      { key: 'testAccuracy', label: 'Test digits', format: 'percent' },
      { key: 'gap', label: 'Gap', format: 'percent' },
      { key: 'lossGap', label: 'Loss gap', format: 'fixed3' },
      { key: 'diverged', label: 'Diverged', format: 'integer' },
    ],
    rows: trainedNetworks(rows).map(({ own, ...network }) => ({
      ...network,
      ...means(own, ['zeroFraction', 'trainingAccuracy', 'testAccuracy', 'gap', 'lossGap']),
      diverged: select(own, { status: 'diverged' }).length,
    })),
    caption:
      'Networks trained on few digits, means over the seeds that did not diverge: zeros on test digits, accuracy on training and on test digits and the gap between them, and the gap in cross-entropy.',
  };
}

/** The runs of each network and learning rate. */
function trainedNetworks(rows: readonly Row[]) {
  const runs = select(rows, { kind: 'run' });
  const keyOf = ({ activation, penalty, learningRate }: Row) => `${activation} ${penalty} ${learningRate}`;
  return [...new Set(runs.map(keyOf))].map((key) => {
    const own = runs.filter((row) => keyOf(row) === key);
    const { activation, penalty, learningRate } = own[0];
    return { activation, penalty, learningRate, own };
  });
}

/** Means over seeds, by key. */
function means(rows: readonly Row[], keys: readonly string[]): Row {
  return Object.fromEntries(keys.map((key) => [key, measurement(bySeed(rows, {}, key)).estimate]));
}

/** Purity and selectivity of units, beside random directions. */
export function purityTable(rows: readonly Row[], penalty: number): Table {
  const keys = ['purity', 'directionPurity', 'selectivity', 'directionSelectivity', 'dead'];
  return {
    columns: [
      { key: 'name', label: 'Network' },
      { key: 'purity', label: 'Purity of units', format: 'percent' },
      { key: 'directionPurity', label: 'of random directions', format: 'percent' },
      { key: 'selectivity', label: 'Selectivity of units', format: 'fixed3' },
      { key: 'directionSelectivity', label: 'of random directions', format: 'fixed3' },
      { key: 'dead', label: 'Dead units', format: 'percent' },
    ],
    rows: networksOf(penalty).map(({ name, selection }) => ({
      name,
      ...means(select(rows, { kind: 'layer', ...selection }), keys),
    })),
    caption:
      'Two proxies for how easily a unit is named, means over hidden layers, learning rates and seeds; of units that are not dead. Random directions are normal combinations of the same layer’s units.',
  };
}

/** All comparisons of trained networks, with the p values that Holm’s correction makes of them. */
export function comparisonsTable(rows: readonly Row[], penalty: number): Table {
  const families = { ...gapComparisons(rows, penalty), ...unitComparisons(rows, penalty) };
  const measures: Readonly<Record<string, string>> = {
    gap: 'gap in accuracy',
    lossGap: 'gap in cross-entropy',
    purity: 'purity',
    selectivity: 'selectivity',
  };
  return {
    columns: [
      { key: 'measure', label: 'Of' },
      { key: 'pair', label: 'Difference' },
      { key: 'estimate', label: 'Mean', format: 'fixed4' },
      { key: 'low', label: 'from', format: 'fixed4' },
      { key: 'high', label: 'to', format: 'fixed4' },
      { key: 'pValue', label: 'p, adjusted', format: 'significant2' },
      { key: 'seeds', label: 'Seeds', format: 'integer' },
    ],
    rows: Object.entries(families).map(
      ([
        name,
        {
          measurement: { estimate, interval, seeds },
          pValue,
        },
      ]) => {
        const [measure, pair] = name.split(' ');
        return {
          measure: measures[measure],
          pair: pairNames[pair as Pair],
          estimate,
          low: interval?.[0] ?? null,
          high: interval?.[1] ?? null,
          pValue,
          seeds,
        };
      },
    ),
    caption: `Paired differences by seed; the penalty is λ = ${penalty}. Holm’s correction for the ${comparisonsOf(gapKeys)} comparisons of gaps, and for the ${comparisonsOf(unitKeys)} of units: p is for a mean difference that is the threshold of the claims: a point less of the gap in accuracy, a point more of purity, 0 of the others.`,
  };
}
