import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { type Work, workWords } from './work.ts';

/** How a process is started that times an engine's work. */
export interface HostCommand {
  readonly program: string;
  readonly arguments: readonly string[];
  /** Added to the environment. */
  readonly environment?: Readonly<Record<string, string>>;
}

/** Seconds that runs took: of the process on all processors, and on the wall. */
export interface Took {
  readonly cpu: number;
  readonly wall: number;
}

/** What an engine says of itself: versions, and what else matters for its speed. */
export type EngineInfo = Readonly<Record<string, string>>;

/** Why a host answers no more, or an engine refuses a work. */
export class HostError extends Error {
  override readonly name: string = 'HostError';
}

const secondsForAnAnswer = 60;
const rememberedCharacters = 2000;

/**
 * A process of its own for each contender, so that engines do not share a heap, a compiler's profile or a crash. It
 * speaks lines:
 *
 *     info                          → info {"engine": "1.2.3"}
 *     prepare 0 matrix-product n=64 → ready [0.1, 2.3]    numbers that tell what was computed
 *     run 0 100                     → took 0.0123 0.0125  CPU and wall seconds of 100 runs
 *     drop 0                        → dropped
 *
 * or `failed` and why. Answers begin with `> `; anything else that a library prints is not for us.
 */
export class Host {
  readonly #process: ChildProcess;
  readonly #ended: Promise<string>;
  #answer: ((line: string) => void) | undefined;
  #lastWords = '';

  private constructor(process: ChildProcess) {
    this.#process = process;
    this.#ended = new Promise((resolve) => {
      process.on('error', ({ message }) => resolve(message));
      process.on('close', (code, signal) =>
        resolve(`ended with ${signal ?? `code ${code}`}${lastLine(this.#lastWords)}`),
      );
    });
    // A host that has ended cannot be written to; its end is told by `#ended`.
    process.stdin?.on('error', () => undefined);
    process.stderr?.on('data', (text: Buffer) => {
      this.#lastWords = (this.#lastWords + text.toString()).slice(-rememberedCharacters);
    });
    if (process.stdout) {
      createInterface({ input: process.stdout }).on('line', (line) => {
        if (line.startsWith('> ')) this.#answer?.(line.slice(2));
      });
    }
  }

  static start({ program, arguments: given, environment = {} }: HostCommand): Host {
    return new Host(
      spawn(program, given, { stdio: ['pipe', 'pipe', 'pipe'], env: { ...process.env, ...environment } }),
    );
  }

  async info(): Promise<EngineInfo> {
    return JSON.parse(await this.#ask('info', 'info')) as EngineInfo;
  }

  /** Makes the work ready under a number; returns what it computes, in a few numbers. */
  async prepare(slot: number, work: Work): Promise<readonly number[]> {
    return JSON.parse(await this.#ask(`prepare ${slot} ${workWords(work)}`, 'ready')) as number[];
  }

  async run(slot: number, count: number): Promise<Took> {
    const [cpu, wall] = (await this.#ask(`run ${slot} ${count}`, 'took')).split(' ').map(Number);
    return { cpu, wall };
  }

  async drop(slot: number): Promise<void> {
    await this.#ask(`drop ${slot}`, 'dropped');
  }

  get pid(): number | undefined {
    return this.#process.pid;
  }

  /** Whether the process still answers. */
  get running(): boolean {
    return this.#process.exitCode === null && this.#process.signalCode === null;
  }

  stop(): void {
    this.#process.kill('SIGKILL');
  }

  async #ask(request: string, expected: string): Promise<string> {
    let timer: NodeJS.Timeout | undefined;
    const silent = new Promise<string>((resolve) => {
      timer = setTimeout(() => resolve(`gave no answer within ${secondsForAnAnswer} s`), secondsForAnAnswer * 1000);
    });
    const answered = new Promise<string>((resolve) => {
      this.#answer = resolve;
    });
    this.#process.stdin?.write(`${request}\n`);
    const [kind, text] = await Promise.race([
      answered.then((line) => ['answer', line]),
      this.#ended.then((reason) => ['end', reason]),
      silent.then((reason) => ['silence', reason]),
    ]);
    clearTimeout(timer);
    if (kind === 'silence') this.stop();
    if (kind !== 'answer') throw new HostError(text);
    const at = text.indexOf(' ');
    const [word, rest] = at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
    if (word !== expected) throw new HostError(word === 'failed' ? rest : `answered '${text}' to '${request}'`);
    return rest;
  }
}

/** The last thing that was said, which in a crash names the error. */
function lastLine(text: string): string {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const error = lines.reverse().find((line) => /error|cannot|not found/i.test(line)) ?? lines[0];
  return error === undefined ? '' : `: ${error.trim().slice(0, 200)}`;
}
