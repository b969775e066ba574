import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, inject, it } from 'vitest';
import { run } from './run.ts';

const project = inject('project');

/** What these tests read of a report.json. */
interface ReportJson {
  readonly claims: readonly { readonly id: string; readonly verdict: unknown }[];
}

describe('the command', () => {
  it('tells how it is used', async () => {
    const { stdout } = await run(project, 'npx', '--no', '--', 'relu-lab', '--help');
    expect(stdout).toMatch(/^Usage: relu-lab /);
    expect(stdout).toContain('report');
  });
});

describe('a study of the user, in TypeScript, that the command builds', () => {
  let stdout: string;
  beforeAll(async () => {
    const build = ['report', 'build', './study.ts', '--out', 'reports-out', '--workers', '2', '--check'];
    ({ stdout } = await run(project, 'npx', '--no', '--', 'relu-lab', ...build));
  });

  const read = (file: string): string => readFileSync(join(project, 'reports-out', 'mean-of-relu', file), 'utf8');

  it('is where the command says', () => {
    const [, page = ''] = /^Report: (.*)$/m.exec(stdout) ?? [];
    expect(page).toBe(join('reports-out', 'mean-of-relu', 'report.html'));
    expect(existsSync(join(project, page))).toBe(true);
  });

  it('has its claim supported', () => {
    const { claims } = JSON.parse(read('report.json')) as ReportJson;
    expect(claims).toEqual([expect.objectContaining({ id: 'mean', verdict: 'supported' })]);
  });

  it('is a page that holds Plotly and loads nothing', () => {
    const page = read('report.html');
    expect(page.length).toBeGreaterThan(1_000_000);
    expect(page).not.toMatch(/<(script|link|img|iframe)[^>]*(src|href)="(https?:)?\/\//);
    expect(read('report.md')).toContain('1 / √(2π)');
  });
});
