import { DataError } from '@relu-lab/core';
import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/**
 * Writes the page of a notebook: beside it without `out`, into that file where it is one (`.html`) and there is one page, else into that folder.
 * A page appears complete or not at all.
 *
 * @returns the page's path.
 * @throws DataError when it cannot be written.
 */
export function writePage(
  html: string,
  notebook: string,
  { out, several }: { readonly out: string | undefined; readonly several: boolean },
): string {
  const name = `${basename(notebook, '.ipynb')}.html`;
  // Several pages share a folder, whatever it is called.
  const isFile = out?.endsWith('.html') === true && !several;
  const path = out === undefined ? join(dirname(notebook), name) : isFile ? out : join(out, name);
  const temporary = `${path}.${randomUUID()}.tmp`;
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(temporary, html);
    renameSync(temporary, path);
  } catch (error) {
    if (existsSync(temporary)) rmSync(temporary);
    throw new DataError(`${path} cannot be written (${error instanceof Error ? error.message : String(error)})`);
  }
  return path;
}
