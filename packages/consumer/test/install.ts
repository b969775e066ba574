import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { published, readManifest, repository } from './repository.ts';
import { run } from './run.ts';

/** One packed package: its name, and the paths of the files in it. */
export interface Tarball {
  readonly name: string;
  readonly files: readonly string[];
}

declare module 'vitest' {
  export interface ProvidedContext {
    /** Folder of the project into which the tarballs are installed. */
    project: string;
    tarballs: readonly Tarball[];
  }
}

/**
 * Packs every published package, installs the tarballs into an empty project outside the repository, and puts the files
 * of `project/` there, which use them. All of it is removed when the tests have ended.
 */
export default async function install({ provide }: TestProject): Promise<() => void> {
  const folder = mkdtempSync(join(tmpdir(), 'relu-lab-consumer-'));
  const remove = (): void => rmSync(folder, { recursive: true, force: true });
  try {
    const workspaces = published.flatMap(({ name }) => ['--workspace', name]);
    const packed = await run(repository, 'npm', 'pack', '--json', '--pack-destination', folder, ...workspaces);
    const tarballs = readPacked(packed.stdout);
    const project = join(folder, 'project');
    cpSync(join(import.meta.dirname, '..', 'project'), project, { recursive: true });
    writeFileSync(join(project, 'package.json'), JSON.stringify(projectManifest(tarballs), null, 2));
    await run(project, 'npm', 'install', '--prefer-offline', '--no-audit', '--no-fund');
    provide('project', project);
    provide(
      'tarballs',
      tarballs.map(({ name, files }) => ({ name, files: files.map(({ path }) => path) })),
    );
  } catch (error) {
    remove();
    throw error;
  }
  return remove;
}

interface Packed {
  readonly name: string;
  readonly filename: string;
  readonly files: readonly { readonly path: string }[];
}

/** npm writes an array, or from version 12 on an object by package name. */
function readPacked(json: string): readonly Packed[] {
  return Object.values(JSON.parse(json) as Record<string, Packed>);
}

/**
 * All tarballs are named, so that `^0.1.0` inside one of them is met by another and not looked for in a registry. Studies
 * also need zod for their parameters, and type checks the types of Node.
 */
function projectManifest(tarballs: readonly Packed[]): object {
  return {
    name: 'a-project',
    private: true,
    type: 'module',
    dependencies: {
      ...Object.fromEntries(tarballs.map(({ name, filename }) => [name, `file:../${filename}`])),
      zod: published.find(({ name }) => name === '@relu-lab/report')?.dependencies?.['zod'],
    },
    devDependencies: { '@types/node': readManifest(repository).devDependencies?.['@types/node'] },
  };
}
