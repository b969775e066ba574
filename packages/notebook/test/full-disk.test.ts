import { spawnSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { repository, temporaryFolder } from './cells.ts';

const built = pathToFileURL(join(repository, 'packages', 'notebook', 'dist', 'run.js')).href;

describe.skipIf(process.platform === 'win32')('on a disk that takes a part of the notebook', () => {
  it('saveNotebook says so, and leaves the notebook as it was', () => {
    const before = '{"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}';
    const folder = temporaryFolder({ 'n.ipynb': before });
    const path = join(folder, 'n.ipynb');
    const code = `
      import { readNotebook, saveNotebook } from ${JSON.stringify(built)};
      const notebook = readNotebook(process.argv[1]);
      try {
        saveNotebook(notebook, { ...notebook.document, metadata: { long: 'x'.repeat(1_000_000) } });
        console.log('saved');
      } catch (error) {
        console.log(error.name, error.message);
      }`;
    // No file of this shell's children may grow beyond 64 blocks of 512 or 1024 bytes: the first write ends there, short.
    const limited = ['-c', 'ulimit -f 64; exec "$@"', 'sh', process.execPath, '--input-type=module', '-e', code, path];
    const { stdout, stderr } = spawnSync('sh', limited, { encoding: 'utf8' });
    expect(stdout, stderr).toBe(`DataError ${path} cannot be saved (EFBIG: file too large, write); it is as it was\n`);
    expect(readFileSync(path, 'utf8')).toBe(before);
    expect(readdirSync(folder)).toEqual(['n.ipynb']);
  });
});
