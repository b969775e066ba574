import { duration, threeDigits } from './format.ts';
import { rateOf } from './lookup.ts';
import type { ContenderRecord, Entry, Refusal } from './results.ts';
import { ratioOf, spreadOf } from './statistics.ts';
import { workLabel, workWords } from './work.ts';

/** One comparison as lines: each contender's median, quartiles, rate, and speed against the first that did the same work. */
export function comparisonLines(
  entries: readonly Entry[],
  refusals: readonly Refusal[],
  labels: ReadonlyMap<string, string>,
): string {
  const name = (entries[0] ?? refusals[0])?.comparison ?? '';
  const several = new Set(entries.map(({ work }) => workWords(work))).size > 1;
  const timed = entries.map((entry) => {
    const { lowerQuartile, median, upperQuartile } = spreadOf(entry.seconds);
    const rate = rateOf(entry);
    const first = entries.find(({ work }) => workWords(work) === workWords(entry.work));
    const label = labels.get(entry.contender) ?? entry.contender;
    return [
      `  ${[label, several ? (entry.task?.label ?? workLabel(entry.work)) : ''].filter((part) => part !== '').join(': ')}`.padEnd(
        72,
      ),
      duration(median).padStart(9),
      `(${duration(lowerQuartile)} – ${duration(upperQuartile)})`.padStart(24),
      (rate ? `${threeDigits(rate.value)} ${rate.unit}` : '').padStart(18),
      (first && first !== entry ? `× ${threeDigits(ratioOf(entry.seconds, first.seconds).value)}` : '').padStart(9),
    ].join(' ');
  });
  const refused = refusals.map(({ contender, reason }) => `  ${labels.get(contender) ?? contender}: ${reason}`);
  return [name, ...timed, ...refused].join('\n');
}

/** Who takes part, and who does not and why. */
export function contenderLines(records: readonly ContenderRecord[]): string {
  return records
    .map(({ label, info, missing }) => {
      if (missing !== undefined) return `  – ${label}: ${missing}`;
      const said = Object.entries(info ?? {})
        .filter(([key, value]) => value !== '' && key !== 'blasFiles')
        .map(([key, value]) => `${key} ${value}`);
      return `  + ${label}: ${said.join(', ')}`;
    })
    .join('\n');
}
