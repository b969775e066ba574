import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, extname, join, resolve } from 'node:path';

/** What imports, re-exports and `new URL(…, import.meta.url)` name by a relative path. */
const relativeImport = /(?:\bfrom|\bimport|\bimport\s*\(|\brequire\s*\(|\bnew\s+URL\s*\()\s*['"](\.{1,2}\/[^'"]+)['"]/g;

const codeExtensions = ['.ts', '.mts', '.cts', '.js', '.mjs', '.cjs', '.json'];

/** A file of code. */
export interface CodeFile {
  /** As it was imported: it does not say where the file lies. */
  readonly name: string;
  /** The file's absolute path. */
  readonly file: string;
  readonly content: Uint8Array;
}

/**
 * The file and all that it imports by relative paths, in a fixed order. Packages are no part of it.
 *
 * @throws the file system's error when the file itself cannot be read.
 */
export function codeFiles(start: string): readonly CodeFile[] {
  const found: CodeFile[] = [];
  const seen = new Set<string>();
  const visit = (file: string, name: string): void => {
    if (seen.has(file)) return;
    seen.add(file);
    const content: Buffer = readFileSync(file);
    found.push({ name, file, content });
    for (const [, path = ''] of content.toString('utf8').matchAll(relativeImport)) {
      const target = codeFile(resolve(dirname(file), path));
      if (target !== undefined) visit(target, path);
    }
  };
  visit(resolve(start), 'experiment');
  return found;
}

/** A hash of {@link codeFiles}. */
export function codeHash(start: string): string {
  const hash = createHash('sha256');
  for (const { name, content } of codeFiles(start)) hash.update(`${name} ${content.length}\n`).update(content);
  return hash.digest('hex');
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
