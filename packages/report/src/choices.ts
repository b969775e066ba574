import { nearestName } from '@relu-lab/core';

/** At most this many names are listed. */
const listed = 24;

/**
 * How a message about an unknown name goes on: `; did you mean 'relu'? There are relu, selu`. Without a near name:
 * `; there are relu, selu`.
 */
export function choices(name: string, known: readonly string[]): string {
  if (known.length === 0) return '; there are none';
  const names = known.length > listed ? `${known.slice(0, listed).join(', ')}, …` : known.join(', ');
  const near = nearestName(name, known);
  return near === undefined ? `; there are ${names}` : `; did you mean '${near}'? There are ${names}`;
}
