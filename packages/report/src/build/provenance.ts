import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { arch, cpus, platform } from 'node:os';
import { promisify } from 'node:util';
import { Arena, createBackend } from '@relu-lab/core';
import type { Provenance } from '../report.ts';

const run = promisify(execFile);

/** The packages whose code makes the numbers and the page. */
export const packageNames: readonly string[] = [
  ...['core', 'nn', 'datasets', 'analysis', 'sweep', 'report'].map((name) => `@relu-lab/${name}`),
  'plotly.js-dist-min',
];

/**
 * Machine, versions and commit.
 *
 * @param folder - where the study is: packages are looked for from there, and the commit is that of its repository.
 */
export async function surroundings(
  folder: string,
): Promise<Pick<Provenance, 'versions' | 'node' | 'platform' | 'processor' | 'kernels' | 'git'>> {
  const [versions, git] = await Promise.all([packageVersions(folder), commitOf(folder)]);
  return {
    versions,
    node: process.version,
    platform: `${platform()} ${arch()}`,
    processor: cpus()[0]?.model.trim() ?? 'unknown',
    kernels: usualKernels(),
    git,
  };
}

/** The backend and the build that networks run on here unless they ask for others, as in `wasm simd`. */
export function usualKernels(): string {
  try {
    const { name, build } = createBackend(new Arena());
    return `${name} ${build}`;
  } catch (error) {
    // The environment asks for a backend that does not load: runs will fail with this, and `relu-lab info` can show it.
    return `none: ${error instanceof Error ? error.message : String(error)}`;
  }
}

/** Versions of the packages that are found from `folder`, or else from here. */
export async function packageVersions(folder: string): Promise<Readonly<Record<string, string>>> {
  const found = await Promise.all(
    packageNames.map(async (name): Promise<readonly (readonly [string, string])[]> => {
      const file = packageFile(name, folder);
      if (file === undefined) return [];
      const { version } = JSON.parse(await readFile(file, 'utf8')) as { readonly version: string };
      return [[name, version]];
    }),
  );
  return Object.fromEntries(found.flat());
}

/** The `package.json` of a package as `folder` sees it, or else as this package does; undefined where there is none. */
export function packageFile(name: string, folder: string): string | undefined {
  for (const from of [`${folder}/study.js`, import.meta.url]) {
    try {
      return createRequire(from).resolve(`${name}/package.json`);
    } catch {
      // Not there: the next place.
    }
  }
  return undefined;
}

/** The commit of the repository that `folder` is in; null where there is no repository, or no git. */
async function commitOf(folder: string): Promise<Provenance['git']> {
  const git = async (...command: readonly string[]): Promise<string> =>
    (await run('git', ['-C', folder, '--no-optional-locks', ...command])).stdout.trim();
  try {
    const commit = await git('rev-parse', 'HEAD');
    return { commit, dirty: (await git('status', '--porcelain')) !== '' };
  } catch {
    return null;
  }
}
