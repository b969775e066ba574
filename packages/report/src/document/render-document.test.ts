import { describe, expect, it } from 'vitest';
import { type DocumentBlock, renderDocument } from './render-document.ts';

const figure: DocumentBlock = {
  kind: 'figure',
  data: [{ type: 'scatter', x: [0, 1, 2], y: [0, 1, 4] }],
  layout: { height: 240 },
  caption: 'A parabola.',
  alt: 'A curve that rises.',
};

async function page(blocks: readonly DocumentBlock[]): Promise<string> {
  return (await renderDocument({ title: 'A <title>', blocks })).html;
}

describe('a document', () => {
  it('has its prose with formulas, in order with everything else, and its headings as contents', async () => {
    const html = await page([
      { kind: 'markdown', text: '## First\n\nEuler: $e^{i\\pi} = -1$ costs 5 $ here.' },
      { kind: 'code', text: 'const a = 1 < 2;', label: 'In [1]' },
      { kind: 'text', text: '3 > 2\n', tone: 'plain' },
      { kind: 'markdown', text: '## Second\n\n`{{ not }}` looked up: {{ at }} all, nor @fig-x.' },
      { kind: 'table', columns: [{ key: 'n', label: 'n' }], rows: [{ n: 7 }], caption: 'Numbers.' },
    ]);
    expect(html).toContain('<h1>A &lt;title&gt;</h1>');
    expect(html).toContain('<li class="level-2"><a href="#sec-first">First</a></li>');
    expect(html).toContain('class="katex"');
    expect(html).toContain('const a = 1 &lt; 2;');
    expect(html).toContain('<code>{{ not }}</code> looked up: {{ at }} all, nor @fig-x.');
    const places = ['sec-first"', 'In [1]', '3 &gt; 2', 'sec-second">', 'Table 1'].map((text) =>
      html.lastIndexOf(text),
    );
    expect(places).toEqual([...places].sort((a, b) => a - b));
    expect(places.every((at) => at > 0)).toBe(true);
  });

  it('draws a figure as a picture, and brings what makes it live', async () => {
    const html = await page([figure]);
    expect(html).toContain('<div class="plot pictured" data-figure="fig-1"');
    expect(html.match(/<svg viewBox="0 0 (\d+) 240"/g)).toHaveLength(2);
    expect(html).toContain('id="plotly"');
    expect(await page([{ kind: 'markdown', text: 'No figure.' }])).not.toContain('id="plotly"');
  });

  it('loads nothing, and obeys nothing that is in it', async () => {
    const html = await page([
      figure,
      { kind: 'markdown', text: '<script>alert(1)</script> <img src=x onerror=alert(1)> [link](javascript:alert(1))' },
      { kind: 'text', text: '</pre><script>alert(1)</script>', tone: 'error' },
      { kind: 'picture', source: 'data:image/png;base64,AAAA', alt: '" onerror="alert(1)' },
    ]);
    expect(html).toContain('content="default-src &#39;none&#39;; script-src &#39;sha256-');
    const withoutPacked = html.replace(/<script type="application\/gzip"[^]*?<\/script>/g, '');
    expect(withoutPacked).not.toMatch(/<script>alert|<img src=x|href="javascript|" onerror="alert/);
    expect(withoutPacked).not.toMatch(/(?:src|href)="(?:https?:)?\/\//);
  });

  it('marks what it cannot show, in its place, and says so', async () => {
    const { html, problems } = await renderDocument({
      title: 'Broken',
      blocks: [
        { kind: 'markdown', text: 'Before $\\frac{1$ after.' },
        { ...figure, data: [{ type: 'pie' as 'bar', values: [1] }] },
        { ...figure, data: [{ type: 'mesh3d', x: [0, 1, 0], y: [0, 0, 1], z: [0, 0, 0] }] },
      ],
    });
    expect(problems.map(({ place }) => place)).toEqual(['fig-1', '$\\frac{1$']);
    expect(problems[1].message).toMatch(/this TeX cannot be read/);
    expect(html).toContain('data[0] has the type &#39;pie&#39;');
    // It has no flat picture, but is live: its words stand there until then.
    expect(html).toContain('<div class="plot" data-figure="fig-2"');
  });
});
