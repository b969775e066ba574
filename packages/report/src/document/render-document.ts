import { messageOf } from '../errors.ts';
import { checkPlot } from '../figures/trace.ts';
import type { Layout, Trace } from '../figures/trace.ts';
import { escapeHtml } from '../html/escape.ts';
import { type PageLimits, figureHtml, problemHtml } from '../html/figures.ts';
import { framedPage } from '../html/frame.ts';
import { proseHtml } from '../html/prose.ts';
import { tableHtml } from '../html/tables.ts';
import { texHtml } from '../prose/maths.ts';
import { formulaPieces } from '../prose/pieces.ts';
import type { ResolvedPiece } from '../prose/resolve.ts';
import type { Problem, ReportFigure, ReportTable } from '../report.ts';
import { type Pictures, drawEach } from '../static-figure/picture.ts';
import { documentStyle } from './document-style.ts';

/** A part of a document. */
export type DocumentBlock =
  /** Prose with formulas between dollars. HTML in it is shown, not obeyed. */
  | { readonly kind: 'markdown'; readonly text: string }
  /** Code, and what it is called, such as `In [1]`. Long code is folded away. */
  | { readonly kind: 'code'; readonly text: string; readonly label: string }
  /** What was printed, or went wrong. */
  | { readonly kind: 'text'; readonly text: string; readonly tone: 'plain' | 'warning' | 'error' }
  /** A live figure. */
  | {
      readonly kind: 'figure';
      readonly data: readonly Trace[];
      readonly layout: Layout;
      readonly caption: string;
      readonly alt: string;
    }
  | ({ readonly kind: 'table' } & Pick<ReportTable, 'columns' | 'rows' | 'caption'>)
  /** A picture as a `data:` address. */
  | { readonly kind: 'picture'; readonly source: string; readonly alt: string };

/** What a page is made of that is no study's report. */
export interface Document {
  readonly title: string;
  readonly summary?: string;
  /** The line under the title, part by part. Default: nothing. */
  readonly byline?: readonly string[];
  readonly blocks: readonly DocumentBlock[];
}

const limits: PageLimits = { points: 200_000, rows: 0 };

/**
 * A document as one page like those of reports: it opens from a file, loads nothing, and has live figures with a picture in the
 * place of each until then, formulas, a table of contents, light and dark colours, and a print form. Whatever text is in it is shown as text, and
 * no script runs but the page's own.
 *
 * @returns the page, and what could not be shown: a figure that cannot be drawn and TeX that cannot be read are marked in their place.
 */
export async function renderDocument(document: Document): Promise<{
  readonly html: string;
  readonly problems: readonly Problem[];
}> {
  const problems: Problem[] = [];
  const parts = numbered(document.blocks);
  const figures = parts.flatMap((part) => (part.kind === 'figure' ? drawable(part, problems) : []));
  const drawn = await drawEach(figures);
  problems.push(...drawn.problems);
  const pieces: ResolvedPiece[] = [];
  const blocks = new Map<string, string>();
  for (const [index, part] of parts.entries()) {
    if (part.kind === 'markdown') pieces.push(...proseOf(part.text, problems));
    else {
      // Whatever is no prose stands in it as a block with a name of its own.
      blocks.set(`part-${index}`, blockHtml(part, drawn.pictures, problems));
      pieces.push({ kind: 'block', name: 'figure', id: `part-${index}` });
    }
  }
  const prose = proseHtml(pieces, (piece) => (piece.kind === 'block' ? (blocks.get(piece.id) ?? '') : ''));
  const html = framedPage({
    title: document.title,
    summary: document.summary,
    byline: document.byline ?? [],
    headings: prose.headings.filter(({ level }) => level <= 3),
    style: documentStyle,
    hasFigures: figures.length > 0,
    main: `<div class="prose document">\n${prose.html}</div>`,
  });
  return { html, problems };
}

type Part = Exclude<DocumentBlock, { kind: 'figure' | 'table' }> | FigurePart | TablePart;
type FigurePart = { readonly kind: 'figure' } & ReportFigure;
type TablePart = { readonly kind: 'table' } & ReportTable;

/** Figures and tables are counted. */
function numbered(blocks: readonly DocumentBlock[]): readonly Part[] {
  let figures = 0;
  let tables = 0;
  return blocks.map((block): Part => {
    if (block.kind === 'figure') {
      const { data: traces, layout, caption, alt } = block;
      const number = ++figures;
      return { kind: 'figure', id: `fig-${number}`, number, caption, alt, traces, layout, rows: [] };
    }
    if (block.kind !== 'table') return block;
    const number = ++tables;
    return { ...block, id: `tbl-${number}`, number };
  });
}

function drawable(part: FigurePart, problems: Problem[]): readonly FigurePart[] {
  try {
    checkPlot(part.traces, part.layout);
    return [part];
  } catch (error) {
    problems.push({ place: part.id, message: messageOf(error) });
    return [];
  }
}

function proseOf(text: string, problems: Problem[]): readonly ResolvedPiece[] {
  // A blank line, so that no paragraph runs into the next cell's.
  return formulaPieces(`${text}\n`).map((piece): ResolvedPiece => {
    if (piece.kind !== 'math') return piece;
    const { tex, display } = piece;
    try {
      return { kind: 'math', tex, display, html: texHtml(tex, display) };
    } catch (error) {
      const problem = { place: `$${tex}$`, message: messageOf(error) };
      problems.push(problem);
      return { kind: 'problem', problem, within: 'line' };
    }
  });
}

function blockHtml(
  part: Exclude<Part, { kind: 'markdown' }>,
  pictures: Pictures,
  problems: readonly Problem[],
): string {
  switch (part.kind) {
    case 'code':
      return codeHtml(part.text, part.label);
    case 'text':
      return `<pre class="said ${part.tone}" tabindex="0">${escapeHtml(part.text)}</pre>`;
    case 'picture':
      return `<p class="picture"><img src="${escapeHtml(part.source)}" alt="${escapeHtml(part.alt)}"></p>`;
    case 'table':
      return tableHtml(part, '', null);
    case 'figure': {
      const problem = problems.find(({ place }) => place === part.id);
      if (problem && !pictures.has(part.id)) return problemHtml(problem);
      return figureHtml(part, pictures.get(part.id), { note: '', csv: null, limits });
    }
  }
}

/** From this many lines on, code is folded away. */
const longCode = 25;

function codeHtml(code: string, label: string): string {
  const lines = code.split('\n').length;
  const length = lines >= longCode ? ` <span class="lines">${lines} lines</span>` : '';
  return `<details class="code"${lines < longCode ? ' open' : ''}><summary>${escapeHtml(label)}${length}</summary>
<pre tabindex="0" aria-label="${escapeHtml(label)}"><code>${escapeHtml(code)}</code></pre></details>`;
}
