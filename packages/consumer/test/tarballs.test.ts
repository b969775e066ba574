import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, inject, it } from 'vitest';
import { readManifest } from './repository.ts';

const project = inject('project');

describe.each(inject('tarballs'))('the tarball of $name', ({ name, files }) => {
  const folder = join(project, 'node_modules', name);
  const manifest = readManifest(folder);

  it('is what is installed, and not a link into the repository', () => {
    expect(existsSync(join(folder, 'dist', 'index.js'))).toBe(true);
    expect(files).toContain('dist/index.js');
  });

  it('holds no tests and nothing that only a build needs', () => {
    expect(
      files.filter((file) => /\.test\.|\.tsbuildinfo$|(^|\/)(test|fixtures|out-tsc|node_modules)\//.test(file)),
    ).toEqual([]);
  });

  it('names its licence and holds its text', () => {
    expect(manifest.license).toBe('MIT');
    expect(readFileSync(join(folder, 'LICENSE'), 'utf8')).toContain('MIT License');
  });

  it('holds a README', () => {
    expect(files).toContain('README.md');
  });

  it('has typesVersions for every subpath of exports, and for nothing else', () => {
    const subpaths = Object.keys(manifest.exports ?? {})
      .filter((key) => key !== '.' && !key.endsWith('.json'))
      .map((key) => key.replace('./', ''));
    const typed = Object.entries(manifest.typesVersions?.['*'] ?? {});
    expect(typed.map(([subpath]) => subpath).sort()).toEqual(subpaths.sort());
    for (const [, [path]] of typed) expect(files).toContain(path.replace('./', ''));
  });

  it('holds the sources that its maps point to', () => {
    const missing = files
      .filter((file) => file.endsWith('.map'))
      .flatMap((file) => {
        const { sources } = JSON.parse(readFileSync(join(folder, file), 'utf8')) as {
          readonly sources: readonly string[];
        };
        return sources.map((source) => join(dirname(file), source));
      })
      .filter((source) => !files.includes(source));
    expect(missing, 'Was a source renamed? Then delete the dist folder of the package, and build again').toEqual([]);
  });
});
