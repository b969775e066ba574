import { measurementText, predictionText, verdictCounts, verdictSigns } from '../claims/claim-text.ts';
import { type DecidedClaim, isUnexpected } from '../claims/decide-claim.ts';
import { escapeHtml } from '../html/escape.ts';
import { hashSource } from '../html/plotly-bundle.ts';
import { pageScript } from '../html/script.ts';
import { pageStyle } from '../html/style.ts';
import { escapeMarkdown } from '../prose/escape-markdown.ts';
import type { Report } from '../report.ts';

/** A report, and the folder that it is in as seen from the index. */
export interface IndexedReport {
  /** Such as `dying-relu`. */
  readonly folder: string;
  readonly report: Report;
}

/** A file that should be a report and is none. */
export interface UnreadReport {
  readonly folder: string;
  readonly message: string;
}

/** An index in both forms. */
export interface IndexPages {
  readonly html: string;
  readonly markdown: string;
}

/** What a line of the ledger says. */
interface Entry {
  readonly claim: DecidedClaim;
  readonly report: Report;
  readonly link: (file: 'report.html' | 'report.md', id: string) => string;
  readonly evidence: string | undefined;
}

/**
 * A ledger of all claims of all reports: verdict, numbers, and a link to the evidence.
 *
 * @param unread - reports that could not be read; the pages name them. Default: none.
 */
export function renderIndex(reports: readonly IndexedReport[], unread: readonly UnreadReport[] = []): IndexPages {
  return { html: indexHtml(reports, unread), markdown: indexMarkdown(reports, unread) };
}

function entriesOf({ folder, report }: IndexedReport): readonly Entry[] {
  return report.claims.map((claim) => ({
    claim,
    report,
    link: (file, id) => `${encodeURI(folder)}/${file}#${id}`,
    evidence: evidenceName(claim, report),
  }));
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

function summary(reports: readonly IndexedReport[]): string {
  const claims = reports.flatMap(({ report }) => report.claims);
  const unexpected = claims.filter(isUnexpected).length;
  const note = unexpected > 0 ? `; ${unexpected} not as expected` : '';
  return `${claims.length} ${claims.length === 1 ? 'claim' : 'claims'} of ${reports.length} ${reports.length === 1 ? 'study' : 'studies'}: ${verdictCounts(claims)}${note}`;
}

function aboutReport({ profile, seed, provenance }: Report): string {
  const commit = provenance.git
    ? `, commit ${provenance.git.commit.slice(0, 8)}${provenance.git.dirty ? ' with changes' : ''}`
    : '';
  return `${profile} profile, seed ${seed}, ${provenance.date.slice(0, 10)}${commit}`;
}

function indexHtml(reports: readonly IndexedReport[], unread: readonly UnreadReport[]): string {
  const script = pageScript();
  const policy = `default-src 'none'; script-src ${hashSource(script)}; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'`;
  const rows = reports.flatMap(entriesOf).map(({ claim, report, link, evidence }) => {
    const warning = isUnexpected(claim)
      ? ` <span class="wrong">expected: ${escapeHtml(claim.expected ?? '')}</span>`
      : '';
    const condition = claim.condition === undefined ? '' : `<br>${escapeHtml(claim.condition)}`;
    const shown =
      evidence === undefined || claim.evidence === undefined
        ? '–'
        : `<a href="${escapeHtml(link('report.html', claim.evidence))}">${evidence}</a>`;
    return `<tr class="${claim.verdict}">
<td class="verdict"><span aria-hidden="true">${verdictSigns[claim.verdict]}</span> ${claim.verdict}${condition}${warning}</td>
<td><a href="${escapeHtml(link('report.html', `claim-${claim.id}`))}">${escapeHtml(claim.text)}</a></td>
<td>${escapeHtml(measurementText(claim))}</td>
<td>${escapeHtml(predictionText(claim))}</td>
<td>${shown}</td>
<td>${escapeHtml(report.study.title)}</td>
</tr>`;
  });
  const studies = reports.map(
    ({ folder, report }) =>
      `<li><a href="${escapeHtml(`${encodeURI(folder)}/report.html`)}">${escapeHtml(report.study.title)}</a>: ${escapeHtml(verdictCounts(report.claims))} (${escapeHtml(aboutReport(report))})${report.problems.length > 0 ? ` <span class="wrong">${report.problems.length} problems</span>` : ''}</li>`,
  );
  const broken = unread.map(
    ({ folder, message }) => `<div class="problem"><strong>${escapeHtml(folder)}</strong> ${escapeHtml(message)}</div>`,
  );
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${escapeHtml(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="generator" content="ReLU Lab">
<title>Studies and claims</title>
<style>
${pageStyle}
body { display: block; } main { max-width: none; } .ledger .verdict { color: var(--tone); font-weight: 600; }
.ledger .supported { --tone: var(--supported); } .ledger .only-if { --tone: var(--only-if); } .ledger .inconclusive { --tone: var(--inconclusive); } .ledger .refuted { --tone: var(--refuted); }
.ledger td { min-width: 7rem; } .ledger td:nth-child(2) { min-width: 16rem; }
</style>
</head>
<body>
<a class="skip" href="#main">To the content</a>
<header class="top">
<button type="button" id="theme" hidden>Dark</button>
<h1>Studies and claims</h1>
<p class="summary">${escapeHtml(summary(reports))}</p>
</header>
<main id="main">
${broken.join('\n')}
<section aria-labelledby="studies-title">
<h2 id="studies-title">Studies</h2>
<ul>
${studies.join('\n')}
</ul>
</section>
<section class="ledger" aria-labelledby="ledger-title">
<h2 id="ledger-title">Ledger</h2>
<div class="scroll" role="region" aria-label="Ledger of claims" tabindex="0"><table class="sortable">
<thead><tr><th scope="col">Verdict</th><th scope="col">Claim</th><th scope="col">Measured</th><th scope="col">Predicted</th><th scope="col">Evidence</th><th scope="col">Study</th></tr></thead>
<tbody>
${rows.join('\n')}
</tbody>
</table></div>
</section>
</main>
<footer>Made with ReLU Lab. It loads nothing and sends nothing.</footer>
<script>${script}</script>
</body>
</html>
`;
}

function indexMarkdown(reports: readonly IndexedReport[], unread: readonly UnreadReport[]): string {
  const rows = reports.flatMap(entriesOf).map(({ claim, report, link, evidence }) => {
    const condition = claim.condition === undefined ? '' : ` ${escapeMarkdown(claim.condition)}`;
    const warning = isUnexpected(claim) ? ` (expected: ${claim.expected ?? ''})` : '';
    const shown =
      evidence === undefined || claim.evidence === undefined
        ? '–'
        : `[${evidence}](<${link('report.md', claim.evidence)}>)`;
    const cells = [
      `**${verdictSigns[claim.verdict]} ${claim.verdict}**${condition}${warning}`,
      escapeMarkdown(claim.text),
      escapeMarkdown(measurementText(claim)),
      escapeMarkdown(predictionText(claim)),
      shown,
      escapeMarkdown(report.study.title),
    ];
    return `| ${cells.join(' | ')} |`;
  });
  const studies = reports.map(
    ({ folder, report }) =>
      `- [${escapeMarkdown(report.study.title)}](<${encodeURI(folder)}/report.md>): ${escapeMarkdown(`${verdictCounts(report.claims)} (${aboutReport(report)})`)}`,
  );
  const broken = unread.map(({ folder, message }) => `**⚠ ${escapeMarkdown(folder)}: ${escapeMarkdown(message)}**`);
  return `${[
    '# Studies and claims',
    escapeMarkdown(summary(reports)),
    ...broken,
    '## Studies',
    studies.join('\n'),
    '## Ledger',
    [
      '| Verdict | Claim | Measured | Predicted | Evidence | Study |',
      '| --- | --- | --- | --- | --- | --- |',
      ...rows,
    ].join('\n'),
  ].join('\n\n')}\n`;
}
