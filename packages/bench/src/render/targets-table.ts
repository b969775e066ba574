import { markdownTable } from '@relu-lab/report';
import { threeDigits } from '../format.ts';
import type { Results } from '../results.ts';
import { type DecidedTarget, type TargetVerdict, decideTargets } from '../targets.ts';

const signs: Readonly<Record<TargetVerdict, string>> = {
  met: '✓ met',
  missed: '✗ missed',
  'not measured': '– not measured',
  'not counted': '– not counted',
};

/** All targets, what was measured, and whether that keeps them. */
export function targetsTable(results: Results): string {
  const label = new Map(results.contenders.map(({ id, label: text }) => [id, text]));
  return markdownTable(
    [
      { key: 'work', label: 'work' },
      { key: 'contender', label: 'who' },
      { key: 'against', label: 'against' },
      { key: 'target', label: 'target' },
      { key: 'measured', label: 'measured' },
      { key: 'quartiles', label: 'quartiles' },
      { key: 'verdict', label: '' },
    ],
    decideTargets(results).map((decided) => ({
      work: decided.target.work,
      contender: label.get(decided.target.contender) ?? decided.target.contender,
      against: decided.target.against,
      target: floorText(decided),
      measured: decided.measured && threeDigits(decided.measured.value),
      quartiles: decided.measured?.quartiles?.map(threeDigits).join(' – ') ?? null,
      verdict: verdictText(decided),
    })),
  );
}

/** `✗ missed (two pools of one worker: 0.931)`. */
function verdictText({ verdict, reason, control }: DecidedTarget): string {
  const words = reason === undefined ? signs[verdict] : `${signs[verdict]}: ${reason}`;
  return control === undefined ? words : `${words} (${control})`;
}

/** How many there are of each verdict: `31 of 61 targets are met; missed: 12; not measured: 18.` */
export function targetsSummary(results: Results): string {
  const decided = decideTargets(results);
  const count = (verdict: TargetVerdict): number => decided.filter((one) => one.verdict === verdict).length;
  const others = (['missed', 'not measured', 'not counted'] as const)
    .filter((verdict) => count(verdict) > 0)
    .map((verdict) => `; ${verdict}: ${count(verdict)}`);
  return `${count('met')} of ${decided.length} targets are met${others.join('')}.`;
}

function floorText({ target: { atLeast, atMost } }: DecidedTarget): string {
  return atMost === undefined ? `≥ ${atLeast ?? 0}` : `≤ ${atMost}`;
}
