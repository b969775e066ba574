import { power } from '@relu-lab/core';
import { medianRanks } from '../statistics/order-interval.ts';
import { quantileOfSorted } from '../statistics/quantile.ts';
import { groupRows } from './grid.ts';

/** What is read of one run. */
export interface DosedRun {
  readonly activation: string;
  readonly initializer: string;
  readonly depth: number;
  readonly width: number;
  readonly bias: number;
  readonly momentum: number;
  readonly learningRate: number;
  readonly seed: number;
  /** Share of units that died; null for a run that diverged. */
  readonly died: number | null;
}

/** The smallest learning rate at which more than a share of the units die, over seeds. */
export interface Dying {
  readonly activation: string;
  readonly initializer: string;
  readonly depth: number;
  readonly width: number;
  readonly bias: number;
  readonly momentum: number;
  readonly share: number;
  /** Seeds that have a dose, of which `atSmallest` have it at the smallest learning rate already: theirs may be lower. */
  readonly reached: number;
  readonly atSmallest: number;
  /** Seeds of which at no learning rate more than the share died. They count in the median as above the largest. */
  readonly never: number;
  /** Seeds whose runs diverged before so many died: they have no dose, and do not count in the median. */
  readonly divergedFirst: number;
  /** Median over seeds; null where it lies above the largest learning rate, or no seed counts. */
  readonly median: number | null;
  /** Distribution-free interval of the median; an end that lies above the largest learning rate is null. Null for fewer than two seeds. */
  readonly interval: readonly [number | null, number | null] | null;
  /** What the interval covers: at least the level asked for, where there are seeds enough (six for 95 %). */
  readonly coverage: number;
  readonly level: number;
}

/**
 * The dose of each seed is where the share that died first passes `share`, interpolated between learning rates in their logarithm; and the
 * median of the doses.
 */
export function dyingDoses(curve: readonly DosedRun[], share: number, level: number): Dying {
  const doses = groupRows(curve, ['seed']).map((runs) => doseOf(runs, share));
  const counted = Float64Array.from(doses.filter((dose) => dose !== 'diverged')).sort();
  const [{ activation, initializer, depth, width, bias, momentum }] = curve;
  const smallest = Math.min(...curve.map(({ learningRate }) => learningRate));
  const reached = counted.filter(Number.isFinite);
  const { rank, coverage } = counted.length > 1 ? medianRanks(counted.length, level) : { rank: 0, coverage: 0 };
  return {
    activation,
    initializer,
    depth,
    width,
    bias,
    momentum,
    share,
    reached: reached.length,
    atSmallest: reached.filter((dose) => dose === smallest).length,
    never: counted.length - reached.length,
    divergedFirst: doses.length - counted.length,
    median: counted.length === 0 ? null : orNull(quantileOfSorted(counted, 0.5, 7)),
    interval: rank === 0 ? null : [orNull(counted[rank - 1]), orNull(counted[counted.length - rank])],
    coverage,
    level,
  };
}

/** Infinity where the share is never passed. */
function doseOf(runs: readonly DosedRun[], share: number): number | 'diverged' {
  const ascending = [...runs].sort((a, b) => a.learningRate - b.learningRate);
  for (const [i, { learningRate, died }] of ascending.entries()) {
    if (died === null) return 'diverged';
    if (died <= share) continue;
    const before = ascending[i - 1];
    if (before === undefined || before.died === null) return learningRate;
    const part = (share - before.died) / (died - before.died);
    return before.learningRate * power(learningRate / before.learningRate, part);
  }
  return Infinity;
}

function orNull(dose: number): number | null {
  return Number.isFinite(dose) ? dose : null;
}
