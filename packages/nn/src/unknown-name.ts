import { ParameterError, didYouMean } from '@relu-lab/core';

/** The error for a name that is not among `names`, with the nearest one. */
export function unknownName(what: string, name: string, names: readonly string[]): ParameterError {
  return new ParameterError(`There is no ${what} '${name}'${didYouMean(name, names)}; there are ${names.join(', ')}`);
}
