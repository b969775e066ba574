import { readFile, realpath } from 'node:fs/promises';
import { basename, dirname, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ParameterError } from '@relu-lab/core';
import { messageOf } from '../errors.ts';
import type { Report } from '../report.ts';
import type { Study } from '../study.ts';

/**
 * The prose of a study, with the files that it includes in their places.
 *
 * @throws ParameterError when its file cannot be read, or one that it includes, or when that lies outside its folder.
 */
export async function readProse({ id, prose }: Study): Promise<Report['prose']> {
  if (!(prose instanceof URL)) return { file: 'prose', markdown: prose.markdown };
  const file = fileOf(prose, id);
  try {
    return await withIncludes(file, await readFile(file, 'utf8'));
  } catch (cause) {
    if (cause instanceof ParameterError) throw cause;
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

const include = /^ {0,3}:::+\s*include\s+(\S.*?)\s*$/;
const fence = /^ {0,3}(`{3,}|~{3,})/;

/** Puts files where `::: include FILE` stands, outside code. What they include themselves is not looked for. */
async function withIncludes(file: string, markdown: string): Promise<Report['prose']> {
  const lines: string[] = [];
  const parts: { from: number; file: string; line: number }[] = [];
  const source = markdown.split('\n');
  let opened: string | undefined;
  for (const [i, text] of source.entries()) {
    const [, marks] = fence.exec(text) ?? [];
    if (marks !== undefined) opened = opened === undefined ? marks[0] : marks[0] === opened ? undefined : opened;
    const [, path] = (opened === undefined && include.exec(text)) || [];
    if (path === undefined) {
      lines.push(text);
      continue;
    }
    const content = await includedFile(file, path, i + 1);
    parts.push({ from: lines.length + 1, file: path, line: 1 });
    lines.push(...content.replace(/\n$/, '').split('\n'));
    parts.push({ from: lines.length + 1, file: basename(file), line: i + 2 });
  }
  return {
    file: basename(file),
    markdown: lines.join('\n'),
    ...(parts.length > 0 && { parts: [{ from: 1, file: basename(file), line: 1 }, ...parts] }),
  };
}

/** The text of a file in the folder of the prose, or under it; links that lead out of it are followed and refused. */
async function includedFile(file: string, path: string, line: number): Promise<string> {
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
    return await readFile(found, 'utf8');
  } catch (cause) {
    if (cause instanceof ParameterError) throw cause;
    throw new ParameterError(`${place}: '${path}' cannot be included: ${messageOf(cause)}`, { cause });
  }
}

/** The file that defines a study: `study.ts`, or one with the name of the prose, in the same folder; undefined where there is none. */
export async function readSource({ id, prose }: Study): Promise<Report['source']> {
  if (!(prose instanceof URL)) return undefined;
  const file = fileOf(prose, id);
  const names = [basename(file).replace(/\.\w+$/, ''), 'study'];
  for (const name of names.flatMap((stem) => ['ts', 'mts', 'js', 'mjs'].map((end) => `${stem}.${end}`))) {
    const code = await readFile(resolve(dirname(file), name), 'utf8').catch(() => undefined);
    if (code !== undefined) return { file: name, code };
  }
  return undefined;
}
