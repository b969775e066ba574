import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ParameterError } from '@relu-lab/core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { placeOf } from '../page-plan.ts';
import type { Report } from '../report.ts';
import { type ReadProse, readProse } from './prose-source.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'relu-lab-prose-'));
  mkdirSync(join(root, 'study', 'parts'), { recursive: true });
  writeFileSync(join(root, 'secret.md'), 'secret');
  writeFileSync(join(root, 'study', 'parts', 'one.md'), 'first\nsecond\n');
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const readAll = (markdown: string): Promise<ReadProse> => {
  const file = join(root, 'study', 'study.md');
  writeFileSync(file, markdown);
  return readProse({ id: 'x', prose: pathToFileURL(file) }, join(root, 'study'));
};
const read = async (markdown: string): Promise<Report['prose']> => (await readAll(markdown)).prose;

describe('readProse', () => {
  it('puts a file where it is included, and knows where every line comes from', async () => {
    const prose = await read('a\n::: include parts/one.md\nb\n');
    expect(prose.markdown).toBe('a\nfirst\nsecond\nb\n');
    expect([1, 2, 3, 4].map((line) => placeOf(prose, line))).toEqual([
      'study.md:1',
      'parts/one.md:1',
      'parts/one.md:2',
      'study.md:3',
    ]);
  });

  it.each([
    [
      'closes an include with the colons below it',
      'a\n::: include parts/one.md\n\n:::\nb\n',
      'a\nfirst\nsecond\nb\n',
      5,
    ],
    [
      'leaves the colons below it to the note that it stands in',
      '::: note\n::: include parts/one.md\n:::\nb\n',
      '::: note\nfirst\nsecond\n:::\nb\n',
      4,
    ],
  ])('%s', async (_what, markdown, whole, line) => {
    const prose = await read(markdown);
    expect(prose.markdown).toBe(whole);
    const at = whole.split('\n').indexOf('b') + 1;
    expect(placeOf(prose, at)).toBe(`study.md:${line}`);
  });

  it('gives every file as it lies on the disk', async () => {
    const markdown = 'a\r\n::: include parts/one.md\n::: include parts/one.md\n';
    const { files } = await readAll(markdown);
    expect(files.map(({ name, content }) => [name, Buffer.from(content).toString()])).toEqual([
      ['study.md', markdown],
      ['parts/one.md', 'first\nsecond\n'],
    ]);
  });

  it('leaves code that shows how to include as it is', async () => {
    const code = '```\n::: include ../secret.md\n```\n';
    expect(await read(code)).toEqual({ file: 'study.md', markdown: code });
  });

  it.each(['../secret.md', '../not-there.md', 'parts/../../secret.md', '/etc/hostname', 'link.md'])(
    'refuses %s, which lies outside the folder of the study',
    async (path) => {
      symlinkSync(join(root, 'secret.md'), join(root, 'study', 'link.md'));
      await expect(read(`x\n::: include ${path}`)).rejects.toThrow(ParameterError);
      await expect(read(`x\n::: include ${path}`)).rejects.toThrow(
        `study.md:2: '${path}' lies outside the study's folder`,
      );
    },
  );

  it('says which file is not there, and where it is named', async () => {
    await expect(read('::: include none.md')).rejects.toThrow(/^study\.md:1: 'none\.md' cannot be included: ENOENT/);
  });
});
