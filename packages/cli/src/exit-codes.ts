import { FailureError } from './errors.ts';

/** What the process answers. */
export const exitCodes = { done: 0, failed: 1, badInput: 2 } as const;

/** The exit code for what a command throws: bad input, or a folder that cannot be used, unless it says otherwise. */
export function exitCodeOf(error: unknown): number {
  return error instanceof FailureError ? exitCodes.failed : exitCodes.badInput;
}
