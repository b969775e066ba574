import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, extname, join, resolve } from 'node:path';
import { packageFile, packageNames } from './provenance.ts';

/** What imports, re-exports and `new URL(…, import.meta.url)` name by a relative path. */
const relativeImport = /(?:\bfrom|\bimport|\bimport\s*\(|\brequire\s*\(|\bnew\s+URL\s*\()\s*['"](\.{1,2}\/[^'"]+)['"]/g;

/** Pages have no influence on runs. */
const computingPackages = packageNames.filter((name) => name !== '@relu-lab/report' && name.startsWith('@relu-lab/'));

const codeExtensions = ['.ts', '.mts', '.cts', '.js', '.mjs', '.cjs', '.json'];

/**
 * A hash of the code that the runs of an experiment depend on: its file and everything that this imports by a relative
 * path, and the packages of the lab that compute. What other packages hold is no part of it.
 */
export function codeFingerprint(experimentFile: string): string {
  const hash = createHash('sha256');
  const add = (name: string, content: Buffer): void => {
    hash.update(`${name} ${content.length}\n`).update(content);
  };
  for (const [name, content] of importedFiles(experimentFile)) add(name, content);
  for (const name of computingPackages) {
    const manifest = packageFile(name, dirname(experimentFile));
    if (manifest === undefined) continue;
    add(`${name}/package.json`, readFileSync(manifest));
    for (const file of codeIn(join(dirname(manifest), 'dist'))) add(name, readFileSync(file));
  }
  return hash.digest('hex');
}

/** The file and all that it imports by relative paths, in a fixed order, with names that do not say where they lie. */
function importedFiles(start: string): readonly (readonly [name: string, content: Buffer])[] {
  const found: [string, Buffer][] = [];
  const seen = new Set<string>();
  const visit = (file: string, name: string): void => {
    if (seen.has(file)) return;
    seen.add(file);
    const content = readFileSync(file);
    found.push([name, content]);
    for (const [, path = ''] of content.toString('utf8').matchAll(relativeImport)) {
      const target = codeFile(resolve(dirname(file), path));
      if (target !== undefined) visit(target, path);
    }
  };
  visit(resolve(start), 'experiment');
  return found;
}

/** The file that an import means: as it is, as the TypeScript behind a `.js`, or with its extension left out. */
function codeFile(path: string): string | undefined {
  const typescript = path.replace(/\.([cm]?)js$/, '.$1ts');
  const candidates = [
    path,
    typescript,
    ...codeExtensions.map((extension) => path + extension),
    join(path, 'index.ts'),
    join(path, 'index.js'),
  ];
  return candidates.find((file) => codeExtensions.includes(extname(file)) && existsSync(file));
}

function codeIn(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.js'))
    .sort()
    .map((name) => join(folder, name));
}
