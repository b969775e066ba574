import { mergeSweeps, sweepStatus } from '@relu-lab/sweep';
import type { Terminal } from '../terminal.ts';
import { printSweepStatus } from './status.ts';

/** Brings shards together, says what there is then, and returns the exit code: 1 when a job has failed or is missing. */
export function mergeSweepFolders(
  out: string,
  folders: readonly string[],
  flags: { readonly json?: boolean; readonly acceptChanges?: boolean },
  terminal: Terminal,
): number {
  mergeSweeps(out, folders, { acceptChanges: flags.acceptChanges === true });
  const exitCode = printSweepStatus(out, flags, terminal);
  return sweepStatus(out).missing > 0 ? 1 : exitCode;
}
