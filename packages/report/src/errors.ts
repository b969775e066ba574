import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A sweep of a study in which jobs failed. Runs that finished are in the store, where the build has one. */
export class SweepFailedError extends Error {
  override readonly name: string = 'SweepFailedError';
}

/** The build was stopped. Runs that finished are in the store, where the build has one. */
export class BuildAbortedError extends Error {
  override readonly name: string = 'BuildAbortedError';
}

/** A folder or file that cannot be written. The message names it and says why. */
export class OutputError extends Error {
  override readonly name: string = 'OutputError';
}

/** `study.ts:12`: the innermost line of the code in a folder that an error came through; undefined where it came through none. */
export function thrownAt(thrown: unknown, folder: string): string | undefined {
  if (!(thrown instanceof Error)) return undefined;
  for (const [, named = '', line = ''] of (thrown.stack ?? '').matchAll(/((?:file:\/\/)?\/[^\s()]+):(\d+):\d+\)?$/gm)) {
    const file = named.startsWith('file:') ? fileURLToPath(named) : named;
    const inside = relative(folder, file);
    if (!inside.startsWith('..') && !inside.includes('node_modules')) return `${inside}:${line}`;
  }
  return undefined;
}

/** The message of whatever was thrown, on one line. */
export function messageOf(thrown: unknown): string {
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return message.trim().replace(/\s*\n\s*/g, ' ') || 'an error without a message';
}
