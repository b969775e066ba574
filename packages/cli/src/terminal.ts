/** Where a command writes: what it was asked for goes to `out`, everything that people only look at to `info`. */
export interface Terminal {
  out(line: string): void;
  info(line: string): void;
}

/** The streams of this process. */
export function processTerminal(): Terminal {
  return {
    out: (line) => void process.stdout.write(`${line}\n`),
    info: (line) => void process.stderr.write(`${line}\n`),
  };
}
