import { existsSync, readdirSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { choices } from '@relu-lab/report';
import { UsageError } from './errors.ts';

/** A study that was found: its file, and the root of the project that it belongs to. */
export interface FoundStudy {
  /** The name of its folder, or of its file. */
  readonly name: string;
  readonly file: string;
  /** Where `dist/reports` goes. */
  readonly root: string;
}

const studyNames = ['study.ts', 'study.mts', 'study.js', 'study.mjs'];

/** The studies of the project that `from` is in: the folders with a study in the nearest `reports` folder, here or above. */
export function projectStudies(from: string): readonly FoundStudy[] {
  const root = projectRoot(from);
  if (root === undefined) return [];
  const reports = join(root, 'reports');
  return readdirSync(reports)
    .sort()
    .flatMap((name) => {
      const file = studyIn(join(reports, name));
      return file === undefined ? [] : [{ name, file, root }];
    });
}

/**
 * The study that `target` means: one of the project's by name, or any by the path of its file or folder.
 *
 * @throws UsageError when there is none (with the nearest name).
 */
export function findStudy(target: string, from: string): FoundStudy {
  if (/[\\/]|^\.+$|\.[cm]?[jt]s$/.test(target)) return studyAt(target, from);
  const studies = projectStudies(from);
  const found = studies.find(({ name }) => name === target);
  if (found) return found;
  if (studies.length === 0) {
    throw new UsageError(
      `There is no study '${target}': no reports folder with a study in ${from} or above. Name a study by its file, as in ./my-study.ts`,
    );
  }
  const names = studies.map(({ name }) => name);
  throw new UsageError(`There is no study '${target}'${choices(target, names)}`);
}

function studyAt(path: string, from: string): FoundStudy {
  const absolute = resolve(from, path);
  if (!existsSync(absolute)) throw new UsageError(`There is no file ${path}`);
  const file = statSync(absolute).isDirectory() ? studyIn(absolute) : absolute;
  if (file === undefined) throw new UsageError(`The folder ${path} has no study: none of ${studyNames.join(', ')}`);
  const name = studyNames.includes(basename(file))
    ? basename(dirname(file))
    : basename(file).replace(/\.[cm]?[jt]s$/, '');
  return { name, file, root: projectRoot(from) ?? from };
}

/** The nearest folder, here or above, whose `reports` folder has a study. */
export function projectRoot(from: string): string | undefined {
  for (let folder = resolve(from); ; folder = dirname(folder)) {
    const reports = join(folder, 'reports');
    if (existsSync(reports) && statSync(reports).isDirectory() && hasStudy(reports)) return folder;
    if (folder === dirname(folder)) return undefined;
  }
}

function hasStudy(reports: string): boolean {
  return readdirSync(reports).some((name) => studyIn(join(reports, name)) !== undefined);
}

function studyIn(folder: string): string | undefined {
  return studyNames.map((name) => join(folder, name)).find((file) => existsSync(file));
}
