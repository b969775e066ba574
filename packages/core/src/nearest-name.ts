/**
 * The candidate that `name` is most likely a misspelling of: the one at the smallest edit distance (Levenshtein 1966,
 * one for each letter inserted, removed or replaced), letter case and the separators `-`, `_` and space aside. The first
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
  let previous = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (let row = 1; row <= from.length; row++) {
    const current = [row];
    for (let column = 1; column <= to.length; column++) {
      const replaced = previous[column - 1] + (from[row - 1] === to[column - 1] ? 0 : 1);
      const removed = previous[column] + 1;
      const inserted = current[column - 1] + 1;
      current.push(Math.min(replaced, removed, inserted));
    }
    previous = current;
  }
  return previous[to.length];
}
