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

/** The message of whatever was thrown, on one line. */
export function messageOf(thrown: unknown): string {
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return message.trim().replace(/\s*\n\s*/g, ' ') || 'an error without a message';
}
