import { allClaims } from '../claims/all-claims.ts';
import { messageOf } from '../errors.ts';
import { formatNumber } from '../number-format.ts';
import { type PagePlan, planPage } from '../page-plan.ts';
import type { ResolvedPiece } from '../prose/resolve.ts';
import { referenceText } from '../references-text.ts';
import type { Problem, Report } from '../report.ts';
import { isWebAddress } from '../web-address.ts';
import { claimsHtml } from './claims.ts';
import type { Pictures } from '../static-figure/picture.ts';
import { escapeHtml } from './escape.ts';
import { framedPage, mainStart } from './frame.ts';
import { type PageLimits, figureHtml, problemHtml } from './figures.ts';
import { type Heading, proseHtml } from './prose.ts';
import { provenanceHtml } from './provenance.ts';
import { tableHtml } from './tables.ts';

/**
 * The page of a report: one file that needs nothing else and loads nothing. Whatever text is in the report is shown as
 * text; a Content-Security-Policy lets no script run but the page's own.
 *
 * @param pictures - of the figures, as {@link drawPictures} draws them. Default: none; figures stand there in words until
 *   they are drawn.
 * @returns the page. A figure of more than 200 000 points is drawn from fewer, its extremes among them, and where the page
 *   would be larger than 10 MB every figure is; a table shows its first 500 rows; the page says so. One that is larger all the same
 *   begins with a warning.
 */
export function renderHtml(report: Report, pictures: Pictures = new Map()): string {
  const page = renderPage(report, pictures, usualLimits);
  if (page.length <= largestPage) return page;
  const small = renderPage(report, pictures, tightLimits);
  return small.length <= largestPage ? small : withWarning(small);
}

function withWarning(page: string): string {
  const size = formatNumber(page.length / 1e6, 'integer');
  return page.replace(
    mainStart,
    () => `${mainStart}
<div class="note warning" role="note"><p class="note-name">Warning</p>
<p>This page holds ${size} MB, more than the 10 MB that open well everywhere. Figures with fewer points, or texts and tables in parts, make it smaller.</p></div>`,
  );
}

const usualLimits: PageLimits = { points: 200_000, rows: 50_000 };
const tightLimits: PageLimits = { points: 20_000, rows: 2_000 };

/** In characters, nearly all of them of one byte. */
const largestPage = 10_000_000;

function renderPage(report: Report, pictures: Pictures, limits: PageLimits): string {
  const plan = planPage(report);
  const shown = { report, plan, pictures, limits };
  const prose = proseHtml(plan.prose.pieces, (piece) => blockHtml(piece, shown));
  const { title, summary, authors } = report.study;
  const date = report.provenance.date.slice(0, 10);
  return framedPage({
    title,
    summary,
    byline: [...authors, `${report.profile} profile`, `seed ${report.seed}`, date],
    headings: headingsOf(report, plan, prose.headings),
    hasFigures: report.figures.length + report.provenance.clock.figures.length > 0,
    main: `${problemsHtml(report.problems)}
${plan.arrangement.claimsInProse ? '' : claimsHtml(allClaims(report), plan)}
<div class="prose">
${prose.html}</div>
${appendedHtml(shown)}
${worksHtml(plan)}
${sourceHtml(report)}
${provenanceHtml(report)}`,
  });
}

/** What a page is made from. */
interface Shown {
  readonly report: Report;
  readonly plan: PagePlan;
  readonly pictures: Pictures;
  readonly limits: PageLimits;
}

function blockHtml(piece: ResolvedPiece, shown: Shown): string {
  const { report, plan } = shown;
  if (piece.kind === 'problem') return problemHtml(piece.problem);
  if (piece.kind !== 'block') return '';
  return piece.name === 'claims' ? claimsHtml(allClaims(report), plan) : itemHtml(piece.id, shown);
}

function itemHtml(id: string, { report: { provenance }, plan, pictures, limits }: Shown): string {
  const clock = plan.isOfClock(id);
  const note = clock
    ? ` <span class="clock">Measured by the clock on this machine: ${escapeHtml(provenance.processor)}, ${provenance.workers} ${provenance.workers === 1 ? 'worker' : 'workers'}.</span>`
    : '';
  const figure = plan.figure(id);
  const table = plan.table(id);
  try {
    const csv = `data/${clock ? 'clock/' : ''}${id}.csv`;
    if (figure) return figureHtml(figure, pictures.get(id), { note, csv, limits });
    return table ? tableHtml(table, note, csv) : '';
  } catch (error) {
    return problemHtml({ place: id, message: messageOf(error) });
  }
}

function appendedHtml(shown: Shown): string {
  const { plan } = shown;
  const items = [
    ...plan.failedApart.map(problemHtml),
    ...plan.arrangement.appended.map(({ id }) => itemHtml(id, shown)),
  ];
  if (items.length === 0) return '';
  return `<section id="more" aria-labelledby="more-title">
<h2 id="more-title">${plan.restTitle}</h2>
${items.join('\n')}
</section>`;
}

function headingsOf(report: Report, plan: PagePlan, prose: readonly Heading[]): readonly Heading[] {
  const heading = (there: boolean, id: string, text: string): Heading[] => (there ? [{ id, text, level: 2 }] : []);
  const { appended, claimsInProse } = plan.arrangement;
  return [
    ...heading(report.problems.length > 0, 'problems', 'Problems'),
    ...heading(allClaims(report).length > 0 && !claimsInProse, 'claims', 'Claims'),
    ...prose.filter(({ level }) => level <= 3),
    ...heading(appended.length + plan.failedApart.length > 0, 'more', plan.restTitle),
    ...heading(plan.works.length > 0, 'references', 'References'),
    ...heading(report.source !== undefined, 'source', 'Source'),
    ...heading(true, 'provenance', 'Provenance'),
  ];
}

/** The code of the study and what it imports, each file folded away. */
function sourceHtml({ source }: Report): string {
  if (source === undefined) return '';
  const files = [source, ...(source.imports ?? [])].map(({ file, code }, i) => {
    const name = escapeHtml(file);
    return `<details class="source"><summary>${i === 0 ? 'The study: ' : ''}${name}</summary>
<pre tabindex="0" aria-label="${name}"><code>${escapeHtml(code)}</code></pre>
</details>`;
  });
  return `<section id="source" aria-labelledby="source-title">
<h2 id="source-title">Source</h2>
${files.join('\n')}
</section>`;
}

function problemsHtml(problems: readonly Problem[]): string {
  if (problems.length === 0) return '';
  const items = problems.map(
    ({ place, message }) => `<li><strong>${escapeHtml(place)}</strong> ${escapeHtml(message)}</li>`,
  );
  return `<section class="problem" id="problems" aria-labelledby="problems-title">
<h2 id="problems-title">This report has ${problems.length === 1 ? 'a problem' : `${problems.length} problems`}</h2>
<ul>${items.join('\n')}</ul>
</section>`;
}

function worksHtml({ works }: PagePlan): string {
  if (works.length === 0) return '';
  const items = works.map(({ key, work }) => {
    const url = isWebAddress(work.url)
      ? ` <a href="${escapeHtml(work.url)}" rel="noopener noreferrer">${escapeHtml(work.url)}</a>`
      : '';
    return `<li id="ref-${escapeHtml(key)}">${escapeHtml(referenceText(work))}${url}</li>`;
  });
  return `<section id="references" aria-labelledby="references-title">
<h2 id="references-title">References</h2>
<ol>
${items.join('\n')}
</ol>
</section>`;
}
