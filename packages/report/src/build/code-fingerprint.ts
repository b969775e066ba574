import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { codeFiles } from '@relu-lab/sweep';
import { packageFile, packageNames } from './provenance.ts';

/** Pages have no influence on runs. */
const computingPackages = packageNames.filter((name) => name !== '@relu-lab/report' && name.startsWith('@relu-lab/'));

/**
 * A hash of the code that the runs of an experiment depend on: its file and everything that this imports by a relative
 * path, and the packages of the lab that compute. What other packages hold is no part of it.
 */
export function codeFingerprint(experimentFile: string): string {
  const hash = createHash('sha256');
  const add = (name: string, content: Uint8Array): void => {
    hash.update(`${name} ${content.length}\n`).update(content);
  };
  for (const { name, content } of codeFiles(experimentFile)) add(name, content);
  for (const name of computingPackages) {
    const manifest = packageFile(name, dirname(experimentFile));
    if (manifest === undefined) continue;
    add(`${name}/package.json`, readFileSync(manifest));
    for (const file of codeIn(join(dirname(manifest), 'dist'))) add(name, readFileSync(file));
  }
  return hash.digest('hex');
}

function codeIn(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.js'))
    .sort()
    .map((name) => join(folder, name));
}
