import { execFileSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { repository } from './cells.ts';

interface Manifest {
  readonly name: string;
  readonly private?: boolean;
  readonly main: string;
  readonly types: string;
  readonly typesVersions?: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
  readonly exports: Readonly<Record<string, string | Readonly<Record<string, string>>>>;
  readonly dependencies?: Readonly<Record<string, string>>;
}

const require = createRequire(import.meta.url);
const read = (path: string): Manifest => JSON.parse(readFileSync(path, 'utf8'));
const folders = readdirSync(join(repository, 'packages')).map((name) => join(repository, 'packages', name));
const packages = folders
  .map((folder) => ({ folder, manifest: read(join(folder, 'package.json')) }))
  .filter(({ manifest }) => !manifest.private);

describe.each(packages)('$manifest.name', ({ folder, manifest }) => {
  const parts = Object.entries(manifest.exports).filter(([, target]) => typeof target === 'object');

  it('tells old and new resolution the same', () => {
    for (const [part, target] of parts) {
      const types = part === '.' ? [manifest.types] : manifest.typesVersions?.['*']?.[part.slice(2)];
      expect(types, part).toEqual([(target as Record<string, string>)['types']]);
    }
    expect(manifest.main).toBe((manifest.exports['.'] as Record<string, string>)['default']);
    expect(Object.keys(manifest.typesVersions?.['*'] ?? {})).toHaveLength(parts.length - 1);
  });

  it('can be required: nothing in it awaits at top level', () => {
    // In a process of its own: this one reads the packages' sources.
    const files = parts.map(([, target]) => join(folder, (target as Record<string, string>)['default']));
    const code = `process.argv.slice(1).forEach((file) => require(file))`;
    execFileSync(process.execPath, ['-e', code, ...files], { stdio: 'pipe' });
  });

  it('declares nothing that the kernel’s TypeScript silently takes for any', () => {
    const declarations = readdirSync(join(folder, 'dist'), { recursive: true, encoding: 'utf8' }).filter((name) =>
      name.endsWith('.d.ts'),
    );
    expect(declarations.length).toBeGreaterThan(0);
    for (const name of declarations) {
      const text = readFileSync(join(folder, 'dist', name), 'utf8');
      expect(text, name).not.toMatch(
        /\b(?:Float|Int|Uint|BigInt|BigUint)\w*Array<|\bNoInfer<|\bMapIterator<|\bSetIterator</,
      );
    }
  });
});

describe('the toolchain', () => {
  const root = read(join(repository, 'package.json')) as Manifest & {
    readonly devDependencies: Record<string, string>;
  };

  it('has the one tslab whose internals the kernel knows', () => {
    const { dependencies } = read(join(repository, 'packages', 'notebook', 'package.json'));
    expect(dependencies?.['tslab']).toBe('1.0.22');
    expect(JSON.parse(readFileSync(require.resolve('tslab/package.json'), 'utf8')).version).toBe('1.0.22');
  });

  it('keeps its own tsc, although tslab brings another', () => {
    const bin = join(dirname(require.resolve('tslab/package.json')), '..', '.bin', 'tsc');
    const version = execFileSync(bin, ['--version'], { encoding: 'utf8' }).trim();
    expect(root.devDependencies['@microsoft/typescript']).toBe(`npm:typescript@${version.replace('Version ', '')}`);
  });
});
