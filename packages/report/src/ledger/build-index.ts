import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { writeWhole } from '../build/write-report.ts';
import { messageOf, OutputError } from '../errors.ts';
import { readReport } from '../read/read-report.ts';
import type { Card } from './card.ts';
import { indexHtml } from './index-html.ts';
import { indexMarkdown, toReports, toStudies } from './index-markdown.ts';
import type { UnreadReport } from './index-text.ts';
import { type IndexedReport, type Ledger, ledgerOf } from './ledger.ts';

/** Options of {@link renderIndex}. */
export interface IndexOptions {
  /** Reports that could not be read; the pages name them. Default: none. */
  readonly unread?: readonly UnreadReport[];
  /** Sentences that the reports test. Default: none; the index is a list of claims. */
  readonly card?: Card;
}

/** An index in both forms. */
export interface IndexPages {
  readonly html: string;
  readonly markdown: string;
  /** The Markdown with links to the prose of the studies, `dying-relu/study.md`: to be kept where the studies are. */
  readonly kept: string;
  /** What the reports say of the card, where there is one. */
  readonly ledger?: Ledger;
}

/** An index of reports: what they say of the sentences of a card, and all claims with verdict, numbers and a link to the evidence. */
export function renderIndex(reports: readonly IndexedReport[], { unread = [], card }: IndexOptions = {}): IndexPages {
  const ledger = card && ledgerOf(card, reports);
  const content = { reports, unread, ledger };
  return {
    html: indexHtml(content),
    markdown: indexMarkdown(content, toReports),
    kept: indexMarkdown(content, toStudies),
    ...(ledger && { ledger }),
  };
}

/** The files of an index, and what it could not read. */
export interface BuiltIndex {
  readonly html: string;
  readonly markdown: string;
  readonly reports: number;
  readonly unread: readonly UnreadReport[];
  readonly ledger?: Ledger;
}

/** Options of {@link buildIndex}. */
export interface BuildIndexOptions {
  /** See {@link IndexOptions}. */
  readonly card?: Card;
  /** A Markdown file for the ledger that is kept beside the studies, such as `reports/LEDGER.md`. Default: none is written. */
  readonly keep?: string;
}

/**
 * Writes `index.html` and `index.md` into a folder: a ledger of the claims of all reports in the folders in it, by name.
 *
 * @throws OutputError when the folder cannot be read or written.
 */
export async function buildIndex(folder: string, { card, keep }: BuildIndexOptions = {}): Promise<BuiltIndex> {
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
  const { html, markdown, kept, ledger } = renderIndex(reports, { unread, ...(card && { card }) });
  if (keep !== undefined) await writeWhole(dirname(keep), basename(keep), kept);
  return {
    html: await writeWhole(folder, 'index.html', html),
    markdown: await writeWhole(folder, 'index.md', markdown),
    reports: reports.length,
    unread,
    ...(ledger && { ledger }),
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
