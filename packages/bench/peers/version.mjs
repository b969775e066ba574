import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The version of an installed peer. Not every package lets its package.json be imported. */
export function versionOf(name) {
  return JSON.parse(readFileSync(join(import.meta.dirname, 'node_modules', name, 'package.json'), 'utf8')).version;
}
