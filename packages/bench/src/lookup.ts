import type { ContenderId } from './contenders.ts';
import type { Entry, Results } from './results.ts';
import { type Ratio, type Spread, ratioOf, spreadOf } from './statistics.ts';
import { type LimitName, type Work, amountOf, workWords } from './work.ts';

/** The entry of a contender at a work; within `comparison` where it is in several, as limits are. */
export function entryAt(
  { entries }: Pick<Results, 'entries'>,
  contender: ContenderId,
  work: Work,
  comparison?: string,
): Entry | undefined {
  const words = workWords(work);
  return entries.find(
    (entry) =>
      entry.contender === contender &&
      workWords(entry.work) === words &&
      (comparison === undefined || entry.comparison === comparison),
  );
}

/** The limit of the machine that was measured in the same rounds as `entry`, if it was. */
export function limitBeside(results: Pick<Results, 'entries'>, entry: Entry, name: LimitName): Entry | undefined {
  return results.entries.find(
    ({ comparison, work }) => comparison === entry.comparison && work.kind === 'limit' && work.name === name,
  );
}

/** What a median comes to in a second, and its unit; nothing where seconds say it all. */
export function rateOf({ work, seconds, task }: Entry): { readonly value: number; readonly unit: string } | undefined {
  const { median } = spreadOf(seconds);
  if (task) return { value: task.amount / median, unit: task.unit };
  const amount = amountOf(work);
  return amount && { value: amount.value / median / 1e9, unit: amount.unit };
}

/** Spread of an entry's seconds. */
export function secondsOf({ seconds }: Entry): Spread {
  return spreadOf(seconds);
}

/** How much faster `ours` is than `theirs`, by the time of a run, or of a `unit` of each where these differ. */
export function ratioBetween(
  ours: Entry,
  theirs: Entry,
  units: { readonly ours: number; readonly theirs: number } = { ours: 1, theirs: 1 },
): Ratio {
  const ratio = ratioOf(
    ours.seconds.map((seconds) => seconds / units.ours),
    theirs.seconds.map((seconds) => seconds / units.theirs),
  );
  return { ...ratio, shared: mostlyShared(ours) || mostlyShared(theirs) };
}

function mostlyShared({ seconds, sharedRounds = 0 }: Entry): boolean {
  return sharedRounds > seconds.length / 2;
}
