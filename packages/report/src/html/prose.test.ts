import { describe, expect, it } from 'vitest';
import { arrange } from '../prose/arrange.ts';
import { prosePieces } from '../prose/pieces.ts';
import { resolveProse } from '../prose/resolve.ts';
import { proseHtml } from './prose.ts';

function render(markdown: string, scope: object = {}): ReturnType<typeof proseHtml> {
  const pieces = prosePieces(markdown);
  const arrangement = arrange(pieces, { figures: ['fig-a'], tables: [], claims: ['one'] });
  const prose = resolveProse(pieces, {
    ...arrangement,
    place: (line) => `study.md:${line}`,
    scope: { ...scope },
    failed: [],
    works: ['lu'],
  });
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
      '<p>a <strong class="wrong">⚠ study.md:1: there is no ‘nothing’; there are none</strong> b</p>\n'.replace(
        /[‘’]/g,
        "'",
      ),
    );
    expect(render('::: figure fig-b').html).toBe('<block>problem</block>\n');
  });

  it('sets formulas in the text, in headings and by themselves, with MathML in them', () => {
    const { html, headings } = render(
      '## The $x$ axis\n\nWith $\\sigma_w^2$ we have\n$$\ny = x < 2\n$$ {#eq-y}\nso see @eq-y.',
    );
    expect(headings).toEqual([{ id: 'sec-the-x-axis', text: 'The x axis', level: 2 }]);
    expect(html.match(/<math /g)).toHaveLength(3);
    expect(html).toContain('<annotation encoding="application/x-tex">\\sigma_w^2</annotation>');
    expect(html).toMatch(
      /<div class="equation" id="eq-y" role="group" aria-label="Equation 1" tabindex="0"><span class="katex-display">/,
    );
    expect(html).toContain('so see <a href="#eq-y">Equation 1</a>.');
    expect(html).not.toMatch(/[\ue000-\ue003]/);
  });

  it('lets no TeX become a link, a picture or an attribute', () => {
    const attacks = [
      '\\href{javascript:alert(1)}{x}',
      '\\includegraphics{https://evil.example/x.png}',
      '\\htmlData{a=b}{x}',
      '\\text{<img src=x onerror=y>}',
    ];
    for (const tex of attacks) {
      const { html } = render(`$${tex}$`);
      const tags = (html.match(/<[a-z][^>]*>/g) ?? []).join('');
      expect(tags).not.toMatch(/<a |<img|onerror=|data-a|src=/);
    }
    // In an attribute a formula is only its mark, and that is taken away.
    expect(render('[a](https://example.org "$x$")').html).not.toContain('katex');
  });

  it('numbers sections where prose refers to one, and links to them', () => {
    const { html } = render('## One\n### Inner {#sec-in}\n## Two\nSee @sec-in and @claim-one.');
    expect(html).toContain('<h3 id="sec-in">1.1\u2002Inner</h3>');
    expect(html).toContain('<h2 id="sec-two">2\u2002Two</h2>');
    expect(html).toContain('See <a href="#sec-in">Section 1.1</a> and <a href="#claim-one">Claim 1</a>.');
    expect(render('## One').html).toContain('<h2 id="sec-one">One</h2>');
  });

  it('puts notes in boxes, with everything in them', () => {
    expect(render('a\n::: note\nA *word*.\n\n::: figure fig-a\n:::\n:::\nb').html).toBe(
      '<p>a</p>\n<div class="note note" role="note"><p class="note-name">Note</p>\n<p>A <em>word</em>.</p>\n<block>fig-a</block>\n</div>\n<p>b</p>\n',
    );
  });

  it('lists footnotes at the end', () => {
    expect(render('a[^1]\n\n[^1]: With $x$.').html).toMatch(
      /<section class="footnotes">[\s\S]*With <span class="katex">/,
    );
  });

  it('lists the claims among the headings, where they stand', () => {
    expect(render('## a\n::: claims\n## b').headings.map(({ id }) => id)).toEqual(['sec-a', 'claims', 'sec-b']);
  });
});
