import type { Diagnosis, Evidence, Finding, Trial } from './diagnosis.ts';

/** A diagnosis as plain text for a terminal: the findings, the worst first, each with its evidence, mechanism, remedy and trial. */
export function explainDiagnosis(diagnosis: Diagnosis): string {
  const { findings, skipped } = diagnosis;
  return [
    ...head(diagnosis),
    ...findings.flatMap((finding, i) => ['', ...lines(finding, i + 1)]),
    ...(skipped.length > 0 ? ['', 'Not looked for:'] : []),
    ...skipped.map(({ check, layer, reason }) => `  ${check}${layer === null ? '' : ` in ${layer}`}: ${reason}`),
  ].join('\n');
}

function head(diagnosis: Diagnosis): readonly string[] {
  const { samples, untrained, loss } = diagnosis;
  const state = untrained ? 'an untrained network' : 'a trained network';
  const looked = `looked at on ${samples} ${samples === 1 ? 'sample' : 'samples'}`;
  return [
    `${verdict(diagnosis)} with ${state}, ${looked}${reservation(diagnosis)}.`,
    `${loss.name} ${number(loss.value)}; the best constant answer has ${number(loss.constantAnswer)}.`,
  ];
}

function verdict({ findings, skipped }: Diagnosis): string {
  if (findings.length > 0) return `${findings.length} ${findings.length === 1 ? 'thing is' : 'things are'} wrong`;
  return skipped.length > 0 ? 'Nothing was found wrong' : 'Nothing is wrong';
}

/** What the verdict leaves open. */
function reservation({ healthy, skipped }: Diagnosis): string {
  const checks = new Set(skipped.map(({ check }) => check)).size;
  if (checks === 0) return '';
  const open = `${checks} ${checks === 1 ? 'check was not made' : 'checks were not made'}`;
  return healthy === null ? `, which cannot tell whether it is healthy: ${open}` : `; ${open}`;
}

function lines(finding: Finding, rank: number): readonly string[] {
  const { illness, severity, layers, evidence, why, remedy, trial, consequences } = finding;
  return [
    `${rank}. ${illness} (${severity})${layers.length > 0 ? ` in ${shortList(layers)}` : ''}`,
    ...evidence.map((piece) => `   ${evidenceLine(piece)}`),
    `   Why: ${why}`,
    ...(consequences.length > 0 ? [`   Follows from it: ${consequences.join(', ')}`] : []),
    `   Remedy: ${remedy.what}`,
    ...(trial ? trialLines(trial) : []),
  ];
}

function evidenceLine({ what, measured, predicted, healthy }: Evidence): string {
  const beside = [
    ...(predicted === null ? [] : [`theory ${number(predicted)}`]),
    ...(healthy === null ? [] : [`healthy ${interval(healthy)}`]),
  ];
  return `${what}: ${number(measured)}${beside.length > 0 ? ` (${beside.join('; ')})` : ''}`;
}

function trialLines({ symptom, loss }: Trial): readonly string[] {
  const change = symptom && `${symptom.what} ${number(symptom.before)} → ${number(symptom.after)}`;
  return [
    ...(symptom ? [`   Tried: ${change}${symptom.cured ? '' : ', which is not yet healthy'}`] : []),
    ...(loss
      ? [
          `   Tried: loss after ${loss.steps} steps ${number(loss.before)} without, ${number(loss.after)} with the remedy (at the start ${number(loss.start)})`,
        ]
      : []),
  ];
}

function interval([from, to]: readonly [number | null, number | null]): string {
  if (from !== null && from === to) return number(from);
  if (to === null) return `at least ${number(from)}`;
  return from === null || from === 0 ? `at most ${number(to)}` : `${number(from)} to ${number(to)}`;
}

function shortList(names: readonly string[]): string {
  if (names.length <= 4) return names.join(', ');
  return `${names[0]}, ${names[1]}, … ${names[names.length - 1]} (${names.length} layers)`;
}

/** Three digits; `not finite` for what JSON cannot hold. */
function number(value: number | null): string {
  if (value === null) return 'not finite';
  if (Number.isInteger(value) && Math.abs(value) < 1e6) return String(value);
  return String(Number(value.toPrecision(3)));
}
