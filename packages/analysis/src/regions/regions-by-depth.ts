import { refuseUnknown, wholeFrom } from '@relu-lab/core/options';
import type { Row } from '@relu-lab/sweep';
import { checkAxis, checkRows, groupRows } from '../experiments/grid.ts';
import { seedRule } from '../statistics/options.ts';
import { medianInterval } from '../statistics/order-interval.ts';
import { median } from '../statistics/quantile.ts';
import { type RegionCountParameters, type RegionCountRow, runRegionCount } from './experiments.ts';

export interface RegionsByDepthOptions extends Omit<RegionCountParameters, 'neurons' | 'layers'> {
  /** Hidden units in all; each a multiple of each of `layers`. */
  readonly neurons: readonly number[];
  /** Hidden layers among which they are divided. */
  readonly layers: readonly number[];
  /** Default 0 to 9. */
  readonly seeds?: readonly number[];
}

/** Random networks of one number of neurons and layers. */
export interface RegionsAtDepth {
  readonly window: string;
  readonly neurons: number;
  readonly layers: number;
  readonly counts: readonly number[];
  readonly median: number;
  /** Distribution-free interval of the median, at 95 % where there are seeds enough. */
  readonly interval: readonly [number, number];
  /** Probability that such an interval covers the median. */
  readonly coverage: number;
  readonly predicted: {
    /** No network of that shape has more. */
    readonly upperBound: number;
    /** On a line what theory expects of wide random networks; null in the plane. */
    readonly expectedCells: number | null;
  };
}

/** Linear regions of random networks by neurons and depth. */
export interface RegionsByDepth {
  readonly kind: 'regions-by-depth';
  readonly rows: readonly RegionCountRow[];
  readonly summary: readonly RegionsAtDepth[];
}

/**
 * Linear regions of random ReLU networks by the number of neurons and of layers among which they are divided: {@link runRegionCount} for
 * every combination and seed.
 *
 * @throws ParameterError for neurons, layers or seeds that are no lists of distinct acceptable values, and as {@link runRegionCount}.
 * @see Hanin & Rolnick 2019, https://arxiv.org/abs/1901.09021
 */
export function regionsByDepth(options: RegionsByDepthOptions): RegionsByDepth {
  const owner = 'regionsByDepth';
  refuseUnknown(owner, options, [
    'neurons',
    'layers',
    'seeds',
    'window',
    'weightVariance',
    'biasDeviation',
    'halfWidth',
  ]);
  const { neurons, layers, seeds = Array.from({ length: 10 }, (_, seed) => seed), ...rest } = options;
  checkAxis(owner, 'neurons', neurons, wholeFrom(1, 1));
  checkAxis(owner, 'layers', layers, wholeFrom(1, 1));
  checkAxis(owner, 'seeds', seeds, seedRule);
  return summarizeRegionCounts(
    neurons.flatMap((n) =>
      layers.flatMap((l) => seeds.flatMap((seed) => runRegionCount({ ...rest, neurons: n, layers: l }, seed))),
    ),
  );
}

/**
 * What rows of {@link runRegionCount} come to, from a sweep as well.
 *
 * @throws ParameterError without rows; DataError for rows of another experiment.
 */
export function summarizeRegionCounts(allRows: readonly Row[]): RegionsByDepth {
  const rows = checkRows<RegionCountRow>('summarizeRegionCounts', allRows, [
    'window',
    'neurons',
    'layers',
    'weightVariance',
    'biasDeviation',
    'halfWidth',
    'seed',
    'count',
    'upperBound',
    'expectedCells',
  ]);
  const groups = groupRows(rows, ['window', 'neurons', 'layers', 'weightVariance', 'biasDeviation', 'halfWidth']);
  const summary = groups.map((group): RegionsAtDepth => {
    const [{ window, neurons, layers, upperBound, expectedCells }] = group;
    const counts = group.map(({ count }) => count);
    const { interval, coverage } = medianInterval(counts);
    const predicted = { upperBound, expectedCells };
    return { window, neurons, layers, counts, median: median(counts), interval, coverage, predicted };
  });
  return { kind: 'regions-by-depth', rows, summary };
}
