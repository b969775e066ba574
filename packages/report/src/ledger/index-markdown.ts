import { allClaims } from '../claims/all-claims.ts';
import { measurementText, predictionText, verdictCounts, verdictSigns } from '../claims/claim-text.ts';
import { type DecidedClaim, isUnexpected } from '../claims/decide-claim.ts';
import { escapeMarkdown } from '../prose/escape-markdown.ts';
import { type IndexContent, aboutReport, claimSummary, fromMemory, sentenceSigns } from './index-text.ts';
import { type Entry, type Ledger, type NamedClaim, entriesOf, sentenceCounts } from './ledger.ts';
import { sentenceRule } from './sentence-verdict.ts';

/** Where the study of a folder is found, and what in it, if it has an address of its own. */
export type MarkdownLinks = (folder: string, id?: string) => string;

/** To the reports beside the index. */
export const toReports: MarkdownLinks = (folder, id) => `${folder}/report.md${id === undefined ? '' : `#${id}`}`;

/** To the prose of the studies beside the ledger, for one that is kept without the reports. */
export const toStudies: MarkdownLinks = (folder) => `${folder}/study.md`;

/** The Markdown of an index. */
export function indexMarkdown({ reports, unread, ledger }: IndexContent, links: MarkdownLinks): string {
  const problems = [...unread.map(({ folder, message }) => `${folder}: ${message}`), ...(ledger?.problems ?? [])];
  const studies = reports.map(
    ({ folder, report }) =>
      `- ${link(report.study.title, links(folder))}: ${escapeMarkdown(`${verdictCounts(allClaims(report))} (${aboutReport(report)})`)}`,
  );
  const others = ledger?.others ?? reports.flatMap(entriesOf);
  return `${[
    `# ${ledger ? escapeMarkdown(ledger.title) : 'Studies and claims'}`,
    ...(ledger ? [escapeMarkdown(sentenceCounts(ledger))] : []),
    escapeMarkdown(claimSummary(reports)),
    ...problems.map((problem) => `**⚠ ${escapeMarkdown(problem)}**`),
    ...(ledger ? [...sentences(ledger, links), ...papers(ledger, links)] : []),
    ...(others.length > 0 ? [ledger ? '## Other claims' : '## Ledger', claimTable(others, links)] : []),
    '## Studies',
    studies.join('\n'),
  ].join('\n\n')}\n`;
}

function sentences({ parts }: Ledger, links: MarkdownLinks): readonly string[] {
  return [
    '## Sentences',
    escapeMarkdown(sentenceRule),
    ...parts.flatMap(({ heading, sentences }) => [
      `### ${escapeMarkdown(heading)}`,
      table(
        ['Sentence', 'Verdict', 'Claim', 'Measured', 'Predicted', 'Evidence'],
        sentences.flatMap(({ text, verdict, claims }) => {
          const said = [escapeMarkdown(text), `**${sentenceSigns[verdict]} ${verdict}**`];
          if (claims.length === 0) return [[...said, '–', '–', '–', '–']];
          return claims.map((claim, i) => [...(i === 0 ? said : ['', '']), ...namedClaim(claim, links)]);
        }),
      ),
    ]),
  ];
}

function namedClaim({ reference, entry, against }: NamedClaim, links: MarkdownLinks): readonly string[] {
  const opposite = against ? ' (the opposite)' : '';
  if (!entry) return [`${escapeMarkdown(reference)}${opposite}: not yet tested`, '–', '–', '–'];
  const { claim } = entry;
  return [
    `${verdictText(claim)}: ${claimLink(entry, links)}${opposite}`,
    escapeMarkdown(measurementText(claim)),
    escapeMarkdown(predictionText(claim)),
    evidenceLink(entry, links),
  ];
}

function papers({ papers }: Ledger, links: MarkdownLinks): readonly string[] {
  if (papers.length === 0) return [];
  const rows = papers.map(({ citation, says, checked, verdict, claims }) => [
    escapeMarkdown(citation),
    `${escapeMarkdown(says)}${checked ? '' : ` (${fromMemory})`}`,
    claims
      .map(({ reference, entry }) =>
        entry
          ? `${escapeMarkdown(measurementText(entry.claim))}: ${claimLink(entry, links)}`
          : `${escapeMarkdown(reference)}, not yet tested`,
      )
      .join('; ') || '–',
    `**${sentenceSigns[verdict]} ${verdict}**`,
  ]);
  return ['## Results of papers', table(['Paper', 'It says', 'Here', 'Agrees'], rows)];
}

function claimTable(entries: readonly Entry[], links: MarkdownLinks): string {
  return table(
    ['Verdict', 'Claim', 'Measured', 'Predicted', 'Evidence', 'Study'],
    entries.map((entry) => [
      verdictText(entry.claim),
      claimLink(entry, links),
      escapeMarkdown(measurementText(entry.claim)),
      escapeMarkdown(predictionText(entry.claim)),
      evidenceLink(entry, links),
      escapeMarkdown(entry.report.study.title),
    ]),
  );
}

function table(columns: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(columns), line(columns.map(() => '---')), ...rows.map(line)].join('\n');
}

function verdictText(claim: DecidedClaim): string {
  const condition = claim.condition === undefined ? '' : ` ${escapeMarkdown(claim.condition)}`;
  const warning = isUnexpected(claim) ? ` (expected: ${claim.expected ?? ''})` : '';
  return `**${verdictSigns[claim.verdict]} ${claim.verdict}**${condition}${warning}`;
}

function claimLink({ claim, folder }: Entry, links: MarkdownLinks): string {
  return link(claim.text, links(folder, `claim-${claim.id}`));
}

function evidenceLink({ claim, folder, evidence }: Entry, links: MarkdownLinks): string {
  return evidence === undefined || claim.evidence === undefined ? '–' : link(evidence, links(folder, claim.evidence));
}

function link(text: string, address: string): string {
  return `[${escapeMarkdown(text)}](<${encodeURI(address)}>)`;
}
