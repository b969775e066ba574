import { durationText } from '@relu-lab/report';
import { type FailedJob, type SweepStatus, sweepStatus } from '@relu-lab/sweep';
import { printable } from '../progress-text.ts';
import type { Terminal } from '../terminal.ts';

const listedFailures = 10;

/** Says how far the sweep in a folder is, and returns the exit code: 1 when a job has failed. */
export function printSweepStatus(folder: string, flags: { readonly json?: boolean }, terminal: Terminal): number {
  const status = sweepStatus(folder);
  if (flags.json === true) terminal.out(JSON.stringify(status, null, 2));
  else for (const line of statusLines(status)) terminal.out(line);
  return status.failed > 0 ? 1 : 0;
}

function statusLines(status: SweepStatus): readonly string[] {
  const { experiment, shard, total, done, failed, missing, running, secondsPerJob, jobsPerSecond, remainingSeconds } =
    status;
  const part = shard ? `, shard ${shard.index}/${shard.count}` : '';
  const lines = [
    `Experiment  ${printable(experiment)}${part}`,
    `Done        ${done} of ${total}`,
    `Failed      ${failed}`,
    `Missing     ${missing}`,
  ];
  if (secondsPerJob !== null) lines.push(`A job       ${secondsText(secondsPerJob)} on average`);
  lines.push(
    running
      ? `Running     process ${running.pid} on ${printable(running.host)}, since ${running.since}`
      : 'Running     no',
  );
  if (jobsPerSecond !== null) lines.push(`Rate        ${jobsPerSecond.toPrecision(3)} jobs a second`);
  if (remainingSeconds !== null) lines.push(`Time left   about ${durationText(remainingSeconds)}`);
  for (const damage of status.damaged) lines.push(`Damaged     ${printable(damage)}`);
  tellFailures(status.failures, (line) => lines.push(line));
  return lines;
}

/** Lists failures, the first ones by name. */
export function tellFailures(failures: readonly FailedJob[], tell: (line: string) => void): void {
  for (const { label, error } of failures.slice(0, listedFailures)) {
    tell(`✗ ${printable(label)}: ${printable(error.name)}: ${printable(error.message)}`);
  }
  const more = failures.length - listedFailures;
  if (more > 0) tell(`✗ and ${more} more; all of them are in failures.jsonl`);
}

function secondsText(seconds: number): string {
  return seconds < 1 ? `${Number((seconds * 1000).toPrecision(2))} ms` : durationText(seconds);
}
