import { randomUUID } from 'node:crypto';
import {
  closeSync,
  fsyncSync,
  openSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { DataError } from '@relu-lab/core';
import { isRecord, isText, outputsProblem } from './outputs-problem.ts';

/** What a cell shows, as nbformat 4 has it. */
export type Output =
  | { readonly output_type: 'stream'; readonly name: string; readonly text: string | readonly string[] }
  | {
      readonly output_type: 'display_data';
      readonly data: Readonly<Record<string, unknown>>;
      readonly metadata: Readonly<Record<string, unknown>>;
    }
  | {
      readonly output_type: 'execute_result';
      readonly execution_count: number | null;
      readonly data: Readonly<Record<string, unknown>>;
      readonly metadata: Readonly<Record<string, unknown>>;
    }
  | {
      readonly output_type: 'error';
      readonly ename: string;
      readonly evalue: string;
      readonly traceback: readonly string[];
    };

export interface NotebookCell {
  readonly cell_type: string;
  readonly source: string | readonly string[];
  readonly metadata?: Readonly<Record<string, unknown>>;
  /** Of code cells. */
  readonly outputs?: readonly Output[];
  readonly execution_count?: number | null;
  readonly [key: string]: unknown;
}

/** A notebook of format 4. */
export interface NotebookDocument {
  readonly nbformat: 4;
  readonly nbformat_minor: number;
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly cells: readonly NotebookCell[];
  readonly [key: string]: unknown;
}

/** A notebook, and the file as it was when it was read. */
export interface NotebookFile {
  /** Where the file really lies: links are followed. */
  readonly path: string;
  readonly text: string;
  readonly document: NotebookDocument;
}

/**
 * Reads a notebook.
 *
 * @throws DataError when the file cannot be read, is not JSON, or is no notebook of format 4.
 */
export function readNotebook(file: string): NotebookFile {
  let path: string;
  let text: string;
  try {
    path = realpathSync(file);
    text = readFileSync(path, 'utf8');
  } catch (error) {
    throw new DataError(`The notebook ${file} cannot be read (${reason(error)})`);
  }
  return { path, text, document: parseNotebook(text, file) };
}

/**
 * @param name - of the notebook, for messages.
 * @throws DataError when the text is not JSON, no notebook of format 4, or has outputs that are none; it names the cell.
 */
export function parseNotebook(text: string, name: string): NotebookDocument {
  let found: unknown;
  try {
    found = JSON.parse(text);
  } catch (error) {
    throw new DataError(`${name} is not a notebook: it is not JSON (${reason(error)})`);
  }
  if (!isRecord(found) || !('nbformat' in found)) {
    throw new DataError(`${name} is not a notebook: it is JSON without the field nbformat`);
  }
  if (found['nbformat'] !== 4) {
    const format = JSON.stringify(found['nbformat']);
    throw new DataError(
      `${name} is a notebook of format ${format}; only format 4 can be run: open and save it in Jupyter`,
    );
  }
  if (!isRecord(found['metadata'] ?? {}) || !Array.isArray(found['cells'])) {
    throw new DataError(`${name} is a broken notebook: it needs metadata and a list of cells`);
  }
  for (const [index, cell] of found['cells'].entries()) {
    const { cell_type: type, source } = isRecord(cell) ? cell : {};
    if (typeof type === 'string' && isText(source)) continue;
    throw new DataError(`${name} is a broken notebook: cell ${index + 1} needs a cell_type, and a source of text`);
  }
  for (const [index, { outputs = [] }] of found['cells'].entries()) {
    const problem = outputsProblem(outputs);
    if (problem !== null) throw new DataError(`${name} is a broken notebook: cell ${index + 1}, ${problem}`);
  }
  return found as unknown as NotebookDocument;
}

/**
 * Puts a notebook in the place of the file that it was read from: the new file is complete before the old one is gone, so
 * that no failure leaves half a notebook.
 *
 * @throws DataError when the file has changed since, or cannot be written. It is then as it was.
 */
export function saveNotebook({ path, text }: NotebookFile, document: NotebookDocument): void {
  let now: string | null = null;
  try {
    now = readFileSync(path, 'utf8');
  } catch {
    // Gone: a change like any other.
  }
  if (now !== text) throw new DataError(`${path} has changed while it ran, so nothing was saved: run it again`);
  const temporary = `${path}.${randomUUID()}.tmp`;
  try {
    const file = openSync(temporary, 'wx', statSync(path).mode);
    try {
      // One write may take a part of the text, as on a full disk: this goes on until all is written, or says why not.
      writeFileSync(file, formatNotebook(document));
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw new DataError(`${path} cannot be saved (${reason(error)}); it is as it was`);
  }
}

/** A notebook as Jupyter writes it. */
export function formatNotebook(document: NotebookDocument): string {
  return `${JSON.stringify(document, null, 1)}\n`;
}

/** The source of a cell as one text. */
export function sourceOf({ source }: NotebookCell): string {
  return typeof source === 'string' ? source : source.join('');
}

/** Whether a cell has a tag, such as `raises-exception`. */
export function hasTag({ metadata }: NotebookCell, tag: string): boolean {
  const tags = metadata?.['tags'];
  return Array.isArray(tags) && tags.includes(tag);
}

function reason(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
