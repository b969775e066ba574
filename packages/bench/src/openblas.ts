import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const packageName = 'libopenblas0-openmp';

/**
 * The folder of an OpenBLAS for `LD_LIBRARY_PATH`, taken from Debian's package without installing it; null where there is
 * no `apt-get`, no network or no such package.
 */
export function fetchOpenblas(cache: string): string | null {
  const root = join(cache, 'openblas');
  const found = libraryFolder(root);
  if (found !== null) return found;
  try {
    mkdirSync(root, { recursive: true });
    execFileSync('apt-get', ['download', packageName], { cwd: root, stdio: 'ignore' });
    const archive = readdirSync(root).find((file) => file.startsWith(packageName) && file.endsWith('.deb'));
    if (archive === undefined) return null;
    execFileSync('dpkg', ['-x', archive, root], { cwd: root, stdio: 'ignore' });
  } catch {
    return null;
  }
  return libraryFolder(root);
}

/** `usr/lib/<architecture>/openblas-openmp`. */
function libraryFolder(root: string): string | null {
  const libraries = join(root, 'usr', 'lib');
  if (!existsSync(libraries)) return null;
  const folders = readdirSync(libraries).map((name) => join(libraries, name, 'openblas-openmp'));
  return folders.find((folder) => existsSync(join(folder, 'libblas.so.3'))) ?? null;
}
