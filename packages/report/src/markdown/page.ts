import { allClaims } from '../claims/all-claims.ts';
import { measurementText, predictionText, verdictSigns } from '../claims/claim-text.ts';
import { type DecidedClaim, isUnexpected } from '../claims/decide-claim.ts';
import { type PagePlan, planPage } from '../page-plan.ts';
import { escapeTextInMarkdown, escapeMarkdown } from '../prose/escape-markdown.ts';
import { blockMark } from '../prose/pieces.ts';
import type { ResolvedPiece } from '../prose/resolve.ts';
import { provenanceEntries } from '../provenance-text.ts';
import { referenceText } from '../references-text.ts';
import { type Picture, type Pictures, pictureFile } from '../static-figure/picture.ts';
import type { Problem, Report, ReportFigure, ReportTable } from '../report.ts';
import { columnsOf, tableRowsShown } from '../tables/table.ts';
import { isWebAddress } from '../web-address.ts';
import { grid, markdownTable } from './table.ts';

/** Rows of a figure's numbers that stand in the text; the CSV file has all. */
const dataRowsShown = 12;

/**
 * The report as Markdown: claims as a table, figures with their first numbers. For GitHub, editors, pandoc and diffs.
 *
 * @param pictures - of the figures; the text names their files (see `pictureFile`). Default: none; figures stand there in
 *   words.
 */
export function renderMarkdown(report: Report, pictures: Pictures = new Map()): string {
  const plan = planPage(report);
  const { title, summary, authors } = report.study;
  const item = (id: string): string => itemMarkdown(id, report, plan, pictures);
  const parts = [
    `# ${escapeMarkdown(title)}`,
    summary === undefined ? '' : escapeMarkdown(summary),
    [...authors, `${report.profile} profile`, `seed ${report.seed}`].map(escapeMarkdown).join(' · '),
    ...(report.problems.length > 0
      ? ['## Problems', report.problems.map((problem) => `- ${problemMarkdown(problem)}`).join('\n')]
      : []),
    plan.arrangement.claimsInProse ? '' : claimsMarkdown(allClaims(report), plan),
    quoteNotes(plan.prose.pieces.map((piece) => pieceMarkdown(piece, report, plan, item)).join('')),
    ...(plan.arrangement.appended.length + plan.failedApart.length > 0
      ? [
          `## ${plan.restTitle}`,
          ...plan.failedApart.map(problemMarkdown),
          ...plan.arrangement.appended.map(({ id }) => item(id)),
        ]
      : []),
    ...(plan.works.length > 0 ? ['## References', worksMarkdown(plan)] : []),
    '## Provenance',
    provenanceMarkdown(report),
  ];
  const text = parts.filter((part) => part.trim() !== '').map((part) => part.trim());
  return `${text.join('\n\n').replace(/\n{3,}/g, '\n\n')}\n`;
}

function pieceMarkdown(piece: ResolvedPiece, report: Report, plan: PagePlan, item: (id: string) => string): string {
  switch (piece.kind) {
    case 'text':
      return escapeTextInMarkdown(piece.text);
    case 'code':
      return piece.text;
    case 'value':
      return escapeMarkdown(piece.text);
    case 'reference':
      return `[${piece.text}](#${piece.id})`;
    case 'citation':
      return `\\[${piece.works.map(({ key, number }) => `[${number}](<#ref-${key}>)`).join(', ')}\\]`;
    case 'heading':
      return `${piece.text}${plan.referred.has(piece.id) ? `<a id="${piece.id}"></a>` : ''}${piece.number && `${piece.number} `}`;
    case 'math':
      return mathMarkdown(piece);
    case 'note':
      return piece.edge === 'open' ? `\n\n${noteMark.open}${piece.name.toUpperCase()}\n` : `${noteMark.close}\n\n`;
    case 'block':
      return `\n\n${piece.name === 'claims' ? claimsMarkdown(allClaims(report), plan) : item(piece.id)}\n\n`;
    case 'problem':
      return piece.within === 'page' ? `\n\n${problemMarkdown(piece.problem)}\n\n` : problemMarkdown(piece.problem);
  }
}

/** TeX as it is written, in which nothing can be taken for a tag. Its number stands behind it, for pandoc drops a \tag. */
function mathMarkdown({ tex, display, id, number }: Extract<ResolvedPiece, { kind: 'math' }>): string {
  const plain = tex.replace(/<(?=[a-z/!?])/gi, '\\lt ') + (number === undefined ? '' : ` \\qquad (${number})`);
  if (!display) return `$${plain}$`;
  return `\n\n${id === undefined ? '' : `<a id="${id}"></a>\n\n`}$$\n${plain}\n$$\n\n`;
}

/** Notes as GitHub has them: a quotation that begins with what it is. */
function quoteNotes(markdown: string): string {
  return markdown.replace(
    new RegExp(`${noteMark.open}(\\w+)\\n([^${noteMark.close}]*)${noteMark.close}`, 'g'),
    (_all, name: string, text: string) =>
      [`[!${name}]`, ...text.trim().split('\n')].map((line) => `> ${line}`.trimEnd()).join('\n'),
  );
}

const noteMark = blockMark;

function problemMarkdown({ place, message }: Problem): string {
  return `**⚠ ${escapeMarkdown(place)}: ${escapeMarkdown(message)}**`;
}

function claimsMarkdown(claims: readonly DecidedClaim[], plan: PagePlan): string {
  if (claims.length === 0) return '';
  const evidence = ({ evidence: id }: DecidedClaim): string => {
    const number = id === undefined ? undefined : plan.arrangement.numbers.get(id);
    return id === undefined || number === undefined
      ? ''
      : `[${id.startsWith('fig-') ? 'Figure' : 'Table'} ${number}](#${id})`;
  };
  const verdict = (claim: DecidedClaim): string => {
    const word = `**${verdictSigns[claim.verdict]} ${claim.verdict}**`;
    const condition = claim.condition === undefined ? '' : ` ${escapeMarkdown(claim.condition)}`;
    return word + condition + (isUnexpected(claim) ? ` (expected: ${claim.expected ?? ''})` : '');
  };
  const rows = claims.map((claim, i) => [
    `${plan.referred.has(`claim-${claim.id}`) ? `<a id="claim-${claim.id}"></a>` : ''}${i + 1}. ${escapeMarkdown(claim.text)}`,
    verdict(claim),
    escapeMarkdown(measurementText(claim)),
    escapeMarkdown(predictionText(claim)),
    escapeMarkdown(`${claim.rule}: ${claim.reason}`),
    evidence(claim),
  ]);
  return ['## Claims', grid(['Claim', 'Verdict', 'Measured', 'Predicted', 'Rule', 'Evidence'], rows)].join('\n\n');
}

function itemMarkdown(id: string, { provenance }: Report, plan: PagePlan, pictures: Pictures): string {
  const clock = plan.isOfClock(id);
  const note = clock ? ` _Measured by the clock on this machine: ${escapeMarkdown(provenance.processor)}._` : '';
  const csv = `data/${clock ? 'clock/' : ''}${id}.csv`;
  const figure = plan.figure(id);
  if (figure) return figureMarkdown(figure, pictures.get(id), note, csv);
  const table = plan.table(id);
  return table ? tableMarkdown(table, note, csv) : '';
}

function figureMarkdown(
  { id, number, caption, alt, rows }: ReportFigure,
  picture: Picture | undefined,
  note: string,
  csv: string,
): string {
  const shown = rows.slice(0, dataRowsShown);
  const more =
    rows.length > shown.length ? `The first ${shown.length} of ${rows.length} rows; all of them` : 'All digits';
  return [
    ...(picture ? [`<a id="${id}"></a>${pictureMarkdown(id, alt)}`] : []),
    `${picture ? '' : `<a id="${id}"></a>`}**Figure ${number}.** ${escapeMarkdown([caption, picture?.note ?? ''].join(' ').trim())}${note}`,
    ...(picture ? [] : [`> ${escapeMarkdown(alt)}`]),
    markdownTable(columnsOf(rows), shown),
    `${more}: [${csv}](${csv})`,
  ].join('\n\n');
}

/** Light or dark as the page that shows it; where the tags mean nothing, the light one. */
function pictureMarkdown(id: string, alt: string): string {
  const dark = `<source media="(prefers-color-scheme: dark)" srcset="${pictureFile(id, 'dark')}">`;
  return `<picture>${dark}![${escapeMarkdown(alt)}](${pictureFile(id, 'light')})</picture>`;
}

function tableMarkdown({ id, number, caption, columns, rows }: ReportTable, note: string, csv: string): string {
  return [
    `<a id="${id}"></a>**Table ${number}.** ${escapeMarkdown(caption)}${note}`,
    markdownTable(columns, rows.slice(0, tableRowsShown)),
    ...(rows.length > tableRowsShown
      ? [`The first ${tableRowsShown} of ${rows.length} rows; all of them: [${csv}](${csv})`]
      : []),
  ].join('\n\n');
}

function worksMarkdown({ works }: PagePlan): string {
  return works
    .map(({ key, number, work }) => {
      const url = isWebAddress(work.url) ? ` <${work.url.replace(/[<>\s]/g, encodeURIComponent)}>` : '';
      return `${number}. <a id="ref-${key.replace(/[^\w:.-]/g, '')}"></a>${escapeMarkdown(referenceText(work))}${url}`;
    })
    .join('\n');
}

function provenanceMarkdown(report: Report): string {
  const rows = provenanceEntries(report).map(({ term, value, code, file }) => [
    escapeMarkdown(term),
    file ? `[${value}](${value})` : code ? codeSpan(value) : escapeMarkdown(value),
  ]);
  return grid(['', ''], rows);
}

/** A code span in a cell: between more backticks than there are in it, with the bars escaped. */
function codeSpan(text: string): string {
  const longest = Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length));
  const marks = '`'.repeat(longest + 1);
  const space = /^`|`$/.test(text) ? ' ' : '';
  return `${marks}${space}${text.replaceAll('\n', ' ').replaceAll('|', '\\|')}${space}${marks}`;
}
