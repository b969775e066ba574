import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** The folder of the repository. */
export const repository: string = join(import.meta.dirname, '..', '..', '..');

/** What these tests read of a package.json. */
export interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly license?: string;
  readonly private?: boolean;
  readonly exports?: Readonly<Record<string, unknown>>;
  readonly typesVersions?: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

/** The package.json in `folder`. */
export function readManifest(folder: string): Manifest {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest;
}

/** The manifests of the packages that are published, by name. */
export const published: readonly Manifest[] = readdirSync(join(repository, 'packages'))
  .map((name) => readManifest(join(repository, 'packages', name)))
  .filter((manifest) => !manifest.private);
