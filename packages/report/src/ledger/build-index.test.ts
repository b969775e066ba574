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
import { type IndexedReport, type NamedClaim, ledgerOf, supportText } from './ledger.ts';
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
        {
          text: 'SELU is low.',
          claims: [],
          against: ['bumps/selu-is-high'],
          precise: 'Its <mean> is {{ bumps/selu-is-high.measured | fixed1 }}, and {{ speed/is-fast.measured }} fast.',
        },
        { text: 'It is <b>fast</b>.', claims: ['speed/is-fast'] },
        { text: 'It is round.', claims: [] },
      ],
    },
  ],
  papers: [
    { citation: 'Klambauer et al. 2017', says: 'The mean is 0.', checked: false, claims: ['bumps/selu-is-high'] },
    {
      citation: 'Nobody 2020',
      says: 'It is {{ bumps/selu-is-high.predicted | fixed1 }}.',
      checked: 'the abstract',
      claims: [],
    },
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
        /<li class="sentence [^"]+">\n<p class="verdict"><span[^>]*>.<\/span> ([^<]+)(?:<span class="support">[^<]*<\/span>)?<\/p>\n<p class="said">([^\n]+)<\/p>/g,
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

  it('says how many claims speak for a sentence, and what is true instead, with numbers of the claims', () => {
    expect(html).toContain('refuted<span class="support">: 0 of 1 claim speaks for it</span>');
    expect(html).not.toContain('not yet tested<span class="support">');
    expect(html).toMatch(/<p class="precise"><b>More precisely:<\/b> Its &lt;mean&gt; is 0\.7, and – fast\.<\/p>/);
    const rendered = markdownIt({ html: true }).render(markdown);
    expect(rendered).toContain('<strong>✕ refuted: 0 of 1 claim speaks for it</strong> · SELU is low.');
    expect(rendered).toMatch(/<em>More precisely:<\/em> Its &lt;mean&gt; is 0\.7, and – fast\./);
  });

  it('lists the claims of no sentence apart', () => {
    const others = html.slice(html.indexOf('id="others-title"'), html.indexOf('id="studies-title"'));
    expect(others.match(/<tr class/g)).toHaveLength(5);
    expect(others).not.toContain('#claim-selu-is-high');
  });

  it('says of results of papers what is here, whether it agrees, and what was not checked', () => {
    const papers = html.slice(html.indexOf('id="papers-title"'), html.indexOf('id="others-title"'));
    expect(papers.match(/text was not read/g)).toHaveLength(1);
    expect(papers).toContain('It is 0.7. <span class="opposite">(read in the abstract)</span>');
    expect(papers).toContain('A result agrees (yes) where');
    expect([...papers.matchAll(/<\/span> ([a-z ]+)<\/td>/g)].map(([, verdict]) => verdict)).toEqual([
      'yes',
      'not yet tested',
    ]);
  });

  it('has in Markdown the claims of each sentence below it, and shows sentences as they are', () => {
    const rendered = markdownIt({ html: true }).render(markdown);
    const [sentences = ''] = /<h3>Properties<\/h3>[\s\S]*?<h2>/.exec(rendered) ?? [];
    expect(sentences.match(/<li>/g)).toHaveLength(3);
    expect(sentences).toContain('<strong>✓ supported: 1 of 1 claim speaks for it</strong> · SELU is **high**.</p>');
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

  it('counts claims that hold under a condition, and those that say the opposite', () => {
    const claim = (verdict: string, against = false) =>
      ({ reference: 'a/b', entry: { claim: { verdict } }, against }) as unknown as NamedClaim;
    const support = (...claims: readonly NamedClaim[]): string => supportText({ claims });
    expect(support(claim('supported'), claim('refuted'))).toBe('1 of 2 claims speak for it');
    expect(support(claim('supported', true), claim('refuted', true))).toBe('1 of 2 claims speak for it');
    expect(support(claim('supported'), claim('only-if'), claim('inconclusive'))).toBe(
      '2 of 3 claims speak for it, 1 of them only under a condition',
    );
    expect(support(claim('only-if'), claim('refuted'))).toBe('1 of 2 claims speak for it, only under a condition');
  });

  it('names numbers that cannot be looked up', () => {
    const wrong = defineCard({
      title: 'Wrong',
      parts: [
        {
          heading: 'All',
          sentences: [
            { text: 'So.', claims: [], precise: '{{ bumps/selu-is-high.mesured }}, {{ bumps/none.measured }}' },
          ],
        },
      ],
      papers: [],
    });
    const { problems } = ledgerOf(wrong, reports);
    expect(problems).toHaveLength(2);
    expect(problems[0]).toContain("The card names the claim 'bumps/none'");
    expect(problems[1]).toContain("did you mean 'measured'?");
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
