import markdownIt, { type MarkdownIt, type Token } from 'markdown-it';
import footnote from 'markdown-it-footnote';
import type { ResolvedPiece } from '../prose/resolve.ts';
import { blockMark, inlineMark, marks } from '../prose/pieces.ts';
import { freeName, sectionId } from '../prose/sections.ts';
import { escapeHtml } from './escape.ts';
import { escapeMarkdown } from '../prose/escape-markdown.ts';

/** A heading of the page, for its contents; the claims have one of their own. */
export interface Heading {
  readonly id: string;
  readonly text: string;
  readonly level: number;
}

/** Prose as HTML, and its headings. */
export interface ProseHtml {
  readonly html: string;
  readonly headings: readonly Heading[];
}

/**
 * Renders prose. HTML in it is shown, not obeyed; addresses that could run something are no links.
 *
 * @param blockHtml - what stands in the place of a figure, a table or the claims, or of a problem in place of something.
 */
export function proseHtml(pieces: readonly ResolvedPiece[], blockHtml: (piece: ResolvedPiece) => string): ProseHtml {
  const headings: Heading[] = [];
  const markdown = pieces.map(pieceMarkdown).join('');
  const html = renderer(headings, pieces).render(markdown);
  const mark = new RegExp(`<p>${blockMark.open}(\\d+)${blockMark.close}</p>`, 'g');
  return {
    html: html
      .replaceAll('<strong>⚠ ', '<strong class="wrong">⚠ ')
      .replace(mark, (_text, index: string) => {
        const piece = pieces[Number(index)];
        return piece === undefined ? '' : standingHtml(piece, blockHtml);
      })
      .replace(marks, ''),
    headings,
  };
}

function standingHtml(piece: ResolvedPiece, blockHtml: (piece: ResolvedPiece) => string): string {
  if (piece.kind === 'math') return equationHtml(piece);
  if (piece.kind !== 'note') return blockHtml(piece);
  if (piece.edge === 'close') return '</div>';
  const name = piece.name === 'note' ? 'Note' : 'Warning';
  return `<div class="note ${piece.name}" role="note"><p class="note-name">${name}</p>`;
}

/** A formula by itself, which scrolls where it is wider than the page. */
function equationHtml({ html, id, number }: Extract<ResolvedPiece, { kind: 'math' }>): string {
  const name = number === undefined ? 'Formula' : `Equation ${number}`;
  const anchor = id === undefined ? '' : ` id="${escapeHtml(id)}"`;
  return `<div class="equation"${anchor} role="group" aria-label="${name}" tabindex="0">${html}</div>`;
}

function pieceMarkdown(piece: ResolvedPiece, index: number): string {
  const block = `\n\n${blockMark.open}${index}${blockMark.close}\n\n`;
  const inline = `${inlineMark.open}${index}${inlineMark.close}`;
  switch (piece.kind) {
    case 'text':
    case 'code':
      return piece.text;
    case 'value':
      return escapeMarkdown(piece.text);
    case 'reference':
      return `[${piece.text}](#${piece.id})`;
    case 'citation':
      return `\\[${piece.works.map(({ key, number }) => `[${number}](<#ref-${key}>)`).join(', ')}\\]`;
    case 'heading':
      return piece.text + inline;
    case 'math':
      return piece.display ? block : inline;
    case 'block':
    case 'note':
      return block;
    case 'problem':
      if (piece.within === 'page') return block;
      return `**⚠ ${escapeMarkdown(piece.problem.place)}: ${escapeMarkdown(piece.problem.message)}**`;
  }
}

function renderer(headings: Heading[], pieces: readonly ResolvedPiece[]): MarkdownIt {
  const md = markdownIt({ html: false, linkify: false, typographer: false });
  md.disable('image');
  md.use(footnote);
  md.core.ruler.push('headings', ({ tokens }) => {
    for (const [i, token] of tokens.entries()) {
      if (token.type === 'heading_open') nameHeading(token, tokens[i + 1], { headings, pieces });
      setFormulas(token, pieces);
      if (isClaims(token, pieces)) headings.push({ id: 'claims', text: 'Claims', level: 2 });
      // The title of the page is the one heading of the first level.
      if (/^heading_/.test(token.type) && token.tag === 'h1') token.tag = 'h2';
    }
  });
  md.renderer.rules['table_open'] = () => '<div class="scroll" role="region" aria-label="Table" tabindex="0"><table>\n';
  md.renderer.rules['table_close'] = () => '</table></div>\n';
  md.renderer.rules['link_open'] = (tokens, index, options, _env, self) => {
    const token = tokens[index];
    if (token && !String(token.attrGet('href')).startsWith('#')) token.attrSet('rel', 'noopener noreferrer');
    return self.renderToken(tokens, index, options);
  };
  return md;
}

function isClaims({ type, content }: Token, pieces: readonly ResolvedPiece[]): boolean {
  if (type !== 'inline' || !content.startsWith(blockMark.open)) return false;
  const piece = pieces[Number(content.slice(1, -1))];
  return piece?.kind === 'block' && piece.name === 'claims';
}

/** Gives a heading its id and its number, and takes the mark away that says which one it is. */
function nameHeading(
  token: Token,
  inline: Token | undefined,
  { headings, pieces }: { readonly headings: Heading[]; readonly pieces: readonly ResolvedPiece[] },
): void {
  const [first] = inline?.children ?? [];
  const [, index] = inlineMarked.exec(first?.content ?? '') ?? [];
  const piece = index === undefined ? undefined : pieces[Number(index)];
  const section = piece?.kind === 'heading' ? piece : undefined;
  if (first && section)
    first.content = first.content.replace(inlineMarked, section.number && `${section.number}\u2002`);
  const text = (inline?.children ?? []).map(({ content }) => content).join('');
  const named = text.replace(new RegExp(inlineMarked, 'g'), (_all, at: string) => texOf(pieces[Number(at)]));
  const taken = new Set(headings.map((heading) => heading.id));
  const id = section?.id ?? freeName(sectionId(named), taken);
  headings.push({ id, text: named, level: Math.max(2, Number(token.tag.slice(1))) });
  token.attrSet('id', id);
}

const inlineMarked = new RegExp(`${inlineMark.open}(\\d+)${inlineMark.close}`);

function texOf(piece: ResolvedPiece | undefined): string {
  return piece?.kind === 'math' ? piece.tex : '';
}

/** Puts formulas where their marks stand in text; nowhere else could one stand. */
function setFormulas(token: Token, pieces: readonly ResolvedPiece[]): void {
  if (!token.children?.some(({ type, content }) => type === 'text' && inlineMarked.test(content))) return;
  token.children = token.children.flatMap((child) => {
    if (child.type !== 'text') return [child];
    return child.content.split(new RegExp(`(${inlineMark.open}\\d+${inlineMark.close})`)).map((part): Token => {
      const [, index] = inlineMarked.exec(part) ?? [];
      const piece = index === undefined ? undefined : pieces[Number(index)];
      const made = Object.assign(Object.create(Object.getPrototypeOf(child) as object) as Token, child);
      return piece?.kind === 'math'
        ? Object.assign(made, { type: 'html_inline', content: piece.html })
        : Object.assign(made, { content: part });
    });
  });
}
