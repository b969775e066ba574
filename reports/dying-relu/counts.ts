import { proportion } from '@relu-lab/analysis';
import type { Measurement } from '@relu-lab/report';
import type { Row } from '@relu-lab/sweep';
import { type Selection, bySeed, measurement, paired, select, share } from '../measurements.ts';

/** Said of what is compared seed by seed. */
export const survivors = 'over the seeds that diverge in neither';

/** The condition that others are compared with. */
const plain = { activation: 'relu', initializer: 'recommended', bias: 0, momentum: 0 } as const;

export function doses(rows: readonly Row[], change: Selection): readonly Row[] {
  return select(rows, { kind: 'dose', ...plain, ...change });
}

/** Runs that did not diverge: what is counted at the end of the others is null. */
export function finished(rows: readonly Row[], change: Selection): readonly Row[] {
  return doses(rows, change).filter(({ status }) => status === 'completed');
}

export function died(rows: readonly Row[], change: Selection): ReadonlyMap<number, number> {
  return bySeed(finished(rows, change), {}, 'died');
}

/** The start is the same at every learning rate. */
export function deadAtBirth(rows: readonly Row[], change: Selection): ReadonlyMap<number, number> {
  return bySeed(doses(rows, change), {}, 'deadStart');
}

/**
 * By seed, the share of units that died at the highest learning rate at which the network still trains. The rate is chosen by the loss and
 * never by the deaths: networks that diverge, or stay with a loss near guessing, have been given too much, whether or not their units are dead.
 */
export function diedAtHighestThatTrains(rows: readonly Row[]): ReadonlyMap<number, number> {
  const highest = new Map<number, Row>();
  for (const row of finished(rows, {})) {
    if (row.trains !== true) continue;
    const seed = Number(row.seed);
    if (Number(row.learningRate) > Number(highest.get(seed)?.learningRate ?? 0)) highest.set(seed, row);
  }
  return new Map([...highest].map(([seed, row]) => [seed, Number(row.died)]));
}

/** How units that are followed were trained. */
export interface Training {
  readonly learningRate: number;
  readonly momentum: number;
  readonly weightDecay: number;
}

/** By seed, of all pairs of a unit and a sample on which it is silent, the share whose unit is dead, after training. */
export function deadAmongSilent(rows: readonly Row[], training: Training): ReadonlyMap<number, number> {
  const layers = select(rows, { kind: 'fates', ...training, status: 'completed' });
  return ratioBySeed(
    layers,
    (row) => Number(row.deadAtEnd),
    (row) => Number(row.zeroFraction) * Number(row.units),
  );
}

/** Of the units that were dead at some step, under one way of training, the share that spoke again; pooled within a seed. */
export function cameBack(rows: readonly Row[], training: Training, isMeant: (layer: number) => boolean): Measurement {
  return everCameBack(select(rows, { kind: 'fates', ...training }), isMeant);
}

/** The same, pooled over all ways of training too. */
export function everCameBack(rows: readonly Row[], isMeant: (layer: number) => boolean): Measurement {
  const layers = select(rows, { kind: 'fates', status: 'completed' }).filter(({ layer }) => isMeant(Number(layer)));
  const shares = ratioBySeed(
    layers,
    ({ cameBack: back }) => Number(back),
    ({ everDead }) => Number(everDead),
  );
  return measurement(shares, share);
}

/** The share of units that die from weights of another variance than He's less that from He's, over the seeds that diverge with neither. */
export function diedByScale(rows: readonly Row[], learningRate: number, weightVariance: number): Measurement {
  const of = (variance: number): ReadonlyMap<number, number> =>
    bySeed(rows, { kind: 'scale', status: 'completed', learningRate, weightVariance: variance }, 'died');
  const differences = paired(of(weightVariance), of(2), (own, he) => own - he);
  return { ...measurement(differences), unit: survivors };
}

/** By seed, the sum of one number over the sum of another; NaN where the second is 0. */
function ratioBySeed(
  rows: readonly Row[],
  part: (row: Row) => number,
  whole: (row: Row) => number,
): ReadonlyMap<number, number> {
  const sums = new Map<number, { readonly part: number; readonly whole: number }>();
  for (const row of rows) {
    const seed = Number(row.seed);
    const before = sums.get(seed) ?? { part: 0, whole: 0 };
    sums.set(seed, { part: before.part + part(row), whole: before.whole + whole(row) });
  }
  return new Map([...sums].map(([seed, sum]) => [seed, sum.part / sum.whole]));
}

/** Share of all networks drawn of that shape, with Wilson's interval. */
export function bornDeadShare(
  rows: readonly Row[],
  shape: { readonly width: number; readonly depth: number },
  key: 'silentOnOne' | 'silentOnAll',
): Measurement {
  const found = select(rows, { kind: 'born-dead', ...shape });
  const total = (name: string): number => found.reduce((sum, row) => sum + Number(row[name]), 0);
  const networks = total('networks');
  if (networks === 0) return { estimate: NaN, interval: null, seeds: 0 };
  const { share: estimate, interval } = proportion(total(key), networks);
  return { estimate, interval, seeds: found.length, unit: `of ${networks} networks` };
}

/** By seed, the mean of the measured dead share less the expected one, over the layers for which theory has one. */
export function departures(rows: readonly Row[]): ReadonlyMap<number, number> {
  const layers = select(rows, { kind: 'deep-he' })
    .filter(({ expectedDead }) => typeof expectedDead === 'number')
    .map((row) => ({ ...row, departure: Number(row.dead) - Number(row.expectedDead) }));
  return bySeed(layers, {}, 'departure');
}
