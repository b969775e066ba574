import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, readdirSync } from 'node:fs';
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

/**
 * Variables that have OpenBLAS take the kernels for this processor's vector units, unless the caller's name others: on a model that is
 * newer than itself it would fall back to those of a Pentium 4, a fifth as fast.
 */
export function openblasKernels(): Readonly<Record<string, string>> {
  if (process.env['OPENBLAS_CORETYPE'] !== undefined || !existsSync('/proc/cpuinfo')) return {};
  const coreType = coreTypeFor(/^flags\s*: (.*)$/m.exec(readFileSync('/proc/cpuinfo', 'utf8'))?.[1] ?? '');
  return coreType === null ? {} : { OPENBLAS_CORETYPE: coreType };
}

/** OpenBLAS's name for the first processors with the vector units of these flags of Linux; null for none that it could miss. */
export function coreTypeFor(flags: string): string | null {
  const has = new Set(flags.split(' '));
  if (['avx512f', 'avx512bw', 'avx512dq', 'avx512vl'].every((flag) => has.has(flag))) return 'SkylakeX';
  if (['avx2', 'fma'].every((flag) => has.has(flag))) return 'Haswell';
  return null;
}

/** `usr/lib/<architecture>/openblas-openmp`. */
function libraryFolder(root: string): string | null {
  const libraries = join(root, 'usr', 'lib');
  if (!existsSync(libraries)) return null;
  const folders = readdirSync(libraries).map((name) => join(libraries, name, 'openblas-openmp'));
  return folders.find((folder) => existsSync(join(folder, 'libblas.so.3'))) ?? null;
}
