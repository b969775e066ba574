import { measurementText, verdictSigns } from '../claims/claim-text.ts';
import type { Move, ReportComparison } from './compare-reports.ts';

const moves: Readonly<Record<Move, string>> = {
  same: 'the same number',
  within: 'moved within its intervals',
  beyond: 'MOVED BEYOND ITS INTERVALS',
  unknown: 'moved; one of the two has no interval of numbers',
  clock: 'measured by the clock',
};

/** A comparison as text for a terminal: claims that flipped first, then numbers that moved, then what they were made from. */
export function comparisonText({ study, claims, gone, added, parameters }: ReportComparison): string {
  const flipped = claims.filter((claim) => claim.flipped);
  const alike = claims.filter((claim) => !claim.flipped);
  const moved = alike.filter(({ move }) => move !== 'same' && move !== 'clock');
  const timed = alike.filter(({ move }) => move === 'clock');
  const same = alike.length - moved.length - timed.length;
  const lines = [
    ...(study.before === study.after ? [] : [`These are two studies: ${study.before} and ${study.after}`]),
    `Claims that flipped: ${flipped.length}`,
    ...flipped.map(
      ({ id, before, after, move }) =>
        `  ${id}: ${verdictSigns[before.verdict]} ${before.verdict} → ${verdictSigns[after.verdict]} ${after.verdict} (${measurementText(before)} → ${measurementText(after)}: ${moves[move]})`,
    ),
    `Numbers that moved, with the same verdict: ${moved.length}`,
    ...moved.map(
      ({ id, before, after, move }) =>
        `  ${id}: ${measurementText(before)} → ${measurementText(after)}: ${moves[move]}`,
    ),
    `Claims with the same number: ${same}`,
    ...(timed.length > 0 ? [`Claims with the same verdict on another number of the clock: ${timed.length}`] : []),
    ...(gone.length > 0 ? [`Claims that are gone: ${gone.join(', ')}`] : []),
    ...(added.length > 0 ? [`Claims that are new: ${added.join(', ')}`] : []),
    `Parameters that differ: ${parameters.length}`,
    ...parameters.map(({ name, before, after }) => `  ${name}: ${JSON.stringify(before)} → ${JSON.stringify(after)}`),
  ];
  return `${lines.join('\n')}\n`;
}
