import { fitPower } from '@relu-lab/analysis';
import { markdownTable } from '@relu-lab/report';
import { duration } from '../format.ts';
import type { Entry, Results } from '../results.ts';
import { spreadOf } from '../statistics.ts';
import { type Work, networkWidths } from '../work.ts';

/** What a comparison of the growth suite varies, by its name. */
const varied: Readonly<Record<string, (work: Work) => number>> = {
  width: (work) => (work.kind === 'step' ? networkWidths(work.widths)[0] : NaN),
  depth: (work) => (work.kind === 'step' ? networkWidths(work.widths).length - 1 : NaN),
  batch: (work) => (work.kind === 'step' ? work.rows : NaN),
  workers: (work) => (work.kind === 'sweep' ? work.workers : NaN),
};

/** Time against width, depth, batch and workers, with the exponent of the power law that fits best. */
export function growthTable(results: Results): string {
  const entries = results.entries.filter(({ suite }) => suite === 'growth');
  if (entries.length === 0) return '_This part of the bench did not run._';
  const label = new Map(results.contenders.map(({ id, label: text }) => [id, text]));
  const groups = new Map<string, Entry[]>();
  for (const entry of entries) {
    const key = `${entry.comparison}\n${entry.contender}`;
    groups.set(key, [...(groups.get(key) ?? []), entry]);
  }
  return markdownTable(
    [
      { key: 'varied', label: 'varied' },
      { key: 'contender', label: 'who' },
      { key: 'times', label: 'time of one step (workers: of the sweep)' },
      { key: 'exponent', label: 'exponent, 95 % interval' },
      { key: 'upper', label: 'from the last doubling' },
    ],
    [...groups.values()].map((group) => {
      const points = group.map((entry) => ({
        x: varied[entry.comparison](entry.work),
        y: spreadOf(entry.seconds).median,
      }));
      return {
        varied: group[0].comparison,
        contender: label.get(group[0].contender) ?? group[0].contender,
        times: points.map(({ x, y }) => `${x}: ${duration(y)}`).join('; '),
        exponent: exponentText(points),
        upper: points.length < 2 ? null : exponentText(points.slice(-2)),
      };
    }),
  );
}

function exponentText(points: readonly { readonly x: number; readonly y: number }[]): string | null {
  if (points.length < 2) return null;
  const { slope, interval } = fitPower(
    points.map(({ x }) => x),
    points.map(({ y }) => y),
  );
  return slope.toFixed(2) + (interval ? ` (${interval.map((end) => end.toFixed(2)).join(' to ')})` : '');
}
