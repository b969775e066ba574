import type { Results } from './results.ts';

/**
 * One set of results from several runs on one machine: the suites of a later run replace those of the earlier ones. A
 * comparison comes from one run as a whole, so that its ratios stay those of the same rounds.
 *
 * @throws RangeError for no results, or results of different processors.
 */
export function mergeResults(all: readonly Results[]): Results {
  const [first, ...others] = all;
  if (first === undefined) throw new RangeError('There are no results to merge');
  return others.reduce(mergeTwo, first);
}

function mergeTwo(earlier: Results, later: Results): Results {
  if (earlier.machine.processor !== later.machine.processor) {
    throw new RangeError(
      `Results of ${earlier.machine.processor} and of ${later.machine.processor} do not go into one table`,
    );
  }
  const replaced = new Set([...later.entries, ...later.refusals].map(({ suite }) => suite));
  const kept = ({ suite }: { readonly suite: Results['entries'][number]['suite'] }): boolean => !replaced.has(suite);
  return {
    ...later,
    took: earlier.took + later.took,
    // The busiest of them: it says what cannot be believed.
    machine: { ...later.machine, load: Math.max(earlier.machine.load, later.machine.load) },
    entries: [...earlier.entries.filter(kept), ...later.entries],
    refusals: [...earlier.refusals.filter(kept), ...later.refusals],
  };
}
