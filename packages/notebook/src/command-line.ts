import { DataError, ParameterError } from '@relu-lab/core';
import { parseArgs } from 'node:util';
import { KernelInstallError, installKernel, uninstallKernel } from './kernel/install-kernel.ts';
import { openJupyter } from './open-jupyter.ts';
import { KernelError } from './run/kernel-error.ts';
import type { ParameterValue } from './run/parameters.ts';
import { describeRun, runNotebook } from './run/run-notebook.ts';

const usage = `Usage:
  relu-lab-notebook open [arguments of Jupyter]    start Jupyter with the kernel TypeScript (ReLU Lab)
  relu-lab-notebook run FILE… [--save] [--set NAME=VALUE]… [--time-limit SECONDS]
                                                   run notebooks without Jupyter; --save keeps their outputs,
                                                   --set replaces a constant of the cell tagged 'parameters'
  relu-lab-notebook install-kernel                 tell VS Code and Jupyter of the kernel
  relu-lab-notebook uninstall-kernel               take it away again
`;

/** The command `relu-lab-notebook`. Returns the exit code: 0, 1 when something failed, 2 when the command was not understood. */
export async function main(args: readonly string[]): Promise<number> {
  const [command, ...rest] = args;
  try {
    if (command === 'open') return await openJupyter(rest);
    if (command === 'run') return await runAll(rest);
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

async function runAll(args: readonly string[]): Promise<number> {
  let files: string[];
  let save: boolean;
  let timeLimit: number;
  let parameters: Readonly<Record<string, ParameterValue>>;
  try {
    const { positionals, values } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        save: { type: 'boolean', default: false },
        set: { type: 'string', multiple: true, default: [] },
        'time-limit': { type: 'string', default: '60' },
      },
    });
    [files, save, timeLimit] = [positionals, values.save, Number(values['time-limit'])];
    parameters = Object.fromEntries(values.set.map(assignment));
  } catch (error) {
    complain(`${error instanceof Error ? error.message : String(error)}\n${usage.trimEnd()}`);
    return 2;
  }
  if (files.length === 0) {
    complain(`Which notebook? Name its file.\n${usage.trimEnd()}`);
    return 2;
  }
  const controller = new AbortController();
  const stop = (): void => controller.abort();
  process.on('SIGINT', stop);
  try {
    let failed = false;
    for (const file of files) {
      const run = await runNotebook(file, {
        save,
        timeLimit,
        parameters,
        signal: controller.signal,
        onCell: ({ number, of }) => process.stdout.isTTY && process.stdout.write(`\r${file}: cell ${number} of ${of} `),
      });
      if (process.stdout.isTTY) process.stdout.write('\r\u001b[K');
      if (run.status === 'aborted') {
        complain(describeRun(run));
        return 130;
      }
      if (run.status === 'completed') say(`${describeRun(run)}${save ? ', saved' : ''}`);
      else complain([describeRun(run), ...(run.status === 'failed' ? run.failure.traceback : [])].join('\n'));
      failed ||= run.status !== 'completed';
    }
    return failed ? 1 : 0;
  } finally {
    process.off('SIGINT', stop);
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
