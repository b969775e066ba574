import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import bumps from '../../test/studies/bumps.ts';
import { type BuiltReport, buildStudy } from './build-study.ts';
import { ensureWritable, writeReport } from './write-report.ts';

const built: BuiltReport = await buildStudy(bumps, { parameters: { seeds: 1 } });
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'relu-lab-write-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const everything = (): string[] => readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort();

describe('writeReport', () => {
  it('writes page, Markdown, JSON and the data of every figure, and leaves no draft', async () => {
    await writeReport(built, folder);
    expect(everything()).toEqual([
      'data',
      'data/clock',
      'data/clock/fig-cost.csv',
      'data/clock/runs.csv',
      'data/fig-bars.csv',
      'data/fig-grid.csv',
      'data/fig-layers.csv',
      'data/fig-points.csv',
      'data/runs.csv',
      'figures',
      ...['bars', 'cost', 'grid', 'layers', 'points'].flatMap((name) =>
        ['dark', 'light'].map((theme) => `figures/fig-${name}-${theme}.svg`),
      ),
      'report.html',
      'report.json',
      'report.md',
    ]);
    expect(JSON.parse(readFileSync(join(folder, 'report.json'), 'utf8'))).toEqual(built.json);
    expect(readFileSync(join(folder, 'report.html'), 'utf8')).toBe(built.html);
  });

  it('removes data of figures that are gone, and nothing else', async () => {
    mkdirSync(join(folder, 'data'));
    writeFileSync(join(folder, 'data', 'fig-old.csv'), '');
    writeFileSync(join(folder, 'data', 'tbl-old.csv'), '');
    writeFileSync(join(folder, 'data', 'mine.csv'), '');
    mkdirSync(join(folder, 'figures'));
    writeFileSync(join(folder, 'figures', 'fig-old-dark.svg'), '');
    writeFileSync(join(folder, 'figures', 'mine.svg'), '');
    writeFileSync(join(folder, 'data', 'runs.csv'), '');
    const assets = Object.fromEntries(Object.entries(built.assets).filter(([path]) => path !== 'data/runs.csv'));
    await writeReport({ ...built, assets }, folder);
    expect(everything()).not.toContain('data/runs.csv');
    expect(everything()).not.toContain('data/fig-old.csv');
    expect(everything()).not.toContain('data/tbl-old.csv');
    expect(everything()).not.toContain('figures/fig-old-dark.svg');
    expect(everything()).toEqual(expect.arrayContaining(['data/mine.csv', 'figures/mine.svg']));
  });

  it('removes the drafts of a build that was killed, and no other hidden file', async () => {
    mkdirSync(join(folder, 'data', 'clock'), { recursive: true });
    mkdirSync(join(folder, 'figures'));
    const drafts = [
      '.report.html.0a1b2c3d.tmp',
      '.trial.0a1b2c3d.tmp',
      'data/.fig-a.csv.0a1b2c3d.tmp',
      'data/clock/.runs.csv.0a1b2c3d.tmp',
      'figures/.fig-a-dark.svg.0a1b2c3d.tmp',
    ];
    for (const name of [...drafts, '.mine.tmp', '.mine.0a1b2c3d.tmp']) writeFileSync(join(folder, name), '');
    await writeReport(built, folder);
    expect(everything().filter((name) => name.endsWith('.tmp'))).toEqual(['.mine.0a1b2c3d.tmp', '.mine.tmp']);
  });

  it('leaves the old page whole when it cannot be replaced', async () => {
    mkdirSync(join(folder, 'report.html'));
    await expect(writeReport(built, folder)).rejects.toMatchObject({
      name: 'OutputError',
      message: expect.stringMatching(/report\.html cannot be written/) as string,
    });
    expect(everything().filter((name) => name.includes('.tmp'))).toEqual([]);
  });
});

describe('ensureWritable', () => {
  it('makes the folder, and leaves nothing in it', async () => {
    await ensureWritable(join(folder, 'a', 'b'));
    expect(everything()).toEqual(['a', 'a/b']);
  });

  it('refuses a folder under a file', async () => {
    writeFileSync(join(folder, 'file'), '');
    await expect(ensureWritable(join(folder, 'file', 'out'))).rejects.toThrow(
      /^The folder .*file\/out cannot be written: a part of the path is a file, not a folder$/,
    );
    await expect(ensureWritable(join(folder, 'file'))).rejects.toThrow(/there is a file of that name/);
  });
});
