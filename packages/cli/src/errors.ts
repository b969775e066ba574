/** A command that cannot be carried out as it is written. */
export class UsageError extends Error {
  override readonly name: string = 'UsageError';
}

/** Work that was asked for as it should be, and failed. */
export class FailureError extends Error {
  override readonly name: string = 'FailureError';
}
