import markdownIt, { type MarkdownIt, type Token } from 'markdown-it';
import type { ResolvedPiece } from '../prose/resolve.ts';
import { blockMark } from '../prose/pieces.ts';
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
 * @param blockHtml - what stands in the place of a block, or of a problem in place of one.
 */
export function proseHtml(pieces: readonly ResolvedPiece[], blockHtml: (piece: ResolvedPiece) => string): ProseHtml {
  const headings: Heading[] = [];
  const markdown = pieces.map(pieceMarkdown).join('');
  const html = renderer(headings, pieces).render(markdown);
  const mark = new RegExp(`<p>${blockMark.open}(\\d+)${blockMark.close}</p>`, 'g');
  return {
    html: html.replaceAll('<strong>⚠ ', '<strong class="wrong">⚠ ').replace(mark, (_text, index: string) => {
      const piece = pieces[Number(index)];
      return piece === undefined ? '' : blockHtml(piece);
    }),
    headings,
  };
}

function pieceMarkdown(piece: ResolvedPiece, index: number): string {
  const block = `\n\n${blockMark.open}${index}${blockMark.close}\n\n`;
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
    case 'block':
      return block;
    case 'problem':
      if (piece.within === 'page') return block;
      return `**⚠ ${escapeMarkdown(piece.problem.place)}: ${escapeMarkdown(piece.problem.message)}**`;
  }
}

function renderer(headings: Heading[], pieces: readonly ResolvedPiece[]): MarkdownIt {
  const md = markdownIt({ html: false, linkify: false, typographer: false });
  md.disable('image');
  md.core.ruler.push('headings', ({ tokens }) => {
    for (const [i, token] of tokens.entries()) {
      if (token.type === 'heading_open') nameHeading(token, tokens[i + 1], headings);
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

function nameHeading(token: Token, inline: Token | undefined, headings: Heading[]): void {
  const text = (inline?.children ?? []).map(({ content }) => content).join('');
  const words = text
    .toLowerCase()
    .normalize('NFKD')
    .match(/[a-z0-9]+/g);
  const base = `sec-${(words ?? ['part']).join('-')}`;
  const taken = new Set(headings.map((heading) => heading.id));
  let id = base;
  for (let copy = 2; taken.has(id); copy++) id = `${base}-${copy}`;
  headings.push({ id, text, level: Math.max(2, Number(token.tag.slice(1))) });
  token.attrSet('id', id);
}
