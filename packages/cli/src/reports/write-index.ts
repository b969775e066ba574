import { buildIndex } from '@relu-lab/report';
import { printable } from '../progress-text.ts';
import type { Terminal } from '../terminal.ts';

/**
 * Writes the ledger of the reports in a folder, and returns the exit code: 1 when a report cannot be read.
 *
 * @throws OutputError when the folder cannot be read or written.
 */
export async function writeIndex(folder: string, terminal: Terminal): Promise<number> {
  const { html, reports, unread } = await buildIndex(folder);
  for (const { folder: name, message } of unread) terminal.info(`Problem: ${printable(name)}: ${printable(message)}`);
  terminal.out(`Index of ${reports} ${reports === 1 ? 'report' : 'reports'}: ${html}`);
  return unread.length > 0 ? 1 : 0;
}
