import { resolve } from 'node:path';
import { buildIndex, sentenceCounts } from '@relu-lab/report';
import { printable } from '../progress-text.ts';
import { shownPath } from '../shown-path.ts';
import type { Terminal } from '../terminal.ts';
import { loadCard } from './load-card.ts';

/** The options of `relu-lab report index`. */
export interface IndexFlags {
  readonly card?: string;
  readonly keep?: string;
  readonly picture?: string;
}

/**
 * Writes the ledger of the reports in a folder, and returns the exit code: 1 when a report cannot be read, or the card names a claim
 * that a report does not have.
 *
 * @throws OutputError when the folder cannot be read or written; UsageError when the card cannot be loaded; ParameterError for a picture
 *   without a card.
 */
export async function writeIndex(
  folder: string,
  { card: file, keep, picture }: IndexFlags,
  terminal: Terminal,
): Promise<number> {
  const from = process.cwd();
  const card = await loadCard(file === undefined ? undefined : resolve(from, file), from);
  const { html, reports, pictures, unread, ledger } = await buildIndex(folder, {
    ...(card && { card }),
    ...(keep !== undefined && { keep }),
    ...(picture !== undefined && { picture }),
  });
  for (const { folder: name, message } of unread) terminal.info(`Problem: ${printable(name)}: ${printable(message)}`);
  for (const message of ledger?.problems ?? []) terminal.info(`Problem: ${printable(message)}`);
  if (ledger) terminal.out(`Ledger of ${sentenceCounts(ledger)}`);
  for (const file of pictures) terminal.out(`Picture: ${shownPath(from, file)}`);
  terminal.out(`Index of ${reports} ${reports === 1 ? 'report' : 'reports'}: ${shownPath(from, html)}`);
  return unread.length + (ledger?.problems.length ?? 0) > 0 ? 1 : 0;
}
