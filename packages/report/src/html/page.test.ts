import { createHash } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import bumps from '../../test/studies/bumps.ts';
import { buildStudy } from '../build/build-study.ts';
import { renderHtml } from './page.ts';

const { html, report } = await buildStudy(bumps);
const sha256 = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
const policy = (page: string): string =>
  (/http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(page)?.[1] ?? '').replaceAll('&#39;', "'");
const scripts = (page: string): { type: string; text: string }[] =>
  [...page.matchAll(/<script([^>]*)>([\s\S]*?)<\/script>/g)].map(([, attributes = '', text = '']) => ({
    type: /type="([^"]*)"/.exec(attributes)?.[1] ?? '',
    text,
  }));

describe('renderHtml', () => {
  it('allows its own script and Plotly, by their hashes, and nothing else', () => {
    const [own, ...others] = scripts(html).filter(({ type }) => type === '');
    expect(others).toEqual([]);
    const plotly = gunzipSync(
      Buffer.from(
        scripts(html)
          .filter(({ type }) => type === 'application/gzip')
          .at(-1)?.text ?? '',
        'base64',
      ),
    );
    expect(plotly.toString('utf8')).toContain('plotly.js v4.1.2');
    expect(policy(html)).toBe(
      `default-src 'none'; script-src ${sha256(own?.text ?? '')} ${sha256(plotly.toString('utf8'))}; style-src 'unsafe-inline'; ` +
        "img-src data: blob:; font-src data:; base-uri 'none'; form-action 'none'",
    );
  });

  it('carries Plotly once, and not at all where there is no figure', () => {
    expect(html.match(/id="plotly"/g)).toHaveLength(1);
    const bare = renderHtml({
      ...report,
      figures: [],
      provenance: { ...report.provenance, clock: { figures: [], tables: [] } },
    });
    expect(bare).not.toContain('id="plotly"');
    expect(bare.length).toBeLessThan(150_000);
  });

  it('stays within three megabytes', () => {
    expect(html.length).toBeLessThan(3_000_000);
  });

  it('packs the data of a large figure', () => {
    const [figure] = report.figures;
    if (!figure) throw new Error('bumps has figures');
    const x = Array.from({ length: 10_000 }, (_, i) => i);
    const large = renderHtml({ ...report, figures: [{ ...figure, traces: [{ type: 'scatter', x, y: x }] }] });
    const packed = /type="application\/gzip" id="fig-layers--plot">([^<]+)</.exec(large)?.[1] ?? '';
    expect(packed.length).toBeLessThan(60_000);
    expect(JSON.parse(gunzipSync(Buffer.from(packed, 'base64')).toString('utf8'))).toMatchObject({ data: [{ x }] });
  });

  it('draws a figure of more than 200 000 points from fewer, and says so; the report has all of them', () => {
    const [figure] = report.figures;
    if (!figure) throw new Error('bumps has figures');
    const y = Array.from({ length: 300_000 }, (_, i) => (i === 123_456 ? 7 : Math.sin(i)));
    const large = renderHtml({ ...report, figures: [{ ...figure, traces: [{ type: 'scatter', mode: 'lines', y }] }] });
    expect(large).toMatch(/The page draws [\d,]+ of 300,000 points, the peaks of lines/);
    const packed = /type="application\/gzip" id="fig-layers--plot">([^<]+)</.exec(large)?.[1] ?? '';
    const drawn = JSON.parse(gunzipSync(Buffer.from(packed, 'base64')).toString('utf8')) as {
      data: [{ x: number[]; y: number[] }];
    };
    expect(drawn.data[0].y.length).toBeLessThanOrEqual(200_000);
    expect(drawn.data[0].y.reduce((a, b) => Math.max(a, b))).toBe(7);
    expect(drawn.data[0].x[drawn.data[0].y.indexOf(7)]).toBe(123_456);
    expect(html).not.toContain('The page draws');
  });

  it('stays within ten megabytes by drawing every figure from fewer points', () => {
    const [figure] = report.figures;
    if (!figure) throw new Error('bumps has figures');
    const y = Array.from({ length: 190_000 }, (_, i) => Math.fround(Math.sin(i * i)));
    const figures = Array.from({ length: 8 }, (_, i) => ({
      ...figure,
      id: `fig-${i}`,
      traces: [{ type: 'scatter' as const, y }],
    }));
    const large = renderHtml({ ...report, figures });
    expect(large.length).toBeLessThan(10_000_000);
    expect(large.match(/The page draws [\d,]+ of 190,000 points/g)).toHaveLength(8);
  });

  it('shows the first rows of a long table, and names the file that has all of them', () => {
    const [table] = report.tables;
    if (!table) throw new Error('bumps has a table');
    const long = (count: number): string => {
      const rows = Array.from({ length: count }, (_, i) => ({ activation: `number ${i}` }));
      const columns = [{ key: 'activation', label: 'Activation' }];
      return renderHtml({ ...report, tables: [{ ...table, columns, rows }] });
    };
    expect(long(500)).not.toContain('data/tbl-means.csv');
    const cut = long(300_000);
    expect(cut.length).toBeLessThan(3_000_000);
    expect([cut.includes('number 499'), cut.includes('number 500')]).toEqual([true, false]);
    expect(cut).toMatch(/The first 500 of 300,000 rows; all of them: <a href="data\/tbl-means.csv" download>/);
  });

  it('begins with a warning where it is too large whatever is left out', () => {
    const markdown = 'A word and another one. '.repeat(450_000);
    const large = renderHtml({ ...report, prose: { ...report.prose, markdown } });
    expect(large).toMatch(/<main id="main">\s*<div class="note warning"[^>]*>.*\s*<p>This page holds 1\d MB/);
    expect(html).not.toContain('This page holds');
  });

  it('shows the source of the study, and the hashes of what it was made from', () => {
    expect(html).toContain('<summary>The study: bumps.ts</summary>');
    expect(html).toContain('export default defineStudy({');
    expect(html).toMatch(/<dt>SHA-256 of bumps\.md<\/dt><dd><code>[0-9a-f]{64}<\/code>/);
  });

  it('gives every element an id of its own, whatever the figures are called', () => {
    const [first] = report.figures;
    const drawing = { content: '<clipPath id="c"/><g clip-path="url(#c)"/>', width: 1, height: 1 };
    const names = [
      'fig-loss',
      ...['plot', 'rows', 'caption', 'alt', 'wide', 'narrow', 'w-0'].map((part) => `fig-loss-${part}`),
    ];
    const figures = names.map((id, i) => ({ ...first, id, number: i + 1 }));
    const page = renderHtml(
      { ...report, figures },
      new Map(names.map((id) => [id, { wide: drawing, narrow: drawing }])),
    );
    const ids = [...page.matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id);
    expect(ids).toEqual(expect.arrayContaining(names));
    expect(ids.filter((id, i) => ids.indexOf(id) !== i)).toEqual([]);
  });

  it('shows a verdict as text, whatever it is', () => {
    const [claim] = report.claims;
    const verdict = '"><meta http-equiv="refresh">' as typeof claim.verdict;
    expect(renderHtml({ ...report, claims: [{ ...claim, verdict }] })).not.toContain('<meta http-equiv="refresh">');
  });

  it('makes links of web addresses alone', () => {
    const works = {
      bad: { title: 'Bad', url: 'javascript:alert(1)' },
      good: { title: 'Good', url: 'https://example.org/' },
    };
    const page = renderHtml({ ...report, references: works });
    expect(page).toContain('<a href="https://example.org/" rel="noopener noreferrer">');
    expect(page).not.toContain('javascript:alert');
  });

  it('leads from its contents to its problems', () => {
    expect(html).not.toContain('href="#problems"');
    const problems = [{ place: 'fig-x', message: 'it is wrong' }];
    expect(renderHtml({ ...report, problems })).toContain('<a href="#problems">Problems</a>');
  });

  it('shows tables as HTML, with numbers in their formats', () => {
    expect(html).toContain('<th scope="col" class="numeric">Layer 1</th>');
    expect(html).toMatch(/<td>relu<\/td><td class="numeric" data-value="0\.\d+">\d\d\.\d\u00a0%<\/td>/);
    expect(html).toContain('<td class="numeric" data-value="NaN">NaN</td>');
  });

  it('tells where it comes from, in order', () => {
    const provenance = html.slice(html.indexOf('id="provenance"'));
    for (const text of ['relu-lab report build bumps', 'quick, 1', '@relu-lab/core', process.version, 'Kernels']) {
      expect(provenance).toContain(text);
    }
  });
});
