import { power } from '@relu-lab/core';
import type { RegionCountRow } from '@relu-lab/analysis';
import type { Measurement } from '@relu-lab/report';
import type { Row } from '@relu-lab/sweep';
import { expectedCrossings } from '@relu-lab/theory';
import { bySeed, paired, select } from '../measurements.ts';

/** What the study computes: rows by experiment. */
export interface Counts {
  /** Networks that fold on purpose: kind `folds`. */
  readonly folds: readonly Row[];
  /** Folded, random and trained on the folded: `runFolding`. */
  readonly folding: readonly Row[];
  /** Crossings by layer: `runCrossings`. */
  readonly crossings: readonly Row[];
  /** Regions at equal numbers of neurons: `runRegionCount`. */
  readonly byDepth: readonly Row[];
  /** Regions of more and more layers of one width: `runRegionCount`. */
  readonly growing: readonly Row[];
  /** Kind `training`. */
  readonly training: readonly Row[];
  /** Kind `noise`. */
  readonly noise: readonly Row[];
}

/** The distinct numbers under a key. */
export function numbers(rows: readonly Row[], key: string): readonly number[] {
  return [...new Set(rows.map((row) => Number(row[key])))].sort((a, b) => a - b);
}

/** By how much one more layer multiplies the count of a construction: the last step, and the least and greatest of all. */
export function growthOfFolds(folds: readonly Row[], construction: string): Measurement {
  const own = [...select(folds, { construction })].sort((a, b) => Number(a.layers) - Number(b.layers));
  const factors = own.slice(1).map(({ count }, i) => Number(count) / Number(own[i].count));
  return { estimate: factors[factors.length - 1], interval: [Math.min(...factors), Math.max(...factors)], seeds: 0 };
}

export function shareOfBound(folds: readonly Row[]): Measurement {
  const shares = select(folds, { construction: 'montufar' }).map(
    ({ count, predicted }) => Number(count) / Number(predicted),
  );
  return { estimate: shares[shares.length - 1], interval: [Math.min(...shares), Math.max(...shares)], seeds: 0 };
}

/** By seed the factor a layer from half of the layers to all of them. */
export function growthOfRandom({ growing }: Counts): ReadonlyMap<number, number> {
  const depths = numbers(growing, 'layers');
  const [before, last] = depths.slice(-2);
  return paired(
    bySeed(growing, { layers: last }, 'count'),
    bySeed(growing, { layers: before }, 'count'),
    (most, fewer) => power(most / fewer, 1 / (last - before)),
  );
}

/** By seed the crossings of all layers against those expected. */
export function crossingsAgainstTheory(crossings: readonly Row[]): ReadonlyMap<number, number> {
  return paired(
    bySeed(crossings, {}, 'crossingsPerUnit'),
    bySeed(crossings, {}, 'expectedPerUnit'),
    (found, expected) => found / expected,
  );
}

/** By seed the exponent with which regions grow from the fewest neurons to the most, at the middle depth. */
export function exponents({ byDepth }: Counts, window: string): ReadonlyMap<number, number> {
  const own = select(byDepth, { window });
  const [neurons, depths] = [numbers(own, 'neurons'), numbers(own, 'layers')];
  const layers = depths[Math.floor(depths.length / 2)];
  const [few, most] = [neurons[0], neurons[neurons.length - 1]];
  return paired(
    bySeed(own, { layers, neurons: most }, 'count'),
    bySeed(own, { layers, neurons: few }, 'count'),
    (more, less) => Math.log(more / less) / Math.log(most / few),
  );
}

type Extreme = (...values: number[]) => number;

/** Most neurons on a line, or fewest: the deepest network and the one of a single layer. */
function deepAndShallow(
  { byDepth }: Counts,
  which: Extreme = Math.max,
): readonly [deep: readonly Row[], shallow: readonly Row[]] {
  const line = select(byDepth, { window: 'line' });
  const neurons = which(...numbers(line, 'neurons'));
  const depths = numbers(line, 'layers');
  return [select(line, { neurons, layers: depths[depths.length - 1] }), select(line, { neurons, layers: depths[0] })];
}

/** Units in each layer of the deepest network of most or fewest neurons. */
export function widthOfDeep(rows: Counts, which: Extreme): number {
  const [[deep]] = deepAndShallow(rows, which);
  return Number(deep?.neurons ?? NaN) / Number(deep?.layers ?? NaN);
}

export function deepAgainstShallow(rows: Counts, which: Extreme = Math.max): ReadonlyMap<number, number> {
  const [deep, shallow] = deepAndShallow(rows, which);
  return paired(bySeed(deep, {}, 'count'), bySeed(shallow, {}, 'count'), (more, less) => more / less);
}

export function expectedRatio(rows: Counts): number {
  const [deep, shallow] = deepAndShallow(rows).map(([row]) => expectedRegions(row as RegionCountRow));
  return deep / shallow;
}

function expectedRegions({ width, layers, weightVariance, biasDeviation, halfWidth }: RegionCountRow): number {
  const draw = { weightVariance, biasDeviation, halfWidth };
  return Array.from({ length: layers }, (_, i) => width * expectedCrossings({ layer: i + 1, ...draw })).reduce(
    (sum, crossings) => sum + crossings,
    1,
  );
}
