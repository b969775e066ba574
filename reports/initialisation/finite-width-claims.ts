import { type FiniteWidthCell, median, summarizeFiniteWidth } from '@relu-lab/analysis';
import { type Claim, type Measurement, agreesWithPrediction, between, onlyIf } from '@relu-lab/report';
import type { Row } from '@relu-lab/sweep';
import { bySeed, measurement, select } from '../measurements.ts';
import { wide } from './design.ts';

/** The networks of whose typical signal the study speaks. */
export const typical = { width: 64, depth: 16 } as const;

const isWide = ({ width }: Row): boolean => Number(width) >= wide;
const isNarrow = (row: Row): boolean => !isWide(row);
const condition = `1/width is small: width ${wide} and more`;

/** What finite width does to signals and gradients: claims over networks that are only drawn. */
export function finiteWidthClaims(rows: readonly Row[]): readonly Claim[] {
  return [
    {
      id: 'he-keeps-the-typical-network',
      text: `He initialisation keeps the signal of the typical network: with width ${typical.width} and ${typical.depth} layers the median network’s squared length is within 10 % of the input’s.`,
      prediction: {
        value: typicalCell(rows)?.predicted.median ?? NaN,
        source: 'e^(−5β/2), β the sum of 1/width (Hanin & Rolnick 2018)',
      },
      measurement: typicalMedian(rows),
      rule: between(0.9, 1.1),
      expected: { full: 'refuted' },
      evidence: 'fig-finite-width',
      format: 'fixed2',
    },
    {
      id: 'finite-width-law',
      text: 'The median network’s signal falls as e^(−5β/2), β the sum of 1/width over the hidden layers: the narrower and deeper, the less of it is left.',
      prediction: { value: 5 / 2, source: 'Hanin & Rolnick 2018, for small 1/width' },
      measurement: { ...measurement(medianSlopes(rows, isWide)), unit: 'the exponent for each β' },
      rule: onlyIf(condition, agreesWithPrediction({ relativeTolerance: 0.15 }), {
        without: measurement(medianSlopes(rows, isNarrow)),
      }),
      expected: { full: 'only-if' },
      evidence: 'fig-finite-width',
      format: 'fixed2',
    },
    {
      id: 'gradients-spread-with-beta',
      text: 'Squared gradients differ from network to network, and the more the larger β is: the variance of their logarithm is 5 β, to within a quarter.',
      prediction: {
        value: 5,
        source: 'a factor 1 + 5/width a layer on the second moment (Hanin 2018), for small 1/width',
      },
      measurement: { ...measurement(spreadSlopes(rows, isWide)), unit: 'the variance for each β' },
      rule: onlyIf(condition, agreesWithPrediction({ relativeTolerance: 0.25 }), {
        without: measurement(spreadSlopes(rows, isNarrow)),
      }),
      expected: { full: 'only-if' },
      evidence: 'fig-gradient-spread',
      format: 'fixed2',
    },
  ];
}

/** β of networks of one width: one over it, for each hidden layer. */
export function betaOf({ width, depth }: Row): number {
  return (Number(depth) - 1) / Number(width);
}

/** Rows that have the same values under these keys, together. */
export function grouped(rows: readonly Row[], keys: readonly string[]): readonly (readonly Row[])[] {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const key = keys.map((name) => String(row[name])).join(' ');
    const group = groups.get(key);
    if (group) group.push(row);
    else groups.set(key, [row]);
  }
  return [...groups.values()];
}

/** Variance of the logarithm of what is not 0. */
export function logVariance(values: readonly number[]): number {
  const logs = values.filter((value) => value > 0).map(Math.log);
  const mean = logs.reduce((sum, log) => sum + log, 0) / logs.length;
  return logs.reduce((sum, log) => sum + (log - mean) ** 2, 0) / (logs.length - 1);
}

/** By seed, how fast −ln of the median squared length grows with β. */
function medianSlopes(rows: readonly Row[], isMeant: (row: Row) => boolean): ReadonlyMap<number, number> {
  const own = select(rows, { kind: 'finite-width' }).filter(isMeant);
  return slopes(own, (cell) => -Math.log(median(cell.map(({ squaredLength }) => Number(squaredLength)))));
}

/** By seed, how fast the variance of the logarithm of squared gradients grows with β. */
function spreadSlopes(rows: readonly Row[], isMeant: (row: Row) => boolean): ReadonlyMap<number, number> {
  const own = select(rows, { kind: 'gradient-spread' }).filter(isMeant);
  return slopes(own, (cell) => logVariance(cell.map(({ squaredGradient }) => Number(squaredGradient))));
}

/** By seed, the slope of a straight line through 0 that is nearest to a number of each shape of network, over its β. */
function slopes(rows: readonly Row[], numberOf: (cell: readonly Row[]) => number): ReadonlyMap<number, number> {
  const points = grouped(rows, ['seed', 'width', 'depth']).map((cell) => {
    const beta = betaOf(cell[0]);
    return { seed: cell[0].seed, product: beta * numberOf(cell), square: beta ** 2 };
  });
  const [products, squares] = (['product', 'square'] as const).map((key) => bySeed(points, {}, key));
  return new Map([...products].map(([seed, product]) => [seed, product / (squares.get(seed) ?? NaN)]));
}

function typicalCell(rows: readonly Row[]): FiniteWidthCell | undefined {
  const drawn = select(rows, { kind: 'finite-width', ...typical });
  return drawn.length === 0 ? undefined : summarizeFiniteWidth(drawn).summary[0];
}

function typicalMedian(rows: readonly Row[]): Measurement {
  const drawn = select(rows, { kind: 'finite-width', ...typical });
  const cell = typicalCell(rows);
  if (cell === undefined) return { estimate: NaN, interval: null, seeds: 0 };
  const { median: estimate, interval } = cell.measured;
  const seeds = new Set(drawn.map(({ seed }) => seed)).size;
  return { estimate, interval, seeds, unit: `over ${cell.networks} networks` };
}
