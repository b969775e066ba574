import { randomBytes } from 'node:crypto';
import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { OutputError } from '../errors.ts';
import { writeJson } from '../json.ts';
import type { BuiltReport } from './build-study.ts';

/** Where a report was written. */
export interface WrittenReport {
  readonly html: string;
  readonly markdown: string;
  readonly json: string;
  /** The other files. */
  readonly assets: readonly string[];
}

/**
 * Makes the folder, where needed, and tries to write in it: before hours of computing rather than after them.
 *
 * @throws OutputError when it cannot be made or written.
 */
export async function ensureWritable(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
    const trial = join(folder, draftName('trial'));
    await writeFile(trial, '');
    await rm(trial);
  } catch (cause) {
    throw unwritable(`The folder ${resolve(folder)}`, cause);
  }
}

/**
 * Writes `report.html`, `report.md`, `report.json`, `data/runs.csv`, `data/<figure>.csv`, `data/<table>.csv` of long tables, and `figures/<figure>-light.svg` and
 * `-dark.svg`. Each file appears complete or not at all, and the page last. Data and pictures that the report no longer has are removed, and so are the
 * drafts of a build that was killed.
 *
 * @throws OutputError when something cannot be written.
 */
export async function writeReport(built: BuiltReport, folder: string): Promise<WrittenReport> {
  const write = (path: string, content: string): Promise<string> => writeWhole(folder, path, content);
  await removeDrafts(folder);
  const assets: string[] = [];
  for (const [path, content] of Object.entries(built.assets)) assets.push(await write(path, content));
  await removeOldData(folder, Object.keys(built.assets));
  const json = await write('report.json', writeJson(built.json));
  const markdown = await write('report.md', built.markdown);
  const html = await write('report.html', built.html);
  return { html, markdown, json, assets };
}

/**
 * Writes a file that appears complete or not at all.
 *
 * @returns its path.
 * @throws OutputError when it cannot be written.
 */
export async function writeWhole(folder: string, path: string, content: string): Promise<string> {
  const file = join(folder, path);
  const draft = join(dirname(file), draftName(path));
  try {
    await mkdir(dirname(file), { recursive: true });
    await writeFile(draft, content);
    await rename(draft, file);
  } catch (cause) {
    await rm(draft, { force: true }).catch(() => undefined);
    throw unwritable(resolve(file), cause);
  }
  return file;
}

const assetFolders = ['data', 'data/clock', 'figures'] as const;

/** What a build that was killed while it wrote has left. */
async function removeDrafts(folder: string): Promise<void> {
  for (const part of ['.', ...assetFolders]) {
    const names = await readdir(join(folder, part)).catch(() => []);
    for (const name of names.filter((name) => draftPattern.test(name)))
      await rm(join(folder, part, name), { force: true });
  }
}

async function removeOldData(folder: string, current: readonly string[]): Promise<void> {
  for (const part of assetFolders) {
    const names = await readdir(join(folder, part)).catch(() => []);
    const old = names.filter(
      (name) =>
        /^(fig-[a-z0-9-]+\.(csv|svg)|tbl-[a-z0-9-]+\.csv|runs\.csv)$/.test(name) &&
        !current.includes(`${part}/${name}`),
    );
    for (const name of old) await rm(join(folder, part, name), { force: true });
  }
}

const draftPattern =
  /^\.(report\.(html|md|json)|fig-[a-z0-9-]+\.(csv|svg)|tbl-[a-z0-9-]+\.csv|runs\.csv|trial)\.[0-9a-f]{8}\.tmp$/;

function draftName(path: string): string {
  return `.${path.replace(/.*\//, '')}.${randomBytes(4).toString('hex')}.tmp`;
}

const reasons: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EPERM: 'not permitted',
  EROFS: 'the file system is read-only',
  ENOSPC: 'no space is left',
  ENOTDIR: 'a part of the path is a file, not a folder',
  EEXIST: 'there is a file of that name',
};

function unwritable(what: string, cause: unknown): OutputError {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  const reason = Object.hasOwn(reasons, code) ? reasons[code] : cause instanceof Error ? cause.message : String(cause);
  return new OutputError(`${what} cannot be written: ${reason}`, { cause });
}
