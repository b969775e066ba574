import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { madeUpResults } from '../../test/made-up-results.ts';
import { writeResults } from './write-results.ts';

const readme = '<!-- speed: written by npm run bench -->\n\nold\n\n<!-- /speed -->\n';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'relu-lab-bench-'));
  mkdirSync(join(root, 'packages', 'bench'), { recursive: true });
  writeFileSync(join(root, 'README.md'), readme);
});
afterEach(() => rmSync(root, { recursive: true }));

const read = (path: string): string => readFileSync(join(root, path), 'utf8');

describe('writeResults', () => {
  it('writes page, pictures, data and the speeds in the README', async () => {
    expect(await writeResults(madeUpResults(), join(root, 'packages/bench'))).toMatch(/RESULTS\.md, and the table in/);
    expect(read('packages/bench/RESULTS.md')).toContain('# Benchmark results');
    expect(read('packages/bench/results/steps-dark.svg')).toContain('<svg');
    expect(JSON.parse(read('packages/bench/results/results.json'))).toEqual(madeUpResults());
    expect(read('README.md')).toContain('| 2-64-64-2, batch 128');
  });

  it('leaves the README as it is when ratios do not count, and says so', async () => {
    const blas = { name: 'reference', detail: '', shareOfPeak: 0.03, counts: false, reason: 'it is slow' } as const;
    const said = await writeResults(madeUpResults({ blas }), join(root, 'packages/bench'));
    expect(said).toMatch(/README\.md stays as it is, since no ratio against PyTorch counts: it is slow$/);
    expect(read('README.md')).toBe(readme);
    expect(read('packages/bench/results/steps.svg')).toContain('does not count');
  });
});
