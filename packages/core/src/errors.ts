/** A parameter that is not acceptable: the message says what was given, and what would be right. */
export class ParameterError extends Error {
  override readonly name: string = 'ParameterError';
}

/** Arrays, layers or data whose shapes do not fit together: the message names both shapes. */
export class ShapeError extends Error {
  override readonly name: string = 'ShapeError';
}

/** Data that is not what it claims to be: a corrupt file, a label out of range, a value that is not finite. */
export class DataError extends Error {
  override readonly name: string = 'DataError';
}
