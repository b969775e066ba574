import markdownIt from 'markdown-it';
import { describe, expect, it } from 'vitest';
import bumps from '../../test/studies/bumps.ts';
import hostile from '../../test/studies/hostile.ts';
import { buildStudy } from '../build/build-study.ts';

const { markdown } = await buildStudy(bumps);
const md = markdownIt({ html: true });

describe('renderMarkdown', () => {
  it('has one title, and a section for everything', () => {
    expect(markdown.match(/^#+ .*$/gm)).toEqual([
      '# Bumps: a study of everything that a report can show',
      '## Claims',
      '## 1 The question',
      '### <a id="sec-in-numbers"></a>1.1 In numbers',
      '## 2 What it cost',
      '## 3 What else there is',
      '## Further figures',
      '## References',
      '## Provenance',
    ]);
  });

  it('has the claims as a table with a row each', () => {
    const [table = ''] = md.render(markdown).match(/<table>[\s\S]*?<\/table>/) ?? [];
    expect(table.match(/<tr>/g)).toHaveLength(1 + 4);
    expect(table).toContain('<strong>✓ supported</strong>');
    expect(table).toContain('<strong>◐ only-if</strong> the layer is the first');
  });

  it('has every figure as a light and a dark picture, with its words, its first numbers and a link to all of them', () => {
    const html = md.render(markdown);
    for (const id of ['fig-layers', 'fig-bars', 'fig-points', 'fig-grid']) {
      expect(html).toMatch(
        new RegExp(
          `<p><a id="${id}"></a><picture><source media="\\(prefers-color-scheme: dark\\)" srcset="figures/${id}-dark.svg">` +
            `<img src="figures/${id}-light.svg" alt="[^"]{20,}"></picture></p>`,
        ),
      );
      expect(markdown).toContain(`(data/${id}.csv)`);
    }
    expect(markdown).toContain('(data/clock/fig-cost.csv)');
    expect(markdown).toContain('The first 12 of 24 rows');
  });

  it('has every link within it lead somewhere', () => {
    const targets = new Set([...markdown.matchAll(/<a id="([^"]+)">/g)].map(([, id]) => id));
    const links = [...markdown.matchAll(/\]\(<?#([^)>]+)>?\)/g)].map(([, id]) => id);
    expect(links.length).toBeGreaterThan(5);
    for (const id of links) expect(targets).toContain(id);
  });

  it('has no tag but its own anchors, whatever the study says', async () => {
    const html = md.render((await buildStudy(hostile)).markdown);
    const tags = new Set([...html.matchAll(/<([a-z][a-z0-9]*)/gi)].map(([, name]) => name));
    for (const tag of ['script', 'svg', 'b', 'iframe']) expect([...tags]).not.toContain(tag);
    for (const [, source] of html.matchAll(/<(?:img|source)[^>]*?src(?:set)?="([^"]*)"/g)) {
      expect(source).toMatch(/^figures\/fig-[a-z]+-(light|dark)\.svg$/);
    }
    // What is between quotation marks is no attribute.
    expect(html.replace(/"[^"]*"/g, '""').match(/<[a-z][^>]*\son\w+=/gi) ?? []).toEqual([]);
    expect(html).not.toMatch(/href="(javascript|data|vbscript):/);
  });
});
