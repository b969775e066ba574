import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type ts from 'typescript';
import { beforeAll, describe, expect, inject, it } from 'vitest';
import { repository } from './repository.ts';
import { run } from './run.ts';

const project = inject('project');

it('every package that exports something is checked', () => {
  const exporting = inject('tarballs')
    .map(({ name }) => name)
    .filter(
      (name) =>
        !/^export \{\};$/m.test(readFileSync(join(project, 'node_modules', name, 'dist', 'index.d.ts'), 'utf8')),
    );
  const imported = [...readFileSync(join(project, 'use.ts'), 'utf8').matchAll(/ from '(.*)';$/gm)].map(
    ([, name]) => name,
  );
  expect(imported.sort(), 'Give each package a wrong assignment in project/use.ts').toEqual(exporting.sort());
});

/**
 * Each of the project's TypeScript files makes one wrong assignment a package under `@ts-expect-error`. So a file that
 * checks without a complaint shows both: the types are found, and they are not `any`.
 */
describe('the declarations, read by the compiler of the repository', () => {
  // The same file once more, as a CommonJS module.
  beforeAll(() => copyFileSync(join(project, 'use.ts'), join(project, 'use-required.cts')));

  it.each([
    {
      name: 'nodenext',
      options: { module: 'nodenext', lib: ['es2022'], types: ['node'] },
      files: ['use.ts', 'use-required.cts'],
    },
    { name: 'bundler', options: { module: 'preserve', lib: ['es2022'], types: ['node'] }, files: ['use.ts'] },
    {
      name: 'browser',
      options: { module: 'preserve', lib: ['es2022', 'dom'], types: [], skipLibCheck: false },
      files: ['page.ts'],
    },
  ])('are right in strict mode, resolved for $name', async ({ name, options, files }) => {
    const config = `tsconfig.${name}.json`;
    const compilerOptions = { target: 'es2022', strict: true, noEmit: true, skipLibCheck: true, ...options };
    writeFileSync(join(project, config), JSON.stringify({ compilerOptions, files }));
    const { stdout } = await run(project, join(repository, 'node_modules', '.bin', 'tsc'), '--project', config);
    expect(stdout).toBe('');
  });
});

describe('the declarations, read by the compiler of the notebook kernel', () => {
  const notebook = createRequire(import.meta.url)('@tslab/typescript-for-tslab') as typeof ts;

  it('are right, resolved as the kernel does', () => {
    expect(notebook.version).toBe('5.0.4');
    expect(diagnose(notebook, 'use.ts', { skipLibCheck: true })).toEqual([]);
  });

  it('use nothing that this compiler does not know', () => {
    // The kernel skips this check, and then takes what it does not understand as `any`. With the browser's types, of which
    // it has none: the memory of an arena is a WebAssembly.Memory.
    const options = { skipLibCheck: false, lib: ['lib.es2022.d.ts', 'lib.dom.d.ts'] };
    const ours = diagnose(notebook, 'use.ts', options).filter((line) =>
      /node_modules\/(@relu-lab|relu-lab)\//.test(line),
    );
    expect(ours).toEqual([]);
  });
});

/** The complaints about `file` and all that it imports, one line each, under the options that tslab fixes. */
function diagnose(compiler: typeof ts, file: string, extra: ts.CompilerOptions): readonly string[] {
  const program = compiler.createProgram([join(project, file)], {
    module: compiler.ModuleKind.ESNext,
    moduleResolution: 2 satisfies ts.ModuleResolutionKind.Node10,
    target: compiler.ScriptTarget.ES2022,
    lib: ['lib.es2022.d.ts'],
    types: ['node'],
    typeRoots: [join(project, 'node_modules', '@types')],
    esModuleInterop: true,
    experimentalDecorators: true,
    noEmit: true,
    ...extra,
  });
  return compiler.getPreEmitDiagnostics(program).map(({ file: source, start, messageText }) => {
    const line = source ? source.getLineAndCharacterOfPosition(start ?? 0).line + 1 : 0;
    return `${source?.fileName ?? ''}:${line} ${compiler.flattenDiagnosticMessageText(messageText, '\n')}`;
  });
}
