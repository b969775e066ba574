import { readdir } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { messageOf, OutputError } from '../errors.ts';
import { writeWhole } from '../build/write-report.ts';
import { readReport } from '../read/read-report.ts';
import { type IndexedReport, type UnreadReport, renderIndex } from './index-page.ts';

/** The files of an index, and what it could not read. */
export interface BuiltIndex {
  readonly html: string;
  readonly markdown: string;
  readonly reports: number;
  readonly unread: readonly UnreadReport[];
}

/**
 * Writes `index.html` and `index.md` into a folder: a ledger of the claims of all reports in the folders in it, by name.
 *
 * @throws OutputError when the folder cannot be read or written.
 */
export async function buildIndex(folder: string): Promise<BuiltIndex> {
  const reports: IndexedReport[] = [];
  const unread: UnreadReport[] = [];
  for (const name of await foldersIn(folder)) {
    const file = join(folder, name, 'report.json');
    if (!existsSync(file)) continue;
    try {
      reports.push({ folder: name, report: await readReport(file) });
    } catch (error) {
      unread.push({ folder: name, message: messageOf(error) });
    }
  }
  const { html, markdown } = renderIndex(reports, unread);
  return {
    html: await writeWhole(folder, 'index.html', html),
    markdown: await writeWhole(folder, 'index.md', markdown),
    reports: reports.length,
    unread,
  };
}

async function foldersIn(folder: string): Promise<readonly string[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    return entries
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => name)
      .sort();
  } catch (cause) {
    throw new OutputError(`The folder ${folder} cannot be read: ${messageOf(cause)}`, { cause });
  }
}
