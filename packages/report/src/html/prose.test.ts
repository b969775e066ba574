import { describe, expect, it } from 'vitest';
import { arrange } from '../prose/arrange.ts';
import { prosePieces } from '../prose/pieces.ts';
import { resolveProse } from '../prose/resolve.ts';
import { proseHtml } from './prose.ts';

function render(markdown: string, scope: object = {}): ReturnType<typeof proseHtml> {
  const pieces = prosePieces(markdown);
  const { numbers } = arrange(pieces, { figures: ['fig-a'], tables: [] });
  const prose = resolveProse(pieces, { file: 'study.md', scope: { ...scope }, numbers, failed: [], works: ['lu'] });
  return proseHtml(prose.pieces, (piece) => `<block>${'id' in piece ? piece.id : piece.kind}</block>`);
}

describe('proseHtml', () => {
  it('puts values, references and citations where they are named', () => {
    expect(render('With {{ seeds }} *seeds*, @fig-a [@lu].', { seeds: 5 }).html).toBe(
      '<p>With 5 <em>seeds</em>, <a href="#fig-a">Figure 1</a> [<a href="#ref-lu">1</a>].</p>\n',
    );
  });

  it('puts blocks between paragraphs, and nowhere else', () => {
    expect(render('before\n::: figure fig-a\n:::\nafter').html).toBe(
      '<p>before</p>\n<block>fig-a</block>\n<p>after</p>\n',
    );
  });

  it('shows what a look-up gives as text', () => {
    const value = '<b>*x*</b> [a](javascript:b)\n\n# c';
    expect(render('{{ value }}', { value }).html).toBe('<p>&lt;b&gt;*x*&lt;/b&gt; [a](javascript:b) # c</p>\n');
  });

  it('cannot be made to show a block by a value', () => {
    expect(render('{{ value }}', { value: '\ue0000\ue001' }).html).toBe('<p>0</p>\n');
  });

  it('shows HTML instead of obeying it, and makes no link of what could run something', () => {
    const { html } = render('<img src=x onerror=y> [a](javascript:b) [c](data:text/html,d) [e](https://example.org)');
    expect(html).not.toContain('<img');
    expect(html.match(/href="[^"]*"/g)).toEqual(['href="https://example.org"']);
    expect(html).toContain('rel="noopener noreferrer"');
  });

  it('gives headings ids of their own, none above the second level', () => {
    const { headings, html } = render('# Why? É\n## Why? é\n### Deeper `code`\n## Why e 2\n## ???');
    expect(headings).toEqual([
      { id: 'sec-why-e', text: 'Why? É', level: 2 },
      { id: 'sec-why-e-2', text: 'Why? é', level: 2 },
      { id: 'sec-deeper-code', text: 'Deeper code', level: 3 },
      { id: 'sec-why-e-2-2', text: 'Why e 2', level: 2 },
      { id: 'sec-part', text: '???', level: 2 },
    ]);
    expect(html).not.toContain('<h1');
  });

  it('marks what is wrong in its place', () => {
    expect(render('a {{ nothing }} b').html).toBe(
      '<p>a <strong class="wrong">⚠ study.md:1: there is no ‘nothing’; there is none</strong> b</p>\n'.replace(
        /[‘’]/g,
        "'",
      ),
    );
    expect(render('::: figure fig-b').html).toBe('<block>problem</block>\n');
  });

  it('lists the claims among the headings, where they stand', () => {
    expect(render('## a\n::: claims\n## b').headings.map(({ id }) => id)).toEqual(['sec-a', 'claims', 'sec-b']);
  });
});
