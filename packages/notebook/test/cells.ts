import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import type { KernelSession } from '../src/run/kernel-session.ts';
import type { Message } from '../src/run/wire.ts';

export const repository: string = fileURLToPath(new URL('../../..', import.meta.url));
export const notebooks: string = join(repository, 'notebooks');

/** What a cell came to. */
export interface Cell {
  readonly status: 'ok' | 'error' | 'aborted';
  readonly reply: Readonly<Record<string, unknown>>;
  readonly messages: readonly Message[];
  readonly stdout: string;
  readonly stderr: string;
  /** `evalue` of the `error` message; empty without one. */
  readonly error: string;
}

export async function runCell(kernel: KernelSession, code: string, stopOnError = false): Promise<Cell> {
  const messages: Message[] = [];
  const { status, content } = await kernel.execute(code, {
    stopOnError,
    onMessage: (message) => messages.push(message),
  });
  const written = (name: string): string =>
    messages
      .filter(({ type, content: { name: stream } }) => type === 'stream' && stream === name)
      .map((message) => message.content['text'])
      .join('');
  const error = messages.find(({ type }) => type === 'error')?.content['evalue'] ?? '';
  return {
    status,
    reply: content,
    messages,
    stdout: written('stdout'),
    stderr: written('stderr'),
    error: String(error),
  };
}

/** A folder with these files, gone after the test. Each name in `links` becomes a link in its `node_modules`. */
export function temporaryFolder(
  files: Readonly<Record<string, string>> = {},
  links: Readonly<Record<string, string>> = {},
): string {
  const folder = mkdtempSync(join(tmpdir(), 'relu-lab-notebook-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const [name, text] of Object.entries(files)) {
    const path = join(folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
  for (const [name, target] of Object.entries(links)) {
    const path = join(folder, 'node_modules', name);
    mkdirSync(dirname(path), { recursive: true });
    symlinkSync(target, path, 'junction');
  }
  return folder;
}

/** Runs a cell again until it is no longer dropped because of a failure before it. */
export async function runWhenOpen(kernel: KernelSession, code: string): Promise<Cell> {
  const cell = await runCell(kernel, code);
  if (cell.status !== 'aborted') return cell;
  await new Promise((resolve) => setTimeout(resolve, 20));
  return runWhenOpen(kernel, code);
}
