import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import markdownIt from 'markdown-it';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import bumps from '../../test/studies/bumps.ts';
import hostile from '../../test/studies/hostile.ts';
import { buildStudy } from '../build/build-study.ts';
import { writeReport } from '../build/write-report.ts';
import { readReport } from '../read/read-report.ts';
import { type BuiltIndex, buildIndex, renderIndex } from './build-index.ts';
import { defineCard } from './card.ts';
import { type IndexedReport, ledgerOf } from './ledger.ts';
import { ledgerFigure } from './ledger-figure.ts';

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
    expect(ledger.match(/<tr /g)).toHaveLength(6);
    expect(ledger).toMatch(
      /<tr class="supported">\n<td class="verdict"><span aria-hidden="true">✓<\/span> supported<\/td>\n<td class="says"><a href="bumps\/report\.html#claim-selu-is-high">The mean of SELU/,
    );
    expect(ledger).toContain('<a href="bumps/report.html#fig-layers">Figure 1</a>');
    expect(html).toContain('6 claims of 2 studies: ');
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
    expect(rendered.match(/<tr>/g)).toHaveLength(7);
    expect(rendered).not.toMatch(/<(script|img|svg|b)\b/);
  });

  it('refuses a folder that is not there', async () => {
    await expect(buildIndex(join(folder, 'none'))).rejects.toMatchObject({ name: 'OutputError' });
  });
});

const card = defineCard({
  title: 'What is said of bumps',
  parts: [
    {
      heading: 'Properties',
      sentences: [
        { text: 'SELU is **high**.', claims: ['bumps/selu-is-high'] },
        { text: 'SELU is low.', claims: [], against: ['bumps/selu-is-high'] },
        { text: 'It is <b>fast</b>.', claims: ['speed/is-fast'] },
        { text: 'It is round.', claims: [] },
      ],
    },
  ],
  papers: [
    { citation: 'Klambauer et al. 2017', says: 'The mean is 0.', checked: false, claims: ['bumps/selu-is-high'] },
    { citation: 'Nobody 2020', says: 'Nothing.', checked: true, claims: [] },
  ],
});

describe('buildIndex with a card', () => {
  let kept: string;
  let reports: readonly IndexedReport[];
  beforeAll(async () => {
    kept = join(folder, 'kept', 'LEDGER.md');
    index = await buildIndex(folder, { card, keep: kept, picture: join(folder, 'kept', 'ledger') });
    reports = await Promise.all(
      ['bumps', hostile.id].map(async (name) => ({
        folder: name,
        report: await readReport(join(folder, name, 'report.json')),
      })),
    );
    html = readFileSync(index.html, 'utf8');
    markdown = readFileSync(index.markdown, 'utf8');
  });

  it('has every sentence in its order, with its verdict; those that nothing tests are not left out', () => {
    const shown = [
      ...html.matchAll(
        /<li class="sentence [^"]+">\n<p class="verdict"><span[^>]*>.<\/span> ([^<]+)<\/p>\n<p class="said">([^\n]+)<\/p>/g,
      ),
    ];
    expect(shown.map(([, verdict, text]) => [verdict, text])).toEqual([
      ['supported', 'SELU is **high**.'],
      ['refuted', 'SELU is low.'],
      ['not yet tested', 'It is &lt;b&gt;fast&lt;/b&gt;.'],
      ['not yet tested', 'It is round.'],
    ]);
    expect(html).toContain('4 sentences: 1 supported, 1 refuted, 2 not yet tested');
    expect(html).toContain('<code>speed/is-fast</code>');
  });

  it('shows under a sentence the number that decided it, linked to its evidence, and states the rule', () => {
    const first = html.slice(html.indexOf('SELU is **high**'), html.indexOf('SELU is low.'));
    expect(first).toContain('<a href="bumps/report.html#claim-selu-is-high">');
    expect(first).toContain('<a href="bumps/report.html#fig-layers">Figure 1</a>');
    expect(first).toMatch(/measured <b>[-−\d.]+ \(/);
    expect(html).toContain('A sentence is supported where all of its claims are.');
    expect(markdown).toContain('A sentence is supported where all of its claims are.');
  });

  it('lists the claims of no sentence apart', () => {
    const others = html.slice(html.indexOf('id="others-title"'), html.indexOf('id="studies-title"'));
    expect(others.match(/<tr class/g)).toHaveLength(5);
    expect(others).not.toContain('#claim-selu-is-high');
  });

  it('says of results of papers what is here, whether it agrees, and what was not checked', () => {
    const papers = html.slice(html.indexOf('id="papers-title"'), html.indexOf('id="others-title"'));
    expect(papers).toContain('from memory, not checked against the paper');
    expect(papers.match(/not checked/g)).toHaveLength(1);
    expect([...papers.matchAll(/<\/span> ([a-z ]+)<\/td>/g)].map(([, verdict]) => verdict)).toEqual([
      'supported',
      'not yet tested',
    ]);
  });

  it('has in Markdown the claims of each sentence below it, and shows sentences as they are', () => {
    const rendered = markdownIt({ html: true }).render(markdown);
    const [sentences = ''] = /<h3>Properties<\/h3>[\s\S]*?<h2>/.exec(rendered) ?? [];
    expect(sentences.match(/<li>/g)).toHaveLength(3);
    expect(sentences).toContain('<strong>✓ supported</strong> · SELU is **high**.</p>');
    expect(sentences).toContain('It is &lt;b&gt;fast&lt;/b&gt;.</p>');
    expect(sentences).toMatch(/measured 0\.\d+ \(.*, 3 seeds\); predicted 0\.700/);
  });

  it('says of every claim, sentence or paper which profile its numbers come from', async () => {
    const mixed = reports.map((one) =>
      one.folder === 'bumps' ? { ...one, report: { ...one.report, profile: 'full' as const } } : one,
    );
    const pages = renderIndex(mixed, { card });
    expect(pages.html).toContain('; in the quick profile: ');
    expect(pages.markdown).toContain('; in the quick profile: ');
    expect(pages.markdown).toContain(`in the full profile: ${bumps.title}`);
    const claims = pages.markdown.split('\n').filter((line) => line.includes('The mean of SELU'));
    expect(claims).toHaveLength(3);
    for (const claim of claims) expect(claim).toMatch(/(, |\()full\)/);
    expect(markdown).toContain('; in the quick profile\n');
  });

  it('draws a line for each sentence, with a mark for each of its claims', () => {
    const { data, alt, table } = ledgerFigure(ledgerOf(card, reports));
    expect(table.map(({ sentence, stand }) => [sentence, stand])).toEqual([
      ['SELU is **high**.', 'holds'],
      ['SELU is low.', 'does not hold'],
      ['It is <b>fast</b>.', 'not yet tested'],
    ]);
    expect(data.at(-1)?.text).toEqual(['✓ supported', '✕ refuted', '· not yet tested', '· not yet tested']);
    expect(alt).toContain('SELU is low: refuted');
    for (const theme of ['light', 'dark']) {
      expect(readFileSync(join(folder, 'kept', `ledger-${theme}.svg`), 'utf8')).toMatch(
        /^<svg[^]*SELU is low[^]*<\/svg>/,
      );
    }
  });

  it('draws nothing where there is no card', async () => {
    await expect(buildIndex(folder, { picture: join(folder, 'none') })).rejects.toMatchObject({
      name: 'ParameterError',
    });
  });

  it('keeps a ledger whose links lead to the studies', () => {
    const text = readFileSync(kept, 'utf8');
    expect(text).toContain('](<bumps/study.md>)');
    expect(text).not.toContain('report.md');
    // Figures are in the reports, which are not kept.
    expect(text).toContain('Figure 1, ');
    expect(text).not.toContain('[Figure 1]');
  });

  it('keeps with it how it is made again, and its picture, in a form that a formatter leaves alone', () => {
    const text = readFileSync(kept, 'utf8');
    expect(text).toContain(
      `\`npx relu-lab report build --profile quick --out ${folder}\`, then \`npx relu-lab report index ${folder} --keep`,
    );
    expect(text).toContain('srcset="ledger-dark.svg"');
    expect(text).toContain('src="ledger-light.svg"');
    expect(text).toMatch(/^<!-- prettier-ignore-start -->\n\n# What is said of bumps\n/);
    expect(text).toMatch(/\n<!-- prettier-ignore-end -->\n$/);
  });

  it('names claims that a report does not have', async () => {
    const wrong = defineCard({
      title: 'Wrong',
      parts: [{ heading: 'All', sentences: [{ text: 'So.', claims: ['bumps/selu-is-hihg', 'not-built/any'] }] }],
      papers: [],
    });
    const { ledger } = await buildIndex(folder, { card: wrong });
    expect(ledger?.problems).toHaveLength(1);
    expect(ledger?.problems[0]).toMatch(
      /^The card names the claim 'bumps\/selu-is-hihg', which the report of 'bumps' does not have; did you mean 'selu-is-high'\?/,
    );
    expect(readFileSync(index.html, 'utf8')).toContain('did you mean &#39;selu-is-high&#39;');
  });
});
