import { markdownTable } from '@relu-lab/report';
import type { Row } from '@relu-lab/sweep';
import { duration, threeDigits } from '../format.ts';
import { rateOf } from '../lookup.ts';
import type { Entry, Results, SuiteName } from '../results.ts';
import { spreadOf } from '../statistics.ts';

/** How a cell shows an entry. */
export type CellOf = (entry: Entry) => string;

/** Median time and half the distance between the quartiles: `87.2 µs ±2 %`. */
export function timeCell(entry: Entry): string {
  return `${duration(spreadOf(entry.seconds).median)}${spreadText(entry)}`;
}

/** Rate at the median: `48.5 ±1 %`, in the unit that the table names. */
export function rateCell(entry: Entry): string {
  return `${threeDigits(rateOf(entry)?.value ?? NaN)}${spreadText(entry)}`;
}

/** Half the distance between the quartiles, in percent of the median; nothing after a single round. */
export function spreadText({ seconds }: Entry): string {
  if (seconds.length < 2) return ' (1 round)';
  const { lowerQuartile, median, upperQuartile } = spreadOf(seconds);
  const share = ((upperQuartile - lowerQuartile) / 2 / median) * 100;
  return ` ±${share < 0.95 ? share.toFixed(1) : share.toFixed(0)} %`;
}

/**
 * Who did what: one line a contender and one column a comparison, or the other way round.
 *
 * What a contender refused is an en dash here, and its reason stands in the list of refusals.
 */
export function crossTable(
  { entries, contenders }: Results,
  {
    suite,
    includes = () => true,
    columns,
    columnLabel = (comparison) => comparison,
    cell,
    corner,
  }: {
    readonly suite: SuiteName;
    readonly includes?: (entry: Entry) => boolean;
    readonly columns: 'comparisons' | 'contenders';
    readonly columnLabel?: (comparison: string) => string;
    readonly cell: CellOf;
    readonly corner: string;
  },
): string {
  const shown = entries.filter((entry) => entry.suite === suite && includes(entry));
  if (shown.length === 0) return '_This part of the bench did not run._';
  const comparisonKeys = [...new Set(shown.map(({ comparison }) => comparison))];
  const contenderKeys = contenders.map(({ id }) => id).filter((id) => shown.some(({ contender }) => contender === id));
  const label = new Map(contenders.map(({ id, label: text }) => [id, text]));
  const at = (comparison: string, contender: string): Entry | undefined =>
    shown.find((entry) => entry.comparison === comparison && entry.contender === contender);
  const text = (entry: Entry | undefined): string | null => (entry ? cell(entry) : null);
  return columns === 'comparisons'
    ? markdownTable(
        [{ key: '', label: corner }, ...comparisonKeys.map((key) => ({ key, label: columnLabel(key) }))],
        contenderKeys.map((id): Row => ({
          '': label.get(id) ?? id,
          ...Object.fromEntries(comparisonKeys.map((key) => [key, text(at(key, id))])),
        })),
      )
    : markdownTable(
        [{ key: '', label: corner }, ...contenderKeys.map((id) => ({ key: id, label: label.get(id) ?? id }))],
        comparisonKeys.map((key): Row => ({
          '': columnLabel(key),
          ...Object.fromEntries(contenderKeys.map((id) => [id, text(at(key, id))])),
        })),
      );
}
