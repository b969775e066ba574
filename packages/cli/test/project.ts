import { type ChildProcess, spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { main } from '../src/index.ts';

const command = fileURLToPath(new URL('../bin/relu-lab.js', import.meta.url));
const studies = fileURLToPath(new URL('./studies', import.meta.url));
const modules = fileURLToPath(new URL('../../../node_modules', import.meta.url));

/** How a command ended, and what it wrote. */
export interface Outcome {
  readonly code: number | null;
  readonly out: string;
  readonly info: string;
}

/** A command that runs. */
export interface Running {
  readonly process: ChildProcess;
  readonly outcome: Promise<Outcome>;
  /** Resolves when the command has written this. */
  wrote(text: string): Promise<void>;
}

/** How to start a command. */
export interface StartOptions {
  /** The folder, from the project's. */
  readonly in?: string;
  /** More environment variables. */
  readonly environment?: Readonly<Record<string, string>>;
}

/** A project of a user in a temporary folder, with studies under `reports`. */
export interface Project {
  readonly folder: string;
  /** Starts `relu-lab` in the project. */
  start(words: readonly string[], options?: StartOptions): Running;
  /**
   * Carries out a command line in this process, for what does not depend on having one of its own: signals, streams, progress.
   * That is much faster.
   */
  call(words: readonly string[], options?: Pick<StartOptions, 'in'>): Promise<Outcome>;
  /** Runs `relu-lab` in the project to its end. */
  run(words: readonly string[], options?: StartOptions): Promise<Outcome>;
  exists(path: string): boolean;
  read(path: string): string;
  remove(): void;
}

/** Makes a project with copies of the studies of these names. */
export function makeProject(names: readonly string[]): Project {
  const folder = mkdtempSync(join(tmpdir(), 'relu-lab-project-'));
  mkdirSync(join(folder, 'reports'));
  symlinkSync(modules, join(folder, 'node_modules'));
  for (const name of names) cpSync(join(studies, name), join(folder, 'reports', name), { recursive: true });

  const start: Project['start'] = (words, options = {}) => {
    const child = spawn(process.execPath, [command, ...words], {
      cwd: join(folder, options.in ?? '.'),
      env: { ...process.env, ...options.environment },
    });
    let out = '';
    let info = '';
    const listeners = new Set<() => void>();
    child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => {
      info += chunk.toString();
      for (const listener of listeners) listener();
    });
    const outcome = new Promise<Outcome>((resolve, reject) => {
      child.on('error', reject);
      child.on('close', (code) => resolve({ code, out, info }));
    });
    const wrote = (text: string): Promise<void> =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          if (info.includes(text)) resolve();
        };
        listeners.add(look);
        look();
        void outcome.then(() => reject(new Error(`The command ended without writing '${text}':\n${info}`)));
      });
    return { process: child, outcome, wrote };
  };
  const call: Project['call'] = async (words, options = {}) => {
    const from = process.cwd();
    const written = { out: '', info: '' };
    process.chdir(join(folder, options.in ?? '.'));
    try {
      const code = await main(words, {
        out: (line) => void (written.out += `${line}\n`),
        info: (line) => void (written.info += `${line}\n`),
      });
      return { code, ...written };
    } finally {
      process.chdir(from);
    }
  };
  return {
    folder,
    start,
    call,
    run: (words, options) => start(words, options).outcome,
    exists: (path) => existsSync(join(folder, path)),
    read: (path) => readFileSync(join(folder, path), 'utf8'),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
