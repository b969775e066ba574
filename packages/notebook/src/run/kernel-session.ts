import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import type { Dealer, Subscriber } from 'zeromq';
import { kernelProgram } from '../kernel/kernel-program.ts';
import { type Connection, createConnection } from './connection.ts';
import { KernelError } from './kernel-error.ts';
import { type Message, decodeMessage, encodeRequest } from './wire.ts';

export interface KernelOptions {
  /** The kernel's working directory: packages are looked for from here upwards. */
  readonly folder: string;
  /** Node's arguments, without those that name the connection file. Default: this package's kernel. */
  readonly program?: readonly string[];
  /** Environment variables, besides those of this process. Default: none. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Seconds that the kernel has to answer for the first time. Default 60: starting takes 2 s, and far longer on a busy machine. */
  readonly startLimit?: number;
}

export interface ExecuteOptions {
  /** Whether requests that wait behind this one are dropped when it fails. Default true. */
  readonly stopOnError?: boolean;
  /** Called with everything that the cell publishes, live, and with what comes after it has ended. */
  readonly onMessage?: (message: Message) => void;
}

/** How the kernel answered. */
export interface ExecuteReply {
  readonly status: 'ok' | 'error' | 'aborted';
  readonly executionCount: number | null;
  /** The whole content of the reply. */
  readonly content: Readonly<Record<string, unknown>>;
}

interface Pending {
  readonly settle: () => void;
  readonly reject: (error: KernelError) => void;
  reply?: Message;
  idle: boolean;
}

/**
 * Starts a kernel of its own and connects to it as Jupyter does, over zeromq.
 *
 * @throws KernelError when it does not answer in time, or ends.
 */
export async function startKernel(options: KernelOptions): Promise<KernelSession> {
  for (let attempt = 1; ; attempt++) {
    const session = await KernelSession.start(options);
    try {
      await session.ready((options.startLimit ?? 60) * 1000);
      return session;
    } catch (error) {
      await session.kill();
      // Another process can take a port between its choice and its use.
      if (attempt === 3 || !session.said.includes('Address already in use')) throw error;
    }
  }
}

/** A running kernel. One cell at a time; requests made meanwhile wait in the kernel. */
export class KernelSession {
  readonly #connection: Connection;
  readonly #process: ChildProcess;
  readonly #shell: Dealer;
  readonly #control: Dealer;
  readonly #iopub: Subscriber;
  readonly #session: string = randomUUID();
  readonly #pending: Map<string, Pending> = new Map();
  readonly #listeners: Map<string, (message: Message) => void> = new Map();
  readonly #exit: Promise<void>;
  #said = '';
  #gone: KernelError | null = null;

  private constructor(
    connection: Connection,
    kernel: ChildProcess,
    sockets: { readonly shell: Dealer; readonly control: Dealer; readonly iopub: Subscriber },
  ) {
    this.#connection = connection;
    this.#process = kernel;
    this.#shell = sockets.shell;
    this.#control = sockets.control;
    this.#iopub = sockets.iopub;
    for (const stream of [kernel.stdout, kernel.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => (this.#said = (this.#said + text).slice(-4000)));
    }
    this.#exit = new Promise((resolve) => {
      const end = (why: string): void => {
        this.#lose(new KernelError([`The kernel ended (${why})`, this.#said.trim()].filter(Boolean).join('\n')));
        resolve();
      };
      // 'close' comes after the last of its output, 'error' when there never was a process.
      kernel.once('close', (code, signal) => end(signal ?? `exit code ${code}`));
      kernel.once('error', (error) => end(error.message));
    });
    void this.#receive(this.#shell);
    void this.#receive(this.#control);
    void this.#receive(this.#iopub);
  }

  static async start({ folder, program = [kernelProgram], environment }: KernelOptions): Promise<KernelSession> {
    // Only those who run notebooks load it: an import at the top would cost every cell that imports this package.
    const { Dealer, Subscriber } = await import('zeromq');
    const connection = await createConnection();
    const kernel = spawn(process.execPath, [...program, '--config-path', connection.path], {
      cwd: folder,
      env: { ...process.env, ...environment, JPY_PARENT_PID: String(process.pid) },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const sockets = { shell: new Dealer(), control: new Dealer(), iopub: new Subscriber() };
    for (const [channel, socket] of Object.entries(sockets)) {
      socket.linger = 0;
      socket.connect(connection.address(channel as keyof typeof sockets));
    }
    sockets.iopub.subscribe();
    return new KernelSession(connection, kernel, sockets);
  }

  /** The last of what the kernel's process wrote outside any cell: the place for its dying words. */
  get said(): string {
    return this.#said;
  }

  /** Resolves when the kernel's process has ended. */
  get ended(): Promise<void> {
    return this.#exit;
  }

  /** Asks until both channels answer: only then is the subscription live. */
  async ready(limit: number): Promise<void> {
    const end = Date.now() + limit;
    while (Date.now() < end) {
      const asked = this.#request(this.#shell, 'kernel_info_request', {});
      const answered = await Promise.race([asked.then(() => true), pause(1000)]);
      if (answered) return;
    }
    throw new KernelError(
      [`The kernel did not answer within ${limit / 1000} s`, this.#said.trim()].filter(Boolean).join('\n'),
    );
  }

  /**
   * Runs code as a cell, and resolves when it has ended: the reply and the state `idle` have both come.
   *
   * @throws KernelError when the kernel ends first.
   */
  async execute(code: string, options: ExecuteOptions = {}): Promise<ExecuteReply> {
    const { stopOnError = true, onMessage } = options;
    const { content } = await this.#request(
      this.#shell,
      'execute_request',
      {
        code,
        silent: false,
        store_history: true,
        user_expressions: {},
        allow_stdin: false,
        stop_on_error: stopOnError,
      },
      onMessage,
    );
    const { status: said, execution_count: count } = content;
    // Without our additions tslab says 'abort', which is not the protocol's word.
    const status = said === 'abort' ? 'aborted' : said;
    if (status !== 'ok' && status !== 'error' && status !== 'aborted') {
      throw new KernelError(`The kernel answered with the status '${String(status)}'`);
    }
    return { status, executionCount: typeof count === 'number' ? count : null, content };
  }

  /** What the interrupt button does: ends a cell that computes, and the waiting of one that waits. */
  interrupt(): void {
    this.#process.kill('SIGINT');
  }

  /** Ends the kernel: asks, waits 3 s, and then kills. Never throws. */
  async shutdown(): Promise<void> {
    if (!this.#gone) {
      this.#request(this.#control, 'shutdown_request', { restart: false }).catch(() => undefined);
      await Promise.race([this.#exit, pause(3000)]);
    }
    await this.kill();
  }

  /** Ends the kernel at once. Never throws. */
  async kill(): Promise<void> {
    if (this.#process.pid !== undefined && !this.#gone) this.#process.kill('SIGKILL');
    await this.#exit;
    this.#shell.close();
    this.#control.close();
    this.#iopub.close();
    this.#connection.remove();
  }

  async #request(
    socket: Dealer,
    type: string,
    content: object,
    onMessage?: (message: Message) => void,
  ): Promise<Message> {
    if (this.#gone) throw this.#gone;
    const { id, frames } = encodeRequest(this.#connection.key, this.#session, type, content);
    if (onMessage) this.#listeners.set(id, onMessage);
    const answered = new Promise<Message>((resolve, reject) => {
      const pending: Pending = {
        idle: false,
        reject,
        settle: () => {
          if (!pending.reply || !pending.idle) return;
          this.#pending.delete(id);
          resolve(pending.reply);
        },
      };
      this.#pending.set(id, pending);
    });
    answered.catch(() => undefined);
    await socket.send([...frames]);
    return answered;
  }

  async #receive(socket: Dealer | Subscriber): Promise<void> {
    try {
      for await (const frames of socket) {
        const message = decodeMessage(this.#connection.key, frames);
        const pending = this.#pending.get(message.parentId);
        if (socket !== this.#iopub) {
          if (pending) pending.reply = message;
        } else if (message.type === 'status') {
          if (pending && message.content['execution_state'] === 'idle') pending.idle = true;
        } else {
          this.#listeners.get(message.parentId)?.(message);
        }
        pending?.settle();
      }
    } catch (error) {
      this.#lose(
        error instanceof KernelError ? error : new KernelError(`The connection to the kernel broke: ${error}`),
      );
      this.#process.kill('SIGKILL');
    }
  }

  #lose(error: KernelError): void {
    this.#gone ??= error;
    for (const { reject } of this.#pending.values()) reject(this.#gone);
    this.#pending.clear();
  }
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds).unref());
}
