import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runNotebookCommand } from './notebook.ts';

describe('relu-lab notebook', () => {
  it('says how to get the package that it needs, where that is not installed', async () => {
    const said: string[] = [];
    const terminal = { out: () => undefined, info: (line: string) => said.push(line) };
    const code = await runNotebookCommand(['run', 'x.ipynb'], terminal, [join(tmpdir(), 'package.json')]);
    expect(code).toBe(2);
    expect(said).toEqual([
      'Error: notebooks need @relu-lab/notebook, which is not installed here: npm install --save-dev @relu-lab/notebook',
    ]);
  });
});
