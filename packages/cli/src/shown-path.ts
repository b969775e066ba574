import { relative, resolve } from 'node:path';

/** A path as someone in `from` would type it. */
export function shownPath(from: string, path: string): string {
  const near = relative(from, path);
  return near.startsWith('..') ? resolve(path) : near;
}
