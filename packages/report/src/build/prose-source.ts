import { readFile } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ParameterError } from '@relu-lab/core';
import { messageOf } from '../errors.ts';
import type { Report } from '../report.ts';
import type { Study } from '../study.ts';

/**
 * The prose of a study.
 *
 * @throws ParameterError when its file cannot be read.
 */
export async function readProse({ id, prose }: Study): Promise<Report['prose']> {
  if (!(prose instanceof URL)) return { file: 'prose', markdown: prose.markdown };
  const file = fileOf(prose, id);
  try {
    return { file: basename(file), markdown: await readFile(file, 'utf8') };
  } catch (cause) {
    throw new ParameterError(`The prose of the study '${id}' cannot be read: ${messageOf(cause)}`, { cause });
  }
}

/** The folder of a study: that of its prose, or the working directory where it has no file. */
export function studyFolder({ id, prose }: Study): string {
  return prose instanceof URL ? dirname(fileOf(prose, id)) : process.cwd();
}

function fileOf(url: URL, id: string): string {
  if (url.protocol === 'file:') return fileURLToPath(url);
  throw new ParameterError(`The prose of the study '${id}' must be a file beside it, not ${url.href}`);
}
