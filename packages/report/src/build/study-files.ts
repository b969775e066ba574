import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ParameterError } from '@relu-lab/core';
import { codeFiles } from '@relu-lab/sweep';
import { messageOf } from '../errors.ts';
import type { Report } from '../report.ts';
import type { Study } from '../study.ts';

/** A file as it lies on the disk, named from the folder of its study. */
export interface StudyFile {
  readonly name: string;
  readonly content: Uint8Array;
}

/** Where a study is. */
export interface StudyPlace {
  /** That of the study's file, or of its prose, or else the working directory. */
  readonly folder: string;
  /** The file that defines the study; left out where it is not known. */
  readonly file?: string;
}

/**
 * Where a study is, which does not know its own file.
 *
 * @param file - the file, where whoever loaded it knows. Default: `bumps.ts` beside the prose `bumps.md`, where there is one.
 * @throws ParameterError when the prose is no file beside the study.
 */
export function placeOfStudy({ id, prose }: Pick<Study, 'id' | 'prose'>, file?: string): StudyPlace {
  if (file !== undefined) return { folder: dirname(resolve(file)), file: resolve(file) };
  if (!(prose instanceof URL)) return { folder: process.cwd() };
  const beside = fileOf(prose, `The prose of the study '${id}'`);
  const stem = beside.replace(/\.\w+$/, '');
  const found = ['ts', 'mts', 'js', 'mjs'].map((end) => `${stem}.${end}`).find((name) => existsSync(name));
  return { folder: dirname(beside), ...(found !== undefined && { file: found }) };
}

/** @throws ParameterError when the URL is none of a file. */
export function fileOf(url: URL, what: string): string {
  if (url.protocol === 'file:') return fileURLToPath(url);
  throw new ParameterError(`${what} must be a file beside it, not ${url.href}`);
}

/** What a file is called in a report: its path from the folder of the study. */
export function nameFrom(folder: string, file: string): string {
  return relative(folder, file).split(sep).join('/');
}

/**
 * The study's file and all that it imports by relative paths from its folder and the one above; none where the file is not known. What
 * lies further off is a library, of which commit and versions tell.
 *
 * @throws ParameterError when the file cannot be read.
 */
export function readCode({ folder, file }: StudyPlace): readonly StudyFile[] {
  if (file === undefined) return [];
  try {
    const code = codeFiles(file).map((found) => ({ name: nameFrom(folder, found.file), content: found.content }));
    return code.filter(({ name }) => !name.startsWith('../../'));
  } catch (cause) {
    throw new ParameterError(`The file of the study cannot be read: ${messageOf(cause)}`, { cause });
  }
}

/** The code that a page shows: the study's, then what it imports. Data among it are not shown. */
export function sourceOf(code: readonly StudyFile[]): Report['source'] {
  const [study, ...rest] = code.map(({ name, content }) => ({ file: name, code: new TextDecoder().decode(content) }));
  const imports = rest.filter(({ file }) => !file.endsWith('.json'));
  return study && { ...study, ...(imports.length > 0 && { imports }) };
}

/**
 * The files of data that a study states.
 *
 * @throws ParameterError when one cannot be read.
 */
export async function readInputs({ id, inputs = [] }: Study, { folder }: StudyPlace): Promise<readonly StudyFile[]> {
  return Promise.all(
    inputs.map(async (url) => {
      const file = fileOf(url, `The input of the study '${id}'`);
      try {
        return { name: nameFrom(folder, file), content: await readFile(file) };
      } catch (cause) {
        throw new ParameterError(`The input '${file}' of the study '${id}' cannot be read: ${messageOf(cause)}`, {
          cause,
        });
      }
    }),
  );
}
