import { createInterface } from 'node:readline/promises';

/** Asks whether to go on, where someone sits at a terminal; elsewhere the answer is yes. An abort is a no. */
export async function askToGoOn(question: string, signal: AbortSignal): Promise<boolean> {
  if (!process.stdin.isTTY || !process.stderr.isTTY) return true;
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  // The terminal is in the hands of readline now, which turns Ctrl-C into an event of its own.
  lines.on('SIGINT', () => process.emit('SIGINT'));
  try {
    const answer = await lines.question(`${question} [Y/n] `, { signal });
    return !/^\s*n/i.test(answer);
  } catch (error) {
    if (signal.aborted) return false;
    throw error;
  } finally {
    lines.close();
  }
}
