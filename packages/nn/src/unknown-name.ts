import { ParameterError, nearestName } from '@relu-lab/core';

/** The error for a name that is not among `names`, with the nearest one. */
export function unknownName(what: string, name: string, names: readonly string[]): ParameterError {
  const nearest = nearestName(name, names);
  const hint = nearest === undefined ? '' : ` Did you mean '${nearest}'?`;
  return new ParameterError(`There is no ${what} '${name}'; there are ${names.join(', ')}.${hint}`);
}
