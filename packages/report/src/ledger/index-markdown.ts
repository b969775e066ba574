import { allClaims } from '../claims/all-claims.ts';
import { measurementText, predictionText, verdictCounts, verdictSigns } from '../claims/claim-text.ts';
import { type DecidedClaim, isUnexpected } from '../claims/decide-claim.ts';
import { escapeHtml } from '../html/escape.ts';
import { escapeMarkdown } from '../prose/escape-markdown.ts';
import { type IndexContent, aboutReport, claimSummary, paperSigns, readText, sentenceSigns } from './index-text.ts';
import { type Entry, type Ledger, type NamedClaim, entriesOf, supportText, sentenceCounts } from './ledger.ts';
import { paperRule } from './paper-verdict.ts';
import { sentenceRule } from './sentence-verdict.ts';

/** Where the study of a folder is found, and what in it; undefined for what is not there. */
export type MarkdownLinks = (folder: string, id?: string) => string | undefined;

/** To the reports beside the index. */
export const toReports: MarkdownLinks = (folder, id) => `${folder}/report.md${id === undefined ? '' : `#${id}`}`;

/** To the studies beside the ledger, for one that is kept without the reports: they have the prose, and no figures. */
export const toStudies: MarkdownLinks = (folder, id) => (id?.match(/^(fig|tbl)-/) ? undefined : `${folder}/study.md`);

/** A ledger that is kept: how it is made again, and its picture. */
export interface KeptFrame {
  /** The commands that make it again, from the root of the project. */
  readonly commands: readonly string[];
  /** Where the reports then are. */
  readonly folder: string;
  /** The pictures as seen from the file. */
  readonly picture?: { readonly light: string; readonly dark: string; readonly alt: string };
}

/** A ledger to keep under version control, with links to the studies. A formatter leaves it as it is: its tables would be rewritten. */
export function keptMarkdown(content: IndexContent, { commands, folder, picture }: KeptFrame): string {
  const [title = '', ...rest] = indexMarkdown(content, toStudies).trimEnd().split('\n\n');
  const code = commands.map((command) => `\`${command}\``).join(', then ');
  return `${[
    '<!-- prettier-ignore-start -->',
    title,
    `This file is made by commands, not by hand: ${code}. The pages with all figures are then in \`${folder}\`. Links lead to the sources of the studies, in which numbers are look-ups: \`{{…}}\`.`,
    ...(picture ? [pictureMarkdown(picture)] : []),
    ...rest,
    '<!-- prettier-ignore-end -->',
  ].join('\n\n')}\n`;
}

function pictureMarkdown({ light, dark, alt }: NonNullable<KeptFrame['picture']>): string {
  const source = `<source media="(prefers-color-scheme: dark)" srcset="${encodeURI(dark)}">`;
  return `<picture>${source}<img alt="${escapeHtml(alt)}" src="${encodeURI(light)}"></picture>`;
}

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
      ...sentences.flatMap(({ text, verdict, claims, precise }) => [
        `**${[`${sentenceSigns[verdict]} ${verdict}`, supportText({ claims })].filter(Boolean).join(': ')}** · ${escapeMarkdown(text)}`,
        ...(precise === undefined ? [] : [`*More precisely:* ${escapeMarkdown(precise)}`]),
        ...(claims.length > 0 ? [claims.map((claim) => namedClaim(claim, links)).join('\n')] : []),
      ]),
    ]),
  ];
}

function namedClaim({ reference, entry, against }: NamedClaim, links: MarkdownLinks): string {
  const opposite = against ? ' (the opposite)' : '';
  if (!entry) return `- ${sentenceSigns['not yet tested']} ${escapeMarkdown(reference)}${opposite}: not yet tested`;
  const { claim, report } = entry;
  const predicted = claim.prediction === null ? '' : `; predicted ${escapeMarkdown(predictionText(claim))}`;
  const evidence = evidenceLink(entry, links);
  const where = [...(evidence === '–' ? [] : [evidence]), escapeMarkdown(report.study.title), report.profile];
  return `- ${verdictText(claim)}: ${claimLink(entry, links)}${opposite}<br>measured ${escapeMarkdown(measurementText(claim))}${predicted} (${where.join(', ')})`;
}

function papers({ papers }: Ledger, links: MarkdownLinks): readonly string[] {
  if (papers.length === 0) return [];
  const rows = papers.map(({ citation, says, checked, verdict, claims }) => [
    escapeMarkdown(citation),
    `${escapeMarkdown(says)} (${escapeMarkdown(readText(checked))})`,
    claims
      .map(({ reference, entry }) =>
        entry
          ? `${escapeMarkdown(measurementText(entry.claim))}: ${claimLink(entry, links)} (${entry.report.profile})`
          : `${escapeMarkdown(reference)}, not yet tested`,
      )
      .join('<br>') || '–',
    `**${paperSigns[verdict]} ${verdict}**`,
  ]);
  return ['## Results of papers', escapeMarkdown(paperRule), table(['Paper', 'It says', 'Here', 'Agrees'], rows)];
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
      `${escapeMarkdown(entry.report.study.title)} (${entry.report.profile})`,
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

function link(text: string, address: string | undefined): string {
  if (address === undefined) return escapeMarkdown(text);
  return `[${escapeMarkdown(text)}](<${encodeURI(address)}>)`;
}
