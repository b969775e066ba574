/**
 * Something about a sweep that cannot be right: parameters that are not plain JSON, the same job twice, a pool without
 * workers. The message says what was given, and what would be right.
 */
export class SweepError extends Error {
  override readonly name: string = 'SweepError';
}

/** An experiment that cannot be loaded, or that returns something other than flat rows. */
export class ExperimentError extends SweepError {
  override readonly name: string = 'ExperimentError';
}

/** A store that cannot be read or written, or that belongs to something else. The message names the file, and the line. */
export class StoreError extends SweepError {
  override readonly name: string = 'StoreError';
}

/** A folder that another process writes. The message names the process. */
export class LockError extends StoreError {
  override readonly name: string = 'LockError';
}

/** A sweep folder that belongs to another specification. The message names the differences. */
export class SpecificationError extends StoreError {
  override readonly name: string = 'SpecificationError';
}
