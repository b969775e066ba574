import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Project, makeProject } from './project.ts';

const card = (claim: string): string => `import { defineCard } from '@relu-lab/report';
export default defineCard({
  title: 'What is said of squares',
  parts: [{ heading: 'All', sentences: [{ text: 'Squares are big.', claims: ['${claim}'] }, { text: 'They are round.', claims: [] }] }],
  papers: [],
});
`;

/** A study without runs, whose claim expects something in each profile. */
const weak = (
  expected: string,
  interval: string,
): string => `import { defineStudy, greaterThan } from '@relu-lab/report';
import { z } from 'zod';
export default defineStudy({
  id: 'weak',
  title: 'Little is known',
  parameters: z.object({}),
  profiles: { quick: {}, full: {} },
  run: () => null,
  claims: () => [{ id: 'large', text: 'It is large.', prediction: null, rule: greaterThan(1), expected: ${expected},
    measurement: { estimate: ${interval}[0], interval: ${interval}, seeds: 3 } }],
  figures: () => ({}),
  tables: () => ({ 'tbl-none': () => ({ columns: [{ key: 'a', label: 'A' }], rows: [{ a: 1 }], caption: 'None.' }) }),
  prose: { markdown: 'Nothing.' },
});
`;

let project: Project;
const write = (path: string, text: string): void => writeFileSync(join(project.folder, path), text);
beforeAll(() => {
  project = makeProject(['counting']);
  mkdirSync(join(project.folder, 'reports/weak'));
  write('reports/weak/study.ts', weak("'supported'", '[2, 3]'));
  write('reports/card.ts', card('counting/squares-are-large'));
});
afterAll(() => project.remove());

describe('relu-lab report build without a study', () => {
  it('builds all studies of the project, and the ledger of its card', async () => {
    const { code, out, info } = await project.run(['report', 'build', '--workers', '1']);
    expect({ code, out: out.replaceAll('\u00a0', ' ').split('\n') }).toEqual({
      code: 0,
      out: [
        '✓ supported  Squares are large.  1,000,000 (1,000,000 to 1,004,004, 3 seeds)',
        'Claims: 1 supported',
        'Report: dist/reports/counting/report.html',
        '✓ supported  It is large.  2 (2 to 3, 3 seeds)',
        'Claims: 1 supported',
        'Report: dist/reports/weak/report.html',
        'Ledger of 2 sentences: 1 supported, 1 not yet tested',
        'Index of 2 reports: dist/reports/index.html',
        '',
      ],
    });
    expect(info).toContain("Notice: study.ts:12: nothing refers to 'tbl-none'");
    expect(project.read('dist/reports/index.html')).toContain('href="counting/report.html#claim-squares-are-large"');
  });

  it('makes the ledger again, keeps it beside the studies, and fails where the card names a claim that is none', async () => {
    const kept = await project.run(['report', 'index', '--keep', 'reports/LEDGER.md', '--picture', 'reports/ledger']);
    expect(kept).toMatchObject({ code: 0, info: '' });
    for (const theme of ['light', 'dark']) {
      expect(kept.out).toContain(`Picture: reports/ledger-${theme}.svg`);
      expect(project.read(`reports/ledger-${theme}.svg`)).toContain('</svg>');
    }
    expect(project.read('reports/LEDGER.md')).toContain(
      '`npx relu-lab report index --keep reports/LEDGER.md --picture reports/ledger`',
    );
    expect(project.read('reports/LEDGER.md')).toContain('(<counting/study.md>)');

    write('wrong.ts', card('counting/squares-are-lage'));
    const wrong = await project.run(['report', 'index', '--card', 'wrong.ts']);
    expect(wrong.code).toBe(1);
    expect(wrong.info).toContain("names the claim 'counting/squares-are-lage'");

    write('none.ts', 'export default 1;');
    const none = await project.run(['report', 'index', '--card', 'none.ts']);
    expect(none.code).toBe(2);
    expect(none.info).toContain('none.ts exports no card: it needs export default defineCard({ … })');
  });
});

describe('relu-lab report check', () => {
  it.each([
    ["'supported'", '[0, 3]', 0, 'Weaker: large is inconclusive, and supported was expected'],
    ["{ full: 'supported' }", '[0, 1]', 1, 'Check failed: large is refuted, and supported was expected'],
    ["'refuted'", '[2, 3]', 1, 'Check failed: large is supported, and refuted was expected'],
  ])('with %s expected and an interval %s ends with %i', async (expected, interval, code, said) => {
    write('reports/weak/study.ts', weak(expected, interval));
    const outcome = await project.run(['report', 'check', 'weak']);
    expect(outcome.code).toBe(code);
    expect(outcome.info).toContain(said);
    expect(project.exists('dist/check/weak/report.html')).toBe(true);
  });
});
