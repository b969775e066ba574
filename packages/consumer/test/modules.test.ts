import { beforeAll, describe, expect, inject, it } from 'vitest';
import { type Output, run } from './run.ts';

const project = inject('project');
const names = inject('tarballs').map(({ name }) => name);

/** What the scripts of the project print: the packages that they loaded, and what their training gave. */
interface Result {
  readonly loaded: readonly string[];
  readonly losses: readonly number[];
  readonly accuracy: number;
}

describe.each(['use.mjs', 'use.cjs'])('%s', (script) => {
  let output: Output;
  let result: Result;
  beforeAll(async () => {
    output = await run(project, process.execPath, script, ...names);
    result = JSON.parse(output.stdout) as Result;
  });

  it('loads every package, without a warning', () => {
    expect(result.loaded).toEqual(names);
    expect(output.stderr).toBe('');
  });

  it('trains a network that tells two moons apart', () => {
    expect(result.accuracy).toBeGreaterThan(0.97);
    expect(result.losses[result.losses.length - 1]).toBeLessThan(result.losses[0] / 4);
  });
});

describe('the same seed', () => {
  it('gives the same numbers to import and to require', async () => {
    const [imported, required] = await Promise.all(
      ['use.mjs', 'use.cjs'].map((script) => run(project, process.execPath, script)),
    );
    expect(required.stdout).toBe(imported.stdout);
  });
});

describe('the digits', () => {
  it('come with the installed packages', async () => {
    const { stdout } = await run(project, process.execPath, 'digits.mjs');
    // The mean is that of the literature; the last of the 10 000 test digits is a six.
    expect(JSON.parse(stdout)).toEqual({ train: 60_000, test: 10_000, mean: expect.closeTo(0.1307, 4), last: 6 });
  });
});
