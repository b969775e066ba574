import type { Row } from '@relu-lab/sweep';
import { type Comparison, type CorrectedMeasurement, holmMeasurements } from '../holm.ts';
import { type Selection, bySeed, paired } from '../measurements.ts';

/** What ReLU is compared with, or what its penalised network is: the first less the second. */
export const pairsOf = (penalty: number) =>
  ({
    leaky: [{ activation: 'relu', penalty: 0 }, { activation: 'leaky-relu' }],
    tanh: [{ activation: 'relu', penalty: 0 }, { activation: 'tanh' }],
    penalty: [
      { activation: 'relu', penalty },
      { activation: 'relu', penalty: 0 },
    ],
  }) as const satisfies Readonly<Record<string, readonly [Selection, Selection]>>;

export type Pair = keyof ReturnType<typeof pairsOf>;

/** What is compared, and from which difference on it is worth speaking of. */
export const gapKeys = { gap: -0.01, lossGap: 0 } as const;
export const unitKeys = { purity: 0.01, selectivity: 0 } as const;

/** How many comparisons are judged together: every pair, by each of these. */
export function comparisonsOf(keys: typeof gapKeys | typeof unitKeys): number {
  return Object.keys(keys).length * Object.keys(pairsOf(0)).length;
}

type Corrected<Key extends string> = Readonly<Record<`${Key} ${Pair}`, CorrectedMeasurement>>;

/** Train–test gaps compared, by seed the mean over learning rates: one family of comparisons. */
export function gapComparisons(rows: readonly Row[], penalty: number): Corrected<keyof typeof gapKeys> {
  return compare(rows, { kind: 'run', status: 'completed' }, gapKeys, penalty);
}

/** Units compared, by seed the mean over layers and learning rates: another. */
export function unitComparisons(rows: readonly Row[], penalty: number): Corrected<keyof typeof unitKeys> {
  return compare(rows, { kind: 'layer' }, unitKeys, penalty);
}

function compare<Key extends string>(
  rows: readonly Row[],
  kind: Selection,
  thresholds: Readonly<Record<Key, number>>,
  penalty: number,
): Corrected<Key> {
  const entries = Object.entries<number>(thresholds).flatMap(([key, threshold]) =>
    Object.entries(pairsOf(penalty)).map(([pair, [first, second]]): [string, Comparison] => {
      const [own, other] = [first, second].map((selection) => bySeed(rows, { ...kind, ...selection }, key));
      return [`${key} ${pair}`, { differences: paired(own, other, (a, b) => a - b), threshold }];
    }),
  );
  return holmMeasurements(Object.fromEntries(entries)) as Corrected<Key>;
}
