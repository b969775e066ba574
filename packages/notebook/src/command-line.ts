import { DataError, ParameterError } from '@relu-lab/core';
import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import { KernelInstallError, installKernel, uninstallKernel } from './kernel/install-kernel.ts';
import { openJupyter } from './open-jupyter.ts';
import { writePage } from './page/write-page.ts';
import { KernelError } from './run/kernel-error.ts';
import { readNotebook, saveNotebook } from './run/notebook-file.ts';
import type { ParameterValue } from './run/parameters.ts';
import { type NotebookRun, type RunOptions, describeRun, runNotebook } from './run/run-notebook.ts';
import { countFigures, hasNoOutputs } from './run/saved-figure.ts';

const usageOf = (name: string): string => `Usage:
  ${name} open [arguments of Jupyter]
      start Jupyter with the kernel TypeScript (ReLU Lab)
  ${name} run FILE… [--save] [--set NAME=VALUE]… [--time-limit SECONDS]
      run notebooks without Jupyter; --save keeps their outputs, --set replaces a constant of the cell tagged 'parameters'
  ${name} html FILE… [--out PATH] [--run] [--set NAME=VALUE]… [--time-limit SECONDS]
      make one offline page of a notebook, beside it or at PATH (a file, or a folder); --run runs it first, and leaves the file alone
  ${name} pictures FILE…
      put a picture into every figure of a saved notebook, for readers that run no scripts; run --save does it by itself
  ${name} install-kernel
      tell VS Code and Jupyter of the kernel
  ${name} uninstall-kernel
      take it away again
`;
let usage = usageOf('relu-lab-notebook');

/**
 * The command `relu-lab-notebook`.
 *
 * @param name - under which it was called, for its usage.
 * @returns the exit code: 0, 1 when something failed, 2 when the command was not understood, 130 when Ctrl-C, or SIGTERM, stopped it.
 */
export async function main(args: readonly string[], name = 'relu-lab-notebook'): Promise<number> {
  const [command, ...rest] = args;
  usage = usageOf(name);
  const asksForHelp = (word: string | undefined): boolean => word === '--help' || word === '-h';
  if (asksForHelp(command) || (withHelp.some((one) => one === command) && rest.some(asksForHelp))) {
    say(usage.trimEnd());
    return 0;
  }
  try {
    if (command === 'open') return await openJupyter(rest);
    if (command === 'run') return await runAll(rest);
    if (command === 'html') return await makePages(rest);
    if (command === 'pictures') return await addPictures(rest);
    if (command === 'install-kernel' && rest.length === 0) {
      say(`The kernel TypeScript (ReLU Lab) is installed: ${installKernel()}\nRestart VS Code or Jupyter to see it.`);
      return 0;
    }
    if (command === 'uninstall-kernel' && rest.length === 0) {
      const folder = uninstallKernel();
      say(folder ? `The kernel is removed: ${folder}` : 'There was no kernel to remove.');
      return 0;
    }
  } catch (error) {
    if (![DataError, ParameterError, KernelError, KernelInstallError].some((type) => error instanceof type))
      throw error;
    complain(error instanceof Error ? error.message : String(error));
    return 1;
  }
  complain(usage.trimEnd());
  return command === undefined ? 0 : 2;
}

/** `open` is not among them: it hands its arguments on to Jupyter, which has a help of its own. */
const withHelp = ['run', 'html', 'pictures', 'install-kernel', 'uninstall-kernel'] as const;

const runOptions = {
  set: { type: 'string' as const, multiple: true as const, default: [] as string[] },
  'time-limit': { type: 'string' as const, default: '60' },
};

/** Reads arguments, or says what is wrong with them. */
function understand<Values>(read: () => Values, files: (values: Values) => readonly string[]): Values | null {
  try {
    const values = read();
    if (files(values).length > 0) return values;
    complain(`Which notebook? Name its file.\n${usage.trimEnd()}`);
  } catch (error) {
    complain(`${error instanceof Error ? error.message : String(error)}\n${usage.trimEnd()}`);
  }
  return null;
}

async function runAll(args: readonly string[]): Promise<number> {
  const asked = understand(
    () => {
      const options = { save: { type: 'boolean' as const, default: false }, ...runOptions };
      const { positionals, values } = parseArgs({ args: [...args], allowPositionals: true, options });
      return { files: positionals, save: values.save, ...runSettings(values) };
    },
    ({ files }) => files,
  );
  if (!asked) return 2;
  const { files, save, ...settings } = asked;
  return withAbortion(async (signal) => {
    let failed = false;
    for (const file of files) {
      const run = await runShown(file, { save, ...settings, signal });
      if (run.status === 'aborted') return 130;
      if (run.status === 'completed') say(`${describeRun(run)}${save ? ', saved' : ''}`);
      failed ||= run.status !== 'completed';
    }
    return failed ? 1 : 0;
  });
}

async function makePages(args: readonly string[]): Promise<number> {
  const asked = understand(
    () => {
      const options = {
        out: { type: 'string' as const },
        run: { type: 'boolean' as const, default: false },
        ...runOptions,
      };
      const { positionals, values } = parseArgs({ args: [...args], allowPositionals: true, options });
      if (!values.run && values.set.length > 0) throw new TypeError('--set needs --run: nothing is run without it');
      return { files: positionals, out: values.out, run: values.run, ...runSettings(values) };
    },
    ({ files }) => files,
  );
  if (!asked) return 2;
  const { files, out, run: runsFirst, ...settings } = asked;
  return withAbortion(async (signal) => {
    let failed = false;
    for (const file of files) {
      const run = runsFirst ? await runShown(file, { ...settings, signal }) : null;
      if (run?.status === 'aborted') return 130;
      const document = run ? run.document : readNotebook(file).document;
      // What draws is loaded when it is needed: other commands come at once.
      const { renderNotebook } = await import('./page/render-notebook.ts');
      const { html, problems } = await renderNotebook(document, basename(file, '.ipynb'));
      const page = writePage(html, file, { out, several: files.length > 1 });
      say(`${page} (${(html.length / 1e6).toFixed(1)} MB)`);
      if (problems.length > 0) complain(problems.map((problem) => `${file}: ${problem}`).join('\n'));
      if (!run && hasNoOutputs(document)) complain(`${file} has no outputs: with --run they are made`);
      failed ||= problems.length > 0 || (run !== null && run.status !== 'completed');
    }
    return failed ? 1 : 0;
  });
}

async function addPictures(args: readonly string[]): Promise<number> {
  const asked = understand(
    () => parseArgs({ args: [...args], allowPositionals: true, options: {} }).positionals,
    (files) => files,
  );
  if (!asked) return 2;
  for (const file of asked) {
    const notebook = readNotebook(file);
    const { withPictures } = await import('./run/pictures.ts');
    saveNotebook(notebook, await withPictures(notebook.document));
    say(`${notebook.path}: ${countFigures(notebook.document)} figures have pictures`);
  }
  return 0;
}

function runSettings(values: { readonly set: readonly string[]; readonly 'time-limit': string }): {
  readonly timeLimit: number;
  readonly parameters: Readonly<Record<string, ParameterValue>>;
} {
  return { timeLimit: Number(values['time-limit']), parameters: Object.fromEntries(values.set.map(assignment)) };
}

/** Runs a notebook, saying where it is, and complains when it does not go well. */
async function runShown(file: string, options: RunOptions): Promise<NotebookRun> {
  const run = await runNotebook(file, {
    ...options,
    onCell: ({ number, of }) => process.stdout.isTTY && process.stdout.write(`\r${file}: cell ${number} of ${of} `),
  });
  if (process.stdout.isTTY) process.stdout.write('\r\u001b[K');
  if (run.status !== 'completed')
    complain([describeRun(run), ...(run.status === 'failed' ? run.failure.traceback : [])].join('\n'));
  return run;
}

/** Ctrl-C aborts the work, as does a polite request to end: the kernel ends, too, and its connection file goes. */
async function withAbortion(work: (signal: AbortSignal) => Promise<number>): Promise<number> {
  const controller = new AbortController();
  const stop = (): void => controller.abort();
  const signals = ['SIGINT', 'SIGTERM'] as const;
  for (const name of signals) process.on(name, stop);
  try {
    return await work(controller.signal);
  } finally {
    for (const name of signals) process.off(name, stop);
  }
}

/** `epochs=5` is the number 5, `name=relu` the text 'relu'. */
function assignment(text: string): [name: string, value: ParameterValue] {
  const at = text.indexOf('=');
  if (at < 1) throw new TypeError(`--set takes NAME=VALUE, not '${text}'`);
  const [name, value] = [text.slice(0, at), text.slice(at + 1)];
  try {
    return [name, JSON.parse(value)];
  } catch {
    return [name, value];
  }
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

function complain(text: string): void {
  process.stderr.write(`${text}\n`);
}
