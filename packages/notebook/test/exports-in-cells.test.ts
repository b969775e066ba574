import { execFileSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { startKernel } from '../src/run/kernel-session.ts';
import { notebooks, repository, runCell } from './cells.ts';

interface Manifest {
  readonly name: string;
  readonly private?: boolean;
  readonly exports?: Readonly<Record<string, string | { readonly default: string }>>;
}

/** Every part of every public package that a cell can import, and the file that it comes from. */
const parts = readdirSync(join(repository, 'packages')).flatMap((folder) => {
  const path = join(repository, 'packages', folder);
  const {
    name,
    private: isPrivate,
    exports = {},
  } = JSON.parse(readFileSync(join(path, 'package.json'), 'utf8')) as Manifest;
  if (isPrivate) return [];
  return Object.entries(exports).flatMap(([part, target]) =>
    typeof target === 'string' ? [] : [[name + part.slice(1), join(path, target.default)] as const],
  );
});

/**
 * A cell's variables are carried on by their declared types, so every type must be one that can be written down. What is exported is
 * found in the built package, not in its types.
 */
it('a cell can keep everything that packages export, and what their functions return', async () => {
  const kernel = await startKernel({ folder: notebooks });
  onTestFinished(() => kernel.shutdown());
  const lines = exportsOf(parts).map(({ name, values, functions }) => {
    const all = name.replace(/\W/g, '_');
    expect(values.length + functions.length, name).toBeGreaterThan(0);
    return [
      `import * as ${all} from '${name}';`,
      `const ${all}_whole = await import('${name}');`,
      ...values.map((key) => `const ${all}_${key} = ${all}.${key};`),
      ...functions.map((key) => {
        const returned = `ReturnType<typeof ${all}.${key}>`;
        return `const ${all}_${key} = null as unknown as ${returned}, ${all}_${key}_awaited = null as unknown as Awaited<${returned}>;`;
      }),
    ];
  });
  expect(lines.length).toBeGreaterThan(10);
  // One cell: compiling takes nearly as long for one package as for all.
  expect(await runCell(kernel, [...lines.flat(), 'undefined'].join('\n'))).toMatchObject({ error: '', status: 'ok' });
});

interface Exported {
  readonly name: string;
  readonly functions: readonly string[];
  /** Classes, too. */
  readonly values: readonly string[];
}

/** Read in a process of its own: this one reads the packages' sources. */
function exportsOf(files: readonly (readonly [name: string, file: string])[]): readonly Exported[] {
  const code = `
    const isFunction = (value) => typeof value === 'function' && !Function.prototype.toString.call(value).startsWith('class');
    const found = JSON.parse(process.argv[1]).map(([name, file]) => {
      const entries = Object.entries(require(file));
      const keys = (asked) => entries.filter(([, value]) => isFunction(value) === asked).map(([key]) => key);
      return { name, functions: keys(true), values: keys(false) };
    });
    console.log(JSON.stringify(found));`;
  return JSON.parse(execFileSync(process.execPath, ['-e', code, JSON.stringify(files)], { encoding: 'utf8' }));
}
