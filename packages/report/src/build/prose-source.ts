import { readFile, realpath } from 'node:fs/promises';
import { basename, dirname, relative, resolve, sep } from 'node:path';
import { ParameterError } from '@relu-lab/core';
import { messageOf } from '../errors.ts';
import { closingColons } from '../prose/pieces.ts';
import type { Report } from '../report.ts';
import type { Study } from '../study.ts';
import { type StudyFile, fileOf, nameFrom } from './study-files.ts';

/** Prose, and the files that it was read from. */
export interface ReadProse {
  readonly prose: Report['prose'];
  readonly files: readonly StudyFile[];
}

/**
 * The prose of a study, with the files that it includes in their places.
 *
 * @param folder - from which the files are named.
 * @throws ParameterError when its file cannot be read, or one that it includes, or when that lies outside its folder.
 */
export async function readProse({ id, prose }: Pick<Study, 'id' | 'prose'>, folder: string): Promise<ReadProse> {
  if (!(prose instanceof URL)) return { prose: { file: 'prose', markdown: prose.markdown }, files: [] };
  const file = fileOf(prose, `The prose of the study '${id}'`);
  try {
    const content = await readFile(file);
    const included = new Map<string, Uint8Array>();
    const whole = await withIncludes(file, content.toString('utf8'), included);
    const files = [[file, content] as const, ...included].map(([path, bytes]) => ({
      name: nameFrom(folder, path),
      content: bytes,
    }));
    return { prose: whole, files };
  } catch (cause) {
    if (cause instanceof ParameterError) throw cause;
    throw new ParameterError(`The prose of the study '${id}' cannot be read: ${messageOf(cause)}`, { cause });
  }
}

const include = /^ {0,3}:::+\s*include\s+(\S.*?)\s*$/;
const closing = /^ {0,3}:::+\s*$/;
const note = /^ {0,3}:::+\s*(?:note|warning)\s*$/;
const fence = /^ {0,3}(`{3,}|~{3,})/;

/**
 * Puts files where `::: include FILE` stands, outside code. What they include themselves is not looked for. A `:::` below closes it,
 * but in a note, which that closes.
 *
 * @param included - gets the files that were read.
 */
async function withIncludes(
  file: string,
  markdown: string,
  included: Map<string, Uint8Array>,
): Promise<Report['prose']> {
  const lines: string[] = [];
  const parts: { from: number; file: string; line: number }[] = [];
  const source = markdown.split('\n');
  let opened: string | undefined;
  let inNote = false;
  for (let i = 0; i < source.length; i++) {
    const text = source[i] ?? '';
    const [, marks] = fence.exec(text) ?? [];
    if (marks !== undefined) opened = opened === undefined ? marks[0] : marks[0] === opened ? undefined : opened;
    const [, path] = (opened === undefined && include.exec(text)) || [];
    if (path === undefined) {
      if (opened === undefined && (note.test(text) || closing.test(text))) inNote = note.test(text);
      lines.push(text);
      continue;
    }
    const content = await includedFile(file, path, i + 1);
    included.set(resolve(dirname(file), path), content);
    if (!inNote) i = closingColons(source, i);
    parts.push({ from: lines.length + 1, file: path, line: 1 });
    lines.push(...content.toString('utf8').replace(/\n$/, '').split('\n'));
    parts.push({ from: lines.length + 1, file: basename(file), line: i + 2 });
  }
  return {
    file: basename(file),
    markdown: lines.join('\n'),
    ...(parts.length > 0 && { parts: [{ from: 1, file: basename(file), line: 1 }, ...parts] }),
  };
}

/** A file in the folder of the prose, or under it; links that lead out of it are followed and refused. */
async function includedFile(file: string, path: string, line: number): Promise<Buffer> {
  const folder = await realpath(dirname(file));
  const place = `${basename(file)}:${line}`;
  const ensureInside = (named: string): void => {
    const inside = relative(folder, named);
    if (inside === '..' || inside.startsWith(`..${sep}`) || named !== resolve(folder, inside)) {
      throw new ParameterError(`${place}: '${path}' lies outside the study's folder`);
    }
  };
  try {
    ensureInside(resolve(folder, path));
    const found = await realpath(resolve(folder, path));
    ensureInside(found);
    return await readFile(found);
  } catch (cause) {
    if (cause instanceof ParameterError) throw cause;
    throw new ParameterError(`${place}: '${path}' cannot be included: ${messageOf(cause)}`, { cause });
  }
}
