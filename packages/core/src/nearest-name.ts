/**
 * The candidate that `name` is most likely a misspelling of: the one at the smallest edit distance (Damerau 1964:
 * one for each letter inserted, removed or replaced, and for two neighbours swapped), letter case and the separators `-`, `_` and space aside. The first
 * of several equally near.
 *
 * @returns `undefined` when no candidate is nearer than half the length of the longer of the two names: then it is
 * another word rather than a misspelling.
 */
export function nearestName(name: string, candidates: Iterable<string>): string | undefined {
  const wanted = plain(name);
  let nearest: string | undefined;
  let smallest = Infinity;
  for (const candidate of candidates) {
    const offered = plain(candidate);
    const distance = editDistance(wanted, offered);
    if (distance < smallest && distance <= Math.max(wanted.length, offered.length) / 2) {
      nearest = candidate;
      smallest = distance;
    }
  }
  return nearest;
}

/** What a message says after an unknown name: ` (did you mean 'relu'?)`, or nothing where no candidate is near. */
export function didYouMean(name: string, candidates: Iterable<string>): string {
  const nearest = nearestName(name, candidates);
  return nearest === undefined ? '' : ` (did you mean '${nearest}'?)`;
}

function plain(name: string): string {
  return name.toLowerCase().replace(/[-_\s]/g, '');
}

function editDistance(from: string, to: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (let row = 1; row <= from.length; row++) {
    const current = [row];
    for (let column = 1; column <= to.length; column++) {
      const replaced = last[column - 1] + (from[row - 1] === to[column - 1] ? 0 : 1);
      const swapped = row > 1 && column > 1 && from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1];
      current.push(
        Math.min(replaced, last[column] + 1, current[column - 1] + 1, swapped ? beforeLast[column - 2] + 1 : Infinity),
      );
    }
    [beforeLast, last] = [last, current];
  }
  return last[to.length];
}
