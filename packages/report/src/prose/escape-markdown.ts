import { marks } from './pieces.ts';

/** The text as Markdown that shows just this text, on one line: nothing in it is markup, in a paragraph or in a cell. */
export function escapeMarkdown(text: string): string {
  return text
    .replace(/\s*[\r\n]\s*/g, ' ')
    .replace(marks, '')
    .replace(/[\\`*_{}[\]<>~|&$]/g, '\\$&')
    .replace(/^(\s*)([#+\-=!])/, '$1\\$2')
    .replace(/^(\s*\d+)([.)])(?=\s|$)/, '$1\\$2');
}

/**
 * Markdown without formulas, in which HTML is shown instead of obeyed: a `<` that would open a tag is escaped, addresses in `<…>`
 * stay. So is a `$`, which elsewhere may begin a formula.
 */
export function escapeTextInMarkdown(markdown: string): string {
  return markdown
    .replace(/<(?=[a-z/!?])(?!(?:https?|mailto):[^\s<>]*>)/gi, '\\<')
    .replace(/\\.|\$/gs, (found) => (found === '$' ? '\\$' : found));
}
