import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { defineStudy } from '../study.ts';
import { buildStudy } from './build-study.ts';
import { placeOfStudy, readCode } from './study-files.ts';

/** SHA-256 of `abc` and of nothing, as FIPS 180 has them. */
const hashOfAbc = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';
const hashOfNothing = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';

let root: string;
const path = (name: string): string => join(root, name);
const url = (name: string): URL => pathToFileURL(path(name));
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'relu-lab-files-'));
  mkdirSync(path('own'));
  const files = {
    'study.ts': 'export default {};',
    'text.md': 'Text.',
    'bumps.md': 'Bumps.',
    'bumps.ts': '',
    'shared.ts': 'abc',
    'own/mine.ts': "import { a } from './parts.js';\nimport '../shared.ts';\nimport table from './table.json';",
    'own/parts.ts': '',
    'own/table.json': '{}',
    'own/mine.md': '::: include part.md\n',
    'own/part.md': 'abc',
    'own/weights.csv': 'abc',
  };
  for (const [name, text] of Object.entries(files)) writeFileSync(path(name), text);
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

const study = (prose: URL | { markdown: string }, inputs: readonly URL[] = []) =>
  defineStudy({
    id: 'mine',
    title: 'Mine',
    parameters: z.object({}),
    profiles: { quick: {}, full: {} },
    inputs,
    run: () => null,
    claims: () => [],
    figures: () => ({}),
    tables: () => ({}),
    prose,
  });

describe('placeOfStudy', () => {
  it('believes whoever loaded the study', () => {
    const place = { folder: path('own'), file: path('own/mine.ts') };
    expect(placeOfStudy(study(url('text.md')), path('own/mine.ts'))).toEqual(place);
    expect(placeOfStudy(study({ markdown: '' }), path('own/mine.ts'))).toEqual(place);
  });

  it('takes the file of the name of the prose, and never another study beside it', () => {
    expect(placeOfStudy(study(url('bumps.md')))).toEqual({ folder: root, file: path('bumps.ts') });
    expect(placeOfStudy(study(url('text.md')))).toEqual({ folder: root });
  });
});

describe('readCode', () => {
  it('leaves out what is imported from further off than the folder above', () => {
    mkdirSync(path('own/deep/er'), { recursive: true });
    writeFileSync(path('own/deep/er/far.ts'), "import '../near.ts';\nimport '../../mine.ts';");
    writeFileSync(path('own/deep/near.ts'), '');
    const names = readCode({ folder: path('own/deep/er'), file: path('own/deep/er/far.ts') }).map(({ name }) => name);
    expect(names).toEqual(['far.ts', '../near.ts']);
    expect(readCode({ folder: root })).toEqual([]);
  });
});

describe('a report', () => {
  it('hashes the files as they lie on the disk: code, what it imports, prose, what that includes, and inputs', async () => {
    const { report, html } = await buildStudy(study(url('own/mine.md'), [url('own/weights.csv')]), {
      file: path('own/mine.ts'),
    });
    const { inputs = {} } = report.provenance;
    expect(Object.keys(inputs)).toEqual([
      'mine.ts',
      'parts.ts',
      '../shared.ts',
      'table.json',
      'mine.md',
      'part.md',
      'weights.csv',
    ]);
    expect(inputs).toMatchObject({
      'parts.ts': hashOfNothing,
      '../shared.ts': hashOfAbc,
      'part.md': hashOfAbc,
      'weights.csv': hashOfAbc,
    });
    expect(report.source?.file).toBe('mine.ts');
    expect(report.source?.imports).toEqual([
      { file: 'parts.ts', code: '' },
      { file: '../shared.ts', code: 'abc' },
    ]);
    expect(html.match(/<details class="source"><summary>.*?<\/summary>/g)).toEqual([
      '<details class="source"><summary>The study: mine.ts</summary>',
      '<details class="source"><summary>parts.ts</summary>',
      '<details class="source"><summary>../shared.ts</summary>',
    ]);
    expect(JSON.stringify(report)).not.toContain(root);
  });

  it('shows the file of a study whose prose is in it, and none where it is not known', async () => {
    const inline = study({ markdown: 'Text.' });
    const known = await buildStudy(inline, { file: path('study.ts') });
    expect(known.report.source).toEqual({ file: 'study.ts', code: 'export default {};' });
    expect(known.report.provenance.git).toBeNull();
    const { source, provenance } = (await buildStudy(inline)).report;
    expect([source, provenance.inputs]).toEqual([undefined, {}]);
  });

  it('names an input that is not there', async () => {
    await expect(buildStudy(study({ markdown: '' }, [url('none.csv')]))).rejects.toThrow(
      /The input '.*none\.csv' of the study 'mine' cannot be read: ENOENT/,
    );
    await expect(buildStudy(study({ markdown: '' }), { file: path('none.ts') })).rejects.toThrow(
      /The file of the study cannot be read: ENOENT/,
    );
  });
});
