import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { madeUpResults } from '../test/made-up-results.ts';
import { UsageError } from './options.ts';
import { readResults } from './read-results.ts';

const folder = mkdtempSync(join(tmpdir(), 'relu-lab-results-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('readResults', () => {
  it('reads what a run has written', () => {
    writeFileSync(join(folder, 'run.json'), JSON.stringify(madeUpResults()));
    expect(readResults('run.json', folder)).toEqual(madeUpResults());
  });

  it.each([
    ['{', '--render cannot read made.json: '],
    ['null', 'made.json holds no results of the bench'],
    ['{ "schema": 2 }', 'made.json holds no results of the bench'],
    [null, '--render cannot read made.json: ENOENT'],
  ])('refuses %s in a line', (text, message) => {
    const file = join(folder, 'made.json');
    rmSync(file, { force: true });
    if (text !== null) writeFileSync(file, text);
    expect(() => readResults('made.json', folder)).toThrow(UsageError);
    expect(() => readResults('made.json', folder)).toThrow(message);
  });
});
