import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { basename, dirname, join, relative } from 'node:path';
import { ParameterError } from '@relu-lab/core';
import { writeWhole } from '../build/write-report.ts';
import { messageOf, OutputError } from '../errors.ts';
import { profiles } from '../profile.ts';
import { readReport } from '../read/read-report.ts';
import type { Card } from './card.ts';
import { indexHtml } from './index-html.ts';
import { keptMarkdown, indexMarkdown, toReports } from './index-markdown.ts';
import { ledgerPictureFile, writeLedgerPictures } from './index-picture.ts';
import type { UnreadReport } from './index-text.ts';
import { type IndexedReport, type Ledger, ledgerOf } from './ledger.ts';
import { ledgerFigure } from './ledger-figure.ts';

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
    ...(ledger && { ledger }),
  };
}

/** The files of an index, and what it could not read. */
export interface BuiltIndex {
  readonly html: string;
  readonly markdown: string;
  readonly reports: number;
  /** The files of the picture. */
  readonly pictures: readonly string[];
  readonly unread: readonly UnreadReport[];
  readonly ledger?: Ledger;
}

/** Options of {@link buildIndex}. */
export interface BuildIndexOptions {
  /** See {@link IndexOptions}. */
  readonly card?: Card;
  /** A Markdown file for the ledger that is kept beside the studies, such as `reports/LEDGER.md`. Default: none is written. */
  readonly keep?: string;
  /** Where the ledger is drawn: `reports/ledger` makes `reports/ledger-light.svg` and `-dark.svg`. It needs a card. Default: nowhere. */
  readonly picture?: string;
  /** The commands that make the kept ledger again, which it names. Default: those of the command line. */
  readonly commands?: readonly string[];
}

/**
 * Writes `index.html` and `index.md` into a folder: a ledger of the claims of all reports in the folders in it, by name.
 *
 * @throws OutputError when the folder cannot be read or written; ParameterError for a picture without a card.
 */
export async function buildIndex(
  folder: string,
  { card, keep, picture, commands }: BuildIndexOptions = {},
): Promise<BuiltIndex> {
  if (picture !== undefined && !card) {
    throw new ParameterError('A picture of the ledger needs a card: the sentences, and the claims that test them');
  }
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
  const { html, markdown, ledger } = renderIndex(reports, { unread, ...(card && { card }) });
  const pictures = picture !== undefined && ledger ? await writeLedgerPictures(ledger, picture) : [];
  if (keep !== undefined) {
    const frame = {
      folder,
      commands: commands ?? commandsFor(reports, folder, { keep, ...(picture !== undefined && { picture }) }),
      ...(picture !== undefined && ledger && { picture: pictureSeenFrom(dirname(keep), picture, ledger) }),
    };
    await writeWhole(dirname(keep), basename(keep), keptMarkdown({ reports, unread, ledger }, frame));
  }
  return {
    html: await writeWhole(folder, 'index.html', html),
    markdown: await writeWhole(folder, 'index.md', markdown),
    reports: reports.length,
    pictures,
    unread,
    ...(ledger && { ledger }),
  };
}

/** What makes the reports and then the ledger again, in a project whose studies all have the profile of the reports. */
function commandsFor(
  reports: readonly IndexedReport[],
  folder: string,
  { keep, picture }: Pick<BuildIndexOptions, 'keep' | 'picture'>,
): readonly string[] {
  const usual = folder === 'dist/reports';
  const builds = profiles.flatMap((profile) => {
    const own = reports.filter(({ report }) => report.profile === profile).map(({ report }) => report.study.id);
    if (own.length === 0) return [];
    return `npx relu-lab report build ${own.length < reports.length ? `${own.join(' ')} ` : ''}--profile ${profile}${usual ? '' : ` --out ${folder}`}`;
  });
  const options = [
    ...(keep === undefined ? [] : ['--keep', keep]),
    ...(picture === undefined ? [] : ['--picture', picture]),
  ];
  return [...builds, ['npx relu-lab report index', ...(usual ? [] : [folder]), ...options].join(' ')];
}

function pictureSeenFrom(folder: string, picture: string, ledger: Ledger) {
  const seen = (file: string): string => relative(folder, file).replaceAll('\\', '/');
  const [light, dark] = [ledgerPictureFile(picture, 'light'), ledgerPictureFile(picture, 'dark')];
  return { light: seen(light), dark: seen(dark), alt: ledgerFigure(ledger).alt };
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
