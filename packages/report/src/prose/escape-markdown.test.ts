import fc from 'fast-check';
import markdownIt from 'markdown-it';
import { describe, expect, it } from 'vitest';
import { escapeTextInMarkdown, escapeMarkdown } from './escape-markdown.ts';

// With HTML allowed, as where report.md is read: what slipped through would show up as tags.
const md = markdownIt({ html: true });

/** The text that a reader sees, and how many elements there are besides the paragraph. */
function seen(html: string): { text: string; tags: number } {
  const inside = html.replace(/^<p>/, '').replace(/<\/p>\n$/, '');
  const text = inside
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&');
  return { text, tags: (inside.match(/<[a-z/!]/gi) ?? []).length };
}

const markup = fc.stringMatching(/^[a-z0-9*_`[\]()<>!#+\-=|~&$.\\"':/ \n]{0,40}$/);

describe('escapeMarkdown', () => {
  it('shows just the text, whatever it is', () => {
    fc.assert(
      fc.property(markup, (text) => {
        const line = text.replace(/\s*[\r\n]\s*/g, ' ').trim();
        expect(seen(md.render(escapeMarkdown(text)))).toEqual({ text: line, tags: 0 });
      }),
      { numRuns: 1000 },
    );
  });

  it.each([
    '# x',
    '- x',
    '+ x',
    '1. x',
    '12) x',
    '=== x',
    '---',
    '> x',
    '[a](b)',
    '![a](b)',
    '<b>',
    '&lt;',
    '~~~',
    '| a |',
    '**b**',
    '\\*',
  ])('does not let %j become markup', (text) => {
    expect(seen(md.render(escapeMarkdown(text)))).toEqual({ text, tags: 0 });
  });

  it('keeps a cell of a table one cell', () => {
    const html = md.render(`| a |\n| --- |\n| ${escapeMarkdown('x | y\n| z')} |`);
    expect(html.match(/<td>/g)).toHaveLength(1);
    expect(html).toContain('x | y | z');
  });
});

describe('escapeTextInMarkdown', () => {
  it('shows tags and comments, and leaves addresses and comparisons alone', () => {
    const source = '<script>x</script> <!-- c --> a < b <https://example.org> <me@example.org>';
    const html = md.render(escapeTextInMarkdown(source));
    expect(html).toContain('&lt;script&gt;x&lt;/script&gt; &lt;!-- c --&gt; a &lt; b');
    expect(html).toContain('<a href="https://example.org">');
  });

  it('escapes what elsewhere would begin a formula, unless it is escaped already', () => {
    expect(escapeTextInMarkdown('5 $ and \\$6, $$')).toBe('5 \\$ and \\$6, \\$\\$');
    expect(escapeTextInMarkdown('\\\\$x')).toBe('\\\\\\$x');
  });
});
