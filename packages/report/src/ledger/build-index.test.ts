import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import markdownIt from 'markdown-it';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import bumps from '../../test/studies/bumps.ts';
import hostile from '../../test/studies/hostile.ts';
import { buildStudy } from '../build/build-study.ts';
import { writeReport } from '../build/write-report.ts';
import { type BuiltIndex, buildIndex } from './build-index.ts';

let folder: string;
let index: BuiltIndex;
let html: string;
let markdown: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'relu-lab-index-'));
  for (const study of [bumps, hostile]) await writeReport(await buildStudy(study), join(folder, study.id));
  mkdirSync(join(folder, 'old'));
  writeFileSync(join(folder, 'old', 'report.json'), '{"schema": 7}');
  mkdirSync(join(folder, 'no-report'));
  index = await buildIndex(folder);
  html = readFileSync(index.html, 'utf8');
  markdown = readFileSync(index.markdown, 'utf8');
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('buildIndex', () => {
  it('has a line for every claim of every study, with its verdict, its number and a link to the evidence', () => {
    expect(index.reports).toBe(2);
    const ledger = html.slice(html.indexOf('<tbody>'));
    expect(ledger.match(/<tr /g)).toHaveLength(5);
    expect(ledger).toMatch(
      /<tr class="supported">\n<td class="verdict"><span aria-hidden="true">✓<\/span> supported<\/td>\n<td><a href="bumps\/report\.html#claim-selu-is-high">The mean of SELU/,
    );
    expect(ledger).toContain('<a href="bumps/report.html#fig-layers">Figure 1</a>');
    expect(html).toContain('5 claims of 2 studies: ');
  });

  it('has links that lead somewhere', () => {
    const links = [...html.matchAll(/href="(bumps\/report\.html)#([^"]+)"/g)];
    expect(links.length).toBeGreaterThan(5);
    for (const [, file = '', id = ''] of links) {
      expect(readFileSync(join(folder, file), 'utf8')).toContain(`id="${id}"`);
    }
  });

  it('names reports that it cannot read', () => {
    expect(index.unread).toEqual([{ folder: 'old', message: expect.stringContaining('newer version 7') as string }]);
    expect(html).toContain('<strong>old</strong>');
    expect(markdown).toContain('⚠ old');
  });

  it('shows hostile texts as text, in both forms', () => {
    expect(html.match(/<script/g)).toHaveLength(1);
    const rendered = markdownIt({ html: true }).render(markdown);
    expect(rendered.match(/<tr>/g)).toHaveLength(6);
    expect(rendered).not.toMatch(/<(script|img|svg|b)\b/);
  });

  it('refuses a folder that is not there', async () => {
    await expect(buildIndex(join(folder, 'none'))).rejects.toMatchObject({ name: 'OutputError' });
  });
});
