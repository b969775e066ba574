import { allClaims } from '../claims/all-claims.ts';
import { verdictCounts } from '../claims/claim-text.ts';
import { isUnexpected } from '../claims/decide-claim.ts';
import { profiles } from '../profile.ts';
import type { Report } from '../report.ts';
import type { IndexedReport, Ledger } from './ledger.ts';
import type { PaperVerdict } from './paper-verdict.ts';
import type { SentenceVerdict } from './sentence-verdict.ts';

/** A file that should be a report and is none. */
export interface UnreadReport {
  readonly folder: string;
  readonly message: string;
}

/** What both forms of an index are made from. */
export interface IndexContent {
  readonly reports: readonly IndexedReport[];
  readonly unread: readonly UnreadReport[];
  readonly ledger: Ledger | undefined;
}

/** A sign for each verdict on a sentence, beside its words. */
export const sentenceSigns: Readonly<Record<SentenceVerdict, string>> = {
  supported: '✓',
  'in part': '◐',
  inconclusive: '?',
  refuted: '✕',
  'not yet tested': '·',
};

/** `5 claims of 2 studies: 4 supported, 1 refuted; 1 not as expected; in the full profile` */
export function claimSummary(reports: readonly IndexedReport[]): string {
  const claims = reports.flatMap(({ report }) => allClaims(report));
  const unexpected = claims.filter(isUnexpected).length;
  const note = unexpected > 0 ? `; ${unexpected} not as expected` : '';
  return `${claims.length} ${claims.length === 1 ? 'claim' : 'claims'} of ${reports.length} ${reports.length === 1 ? 'study' : 'studies'}: ${verdictCounts(claims)}${note}${reports.length > 0 ? `; ${profilesText(reports)}` : ''}`;
}

/** `quick profile, seed 1, 2026-11-24, commit 0123abcd` */
export function aboutReport({ profile, seed, provenance }: Report): string {
  const commit = provenance.git
    ? `, commit ${provenance.git.commit.slice(0, 8)}${provenance.git.dirty ? ' with changes' : ''}`
    : '';
  return `${profile} profile, seed ${seed}, ${provenance.date.slice(0, 10)}${commit}`;
}

/** `in the full profile`, or where there are both `in the full profile: A, B; in the quick profile: C`. */
export function profilesText(reports: readonly IndexedReport[]): string {
  const used = profiles.filter((profile) => reports.some(({ report }) => report.profile === profile));
  if (used.length <= 1) return used.map((profile) => `in the ${profile} profile`).join('');
  const titles = (profile: string): string =>
    reports
      .filter(({ report }) => report.profile === profile)
      .map(({ report }) => report.study.title)
      .join(', ');
  return used.map((profile) => `in the ${profile} profile: ${titles(profile)}`).join('; ');
}

/** A sign for each verdict on a result of a paper, beside its words. */
export const paperSigns: Readonly<Record<PaperVerdict, string>> = {
  yes: '✓',
  partly: '◐',
  undecided: '?',
  no: '✕',
  'not yet tested': '·',
};

/** Where a paper's result was read, or that it was not. */
export function readText(checked: string | false): string {
  return checked === false ? 'as we remember it: the paper’s text was not read' : `read in ${checked}`;
}
