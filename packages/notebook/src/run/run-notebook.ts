import { dirname } from 'node:path';
import { DataError, ParameterError } from '@relu-lab/core';
import { KernelError } from './kernel-error.ts';
import { type KernelSession, startKernel } from './kernel-session.ts';
import {
  type NotebookCell,
  type NotebookDocument,
  type Output,
  hasTag,
  readNotebook,
  saveNotebook,
  sourceOf,
} from './notebook-file.ts';
import { isRecord } from './outputs-problem.ts';
import { collectOutputs } from './outputs.ts';
import { type ParameterValue, withParameters } from './parameters.ts';

export interface RunOptions {
  /** Seconds that a cell may take; more than 24 days, such as `Infinity`, for no limit. Default 60. */
  readonly timeLimit?: number;
  /** Whether the file is replaced by the notebook with its outputs, also those of a failure; not when aborted. Default false. */
  readonly save?: boolean;
  /**
   * Whether figures get a picture, for readers that run no scripts: drawn by this process after the last cell, so that cells are no slower.
   * Default: as `save`.
   */
  readonly pictures?: boolean;
  /**
   * Other values for constants that the notebook's cell with the tag `parameters` declares. A cell behind that one, which is saved
   * with the rest, declares them again.
   */
  readonly parameters?: Readonly<Record<string, ParameterValue>>;
  /** Ends the run and its kernel. */
  readonly signal?: AbortSignal;
  /** Called before each cell that runs. */
  readonly onCell?: (progress: CellProgress) => void;
}

/** Which cell comes next. */
export interface CellProgress {
  /** Its place among those that run, from 1. */
  readonly number: number;
  /** How many run in all. */
  readonly of: number;
  /** Its place in the notebook, from 0. */
  readonly index: number;
}

/** Why a cell failed. */
export interface CellFailure {
  /** Of the error; `CompileError` for a cell that does not compile. */
  readonly name: string;
  readonly message: string;
  readonly traceback: readonly string[];
}

/** What a cell with code came to. */
export interface CellRun {
  /** Its place in the notebook, from 0. */
  readonly index: number;
  readonly status: 'ok' | 'error' | 'not run';
  readonly executionCount: number | null;
  readonly outputs: readonly Output[];
}

/** How a run ended; `cell` is the place in the notebook, from 0, of the cell that ended it. */
export type RunEnding =
  | { readonly status: 'completed' }
  | { readonly status: 'failed'; readonly cell: number; readonly failure: CellFailure }
  | { readonly status: 'timed-out'; readonly cell: number; readonly timeLimit: number }
  | { readonly status: 'kernel-died'; readonly cell: number; readonly reason: string }
  | { readonly status: 'aborted'; readonly cell: number };

/** What a run came to. */
export type NotebookRun = RunEnding & {
  /** Where the notebook lies. */
  readonly path: string;
  /** Every cell that has code, in order. */
  readonly cells: readonly CellRun[];
  /** The notebook with the new outputs, and with no old ones. */
  readonly document: NotebookDocument;
  /** Start and end of the kernel included. */
  readonly timing: { readonly seconds: number };
};

/**
 * Runs a notebook from top to bottom in a kernel of its own, over Jupyter's protocol and without Python, in the notebook's folder.
 *
 * A cell that throws or does not compile ends the run, unless it has the tag `raises-exception`. A promise that is rejected
 * with nobody to handle it, which the kernel only prints, makes the run fail when all cells have run.
 *
 * @throws DataError when the file is no notebook of format 4, is in another language than TypeScript, or cannot be saved; KernelError when no kernel starts;
 * ParameterError for a time limit that is no positive number, and parameters that the notebook does not have.
 */
export async function runNotebook(file: string, options: RunOptions = {}): Promise<NotebookRun> {
  const { timeLimit = 60, save = false, pictures = save, parameters = {}, signal, onCell } = options;
  if (!(timeLimit > 0)) throw new ParameterError(`timeLimit must be a positive number of seconds, not ${timeLimit}`);
  const notebook = readNotebook(file);
  checkLanguage(notebook.document, file);
  const started = performance.now();
  const source = withParameters(notebook.document, parameters);
  const work = source.cells
    .map((cell, index) => ({ cell, index, code: sourceOf(cell) }))
    .filter(({ cell, code }) => cell.cell_type === 'code' && code.trim() !== '');

  const outputs = collectOutputs();
  const ends = new Map<number, { readonly status: 'ok' | 'error'; readonly executionCount: number | null }>();
  const environment = { RELU_LAB_PICTURES: 'off' };
  const kernel = await startKernel({ folder: dirname(notebook.path), environment });
  let ending: RunEnding = { status: 'completed' };
  try {
    for (const [at, { cell, index, code }] of work.entries()) {
      onCell?.({ number: at + 1, of: work.length, index });
      const tolerant = hasTag(cell, 'raises-exception');
      const executed = kernel.execute(code, {
        stopOnError: !tolerant,
        onMessage: (message) => outputs.receive(index, message),
      });
      const outcome = await orInstead(executed, kernel, timeLimit, signal);
      if (typeof outcome === 'string') {
        ending =
          outcome === 'timed-out' ? { status: outcome, cell: index, timeLimit } : { status: outcome, cell: index };
        break;
      }
      if (outcome instanceof KernelError) {
        ending = { status: 'kernel-died', cell: index, reason: outcome.message };
        break;
      }
      const { executionCount } = outcome;
      ends.set(index, { status: outcome.status === 'ok' ? 'ok' : 'error', executionCount });
      const failure = outcome.status === 'ok' || tolerant ? null : failureOf(outcome.content);
      if (failure) {
        ending = { status: 'failed', cell: index, failure };
        break;
      }
    }
    if (ending.status === 'completed') await new Promise((resolve) => setTimeout(resolve, afterwards));
  } finally {
    await kernel.shutdown();
  }
  // Only now has everything been said, also by what cells left behind.
  if (ending.status === 'completed') ending = unhandled(work, outputs.stderr) ?? ending;
  const last = lastWords(ending);
  const cells = work.map(({ index }): CellRun => {
    const { status, executionCount } = ends.get(index) ?? { status: 'not run', executionCount: null };
    const own = outputs.of(index);
    if (last && 'cell' in ending && ending.cell === index) own.push(last);
    return { index, status, executionCount, outputs: own };
  });
  const drawn = withOutputs(source, cells);
  const document = pictures && ending.status !== 'aborted' ? await picturesIn(drawn) : drawn;
  if (save && ending.status !== 'aborted') saveNotebook(notebook, document);
  return { ...ending, path: notebook.path, cells, document, timing: { seconds: (performance.now() - started) / 1000 } };
}

/** Only who wants pictures loads what draws them. */
async function picturesIn(document: NotebookDocument): Promise<NotebookDocument> {
  const { withPictures } = await import('./pictures.ts');
  return withPictures(document);
}

/** Milliseconds in which a rejection that nobody handles may still come after the last cell. */
const afterwards = 200;

/** Node's timers go off at once when they should wait for longer than 24 days. */
const longestTimer = 2 ** 31 - 1;

/** Waits for a cell; on time-out, abortion or the kernel's end, says so instead. */
async function orInstead<T>(
  executed: Promise<T>,
  kernel: KernelSession,
  timeLimit: number,
  signal: AbortSignal | undefined,
): Promise<T | 'timed-out' | 'aborted' | KernelError> {
  let timer: NodeJS.Timeout | undefined;
  let abort = (): void => undefined;
  const late = new Promise<'timed-out'>((resolve) => {
    const milliseconds = timeLimit * 1000;
    if (milliseconds <= longestTimer) timer = setTimeout(resolve, milliseconds, 'timed-out');
  });
  const aborted = new Promise<'aborted'>((resolve) => {
    abort = () => resolve('aborted');
    if (signal?.aborted) abort();
    else signal?.addEventListener('abort', abort, { once: true });
  });
  const died = executed.catch((error: unknown) => {
    if (error instanceof KernelError) return error;
    throw error;
  });
  try {
    const outcome = await Promise.race([aborted, died, late]);
    if (outcome === 'timed-out' || outcome === 'aborted') await kernel.kill();
    return outcome;
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', abort);
  }
}

/** @throws DataError for a notebook that says that it is in another language than the kernel's. */
function checkLanguage({ metadata = {} }: NotebookDocument, file: string): void {
  const { kernelspec, language_info: info } = metadata;
  const said = (isRecord(kernelspec) && kernelspec['language']) || (isRecord(info) && info['name']);
  if (typeof said === 'string' && said.toLowerCase() !== 'typescript')
    throw new DataError(`${file} is a notebook in ${said}; only notebooks in TypeScript can be run here`);
}

function failureOf(content: Readonly<Record<string, unknown>>): CellFailure {
  const { ename, evalue, traceback, status } = content;
  return {
    name: String(ename ?? 'Error'),
    message: String(evalue ?? `The cell ended with the status '${String(status)}'`),
    traceback: Array.isArray(traceback) ? traceback.map(String) : [],
  };
}

/** The first rejection or exception that reached nobody: tslab prints it, and goes on. */
function unhandled(
  work: readonly { readonly index: number }[],
  stderr: (cell: number) => string,
): Extract<RunEnding, { status: 'failed' }> | null {
  for (const { index } of work) {
    const found = /^(UnhandledPromiseRejection|UncaughtException): (.*)/m.exec(stderr(index));
    if (!found) continue;
    const [traceback, name, message] = found;
    return { status: 'failed', cell: index, failure: { name, message, traceback: [traceback] } };
  }
  return null;
}

/** What the notebook shows where the kernel could say nothing itself. */
function lastWords(ending: RunEnding): Output | null {
  const error = (ename: string, evalue: string): Output => {
    return { output_type: 'error', ename, evalue, traceback: [`${ename}: ${evalue}`] };
  };
  if (ending.status === 'timed-out') return error('TimeOut', `The cell did not end within ${ending.timeLimit} s`);
  if (ending.status === 'kernel-died') return error('KernelDied', ending.reason);
  return null;
}

function withOutputs(document: NotebookDocument, cells: readonly CellRun[]): NotebookDocument {
  const ran = new Map(cells.map((cell) => [cell.index, cell]));
  const fill = (cell: NotebookCell, index: number): NotebookCell => {
    if (cell.cell_type !== 'code') return cell;
    const { executionCount = null, outputs = [] } = ran.get(index) ?? {};
    return { ...cell, execution_count: executionCount, outputs };
  };
  return { ...document, cells: document.cells.map(fill) };
}

/** A run in one sentence: how it ended and, where something went wrong, in which cell and why. */
export function describeRun(run: NotebookRun): string {
  const seconds = `${run.timing.seconds.toFixed(1)} s`;
  if (run.status === 'completed')
    return `${run.path}: ${run.cells.length} ${run.cells.length === 1 ? 'cell' : 'cells'} in ${seconds}`;
  const place = `${run.path}, cell ${run.cell + 1} of ${run.document.cells.length}`;
  if (run.status === 'failed') return `${place}: ${run.failure.name}: ${run.failure.message}`;
  if (run.status === 'timed-out') return `${place}: did not end within ${run.timeLimit} s`;
  if (run.status === 'kernel-died') return `${place}: ${run.reason}`;
  return `${place}: aborted after ${seconds}`;
}
