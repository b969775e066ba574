/** What a process answers when a signal ended it. */
const codes = { SIGINT: 130, SIGTERM: 143 } as const;

/** A signal that Ctrl-C aborts. A second Ctrl-C ends the process at once. */
export interface Interrupts {
  readonly signal: AbortSignal;
  /** The exit code for what interrupted, once something has. */
  readonly exitCode: number | undefined;
  /** Leaves signals to Node again. */
  release(): void;
}

/** Listens for Ctrl-C and for the request to end. */
export function listenForInterrupts(onFirst: () => void): Interrupts {
  const controller = new AbortController();
  let exitCode: number | undefined;
  const listeners = Object.entries(codes).map(([name, code]) => {
    const listener = (): void => {
      if (exitCode !== undefined) process.exit(exitCode);
      exitCode = code;
      onFirst();
      controller.abort();
    };
    process.on(name, listener);
    return { name, listener };
  });
  return {
    signal: controller.signal,
    get exitCode() {
      return exitCode;
    },
    release() {
      for (const { name, listener } of listeners) process.off(name, listener);
    },
  };
}
