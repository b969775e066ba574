import { allClaims } from '../claims/all-claims.ts';
import { choices } from '../choices.ts';
import type { DecidedClaim } from '../claims/decide-claim.ts';
import type { Report } from '../report.ts';
import type { Card, ClaimReference, PaperResult } from './card.ts';
import { fillNumbers } from './numbers-in-text.ts';
import { type PaperVerdict, paperVerdict } from './paper-verdict.ts';
import { type SentenceVerdict, sentenceVerdict, sentenceVerdicts } from './sentence-verdict.ts';

/** A report, and the folder that it is in as seen from the index. */
export interface IndexedReport {
  /** Such as `dying-relu`. */
  readonly folder: string;
  readonly report: Report;
}

/** A claim of a report. */
export interface Entry {
  readonly claim: DecidedClaim;
  readonly report: Report;
  readonly folder: string;
  /** `Figure 1`, where the claim names what shows it. */
  readonly evidence: string | undefined;
}

/** A claim that a sentence or a paper names. */
export interface NamedClaim {
  readonly reference: ClaimReference;
  /** Undefined where there is no such claim (yet). */
  readonly entry: Entry | undefined;
  readonly against: boolean;
}

/** A sentence of the card with what its claims make of it. */
export interface LedgerSentence {
  readonly text: string;
  readonly verdict: SentenceVerdict;
  readonly claims: readonly NamedClaim[];
  /** What is true instead, with its numbers in place; undefined where the card has nothing to say. */
  readonly precise: string | undefined;
}

/** What the reports of a folder say of a card. */
export interface Ledger {
  readonly title: string;
  readonly parts: readonly { readonly heading: string; readonly sentences: readonly LedgerSentence[] }[];
  readonly papers: readonly (Omit<PaperResult, 'claims' | 'conditionsStated'> & {
    readonly verdict: PaperVerdict;
    readonly claims: readonly NamedClaim[];
  })[];
  /** Claims that no sentence names. */
  readonly others: readonly Entry[];
  /** Claims that the card names, and a report that is there does not have; and numbers of its texts that cannot be looked up. */
  readonly problems: readonly string[];
}

/** All claims of a report, in its order. */
export function entriesOf({ folder, report }: IndexedReport): readonly Entry[] {
  return allClaims(report).map((claim) => ({ claim, report, folder, evidence: evidenceName(claim, report) }));
}

/** Finds the claims that the card names, and decides its sentences. */
export function ledgerOf(card: Card, reports: readonly IndexedReport[]): Ledger {
  const all = reports.flatMap(entriesOf);
  const entries = new Map(all.map((entry) => [nameOf(entry), entry]));
  const named = new Set<string>();
  const unknown = new Set<string>();
  const unwritten: string[] = [];
  const find = (reference: ClaimReference, against = false): NamedClaim => {
    const entry = entries.get(reference);
    if (!entry && reports.some(({ report }) => reference.startsWith(`${report.study.id}/`))) unknown.add(reference);
    return { reference, entry, against };
  };
  const filled = (text: string): string => {
    const { text: written, problems } = fillNumbers(text, (reference) => find(reference).entry?.claim);
    unwritten.push(...problems);
    return written;
  };
  const votes = (claims: readonly NamedClaim[]): SentenceVerdict =>
    sentenceVerdict(claims.map(({ entry, against }) => ({ verdict: entry?.claim.verdict, against })));

  const parts = card.parts.map(({ heading, sentences }) => ({
    heading,
    sentences: sentences.map(({ text, claims, against = [], precise }) => {
      for (const reference of [...claims, ...against]) named.add(reference);
      const found = [...claims.map((name) => find(name)), ...against.map((name) => find(name, true))];
      return {
        text,
        verdict: votes(found),
        claims: found,
        precise: precise === undefined ? undefined : filled(precise),
      };
    }),
  }));
  const papers = card.papers.map(({ claims, conditionsStated = false, says, ...paper }) => {
    const found = claims.map((name) => find(name));
    const verdicts = found.map(({ entry }) => entry?.claim.verdict);
    return { ...paper, says: filled(says), verdict: paperVerdict(verdicts, { conditionsStated }), claims: found };
  });
  return {
    title: card.title,
    parts,
    papers,
    others: all.filter((entry) => !named.has(nameOf(entry))),
    problems: [...[...unknown].map((reference) => unknownClaim(reference, all)), ...unwritten],
  };
}

/** `3 of 10 claims speak for it, 2 of them only under a condition`, of a sentence that claims of reports test; else nothing. */
export function supportText({ claims }: Pick<LedgerSentence, 'claims'>): string {
  const count = (counts: (claim: NamedClaim) => boolean): number => claims.filter(counts).length;
  if (count(({ entry }) => entry !== undefined) === 0) return '';
  const plain = count(({ entry, against }) => entry?.claim.verdict === (against ? 'refuted' : 'supported'));
  const conditional = count(({ entry }) => entry?.claim.verdict === 'only-if');
  const all = plain + conditional;
  const some = `${all} of ${claims.length} ${claims.length === 1 ? 'claim speaks' : 'claims speak'} for it`;
  if (conditional === 0) return some;
  return `${some}, ${conditional === all ? '' : `${conditional} of them `}only under a condition`;
}

/** `18 sentences: 3 supported, 15 not yet tested` */
export function sentenceCounts({ parts }: Pick<Ledger, 'parts'>): string {
  const all = parts.flatMap(({ sentences }) => sentences);
  const counts = sentenceVerdicts.flatMap((verdict) => {
    const count = all.filter((sentence) => sentence.verdict === verdict).length;
    return count > 0 ? [`${count} ${verdict}`] : [];
  });
  return `${all.length} ${all.length === 1 ? 'sentence' : 'sentences'}: ${counts.join(', ')}`;
}

function nameOf({ report, claim }: Entry): string {
  return `${report.study.id}/${claim.id}`;
}

function unknownClaim(reference: string, all: readonly Entry[]): string {
  const [study = '', claim = ''] = reference.split('/');
  const known = all.filter(({ report }) => report.study.id === study);
  return `The card names the claim '${reference}', which the report of '${study}' does not have${choices(
    claim,
    known.map((entry) => entry.claim.id),
  )}`;
}

function evidenceName(
  { evidence }: DecidedClaim,
  { figures, tables, provenance: { clock } }: Report,
): string | undefined {
  const figure = [...figures, ...clock.figures].find(({ id }) => id === evidence);
  if (figure) return `Figure ${figure.number}`;
  const table = [...tables, ...clock.tables].find(({ id }) => id === evidence);
  return table && `Table ${table.number}`;
}
