import { ShapeError } from '@relu-lab/core';
import { type Outcome, splitOutcomes } from './outcome.ts';

/** Pairs that have no difference, because a run of theirs diverged. */
export interface DivergedPairs {
  /** Pairs of which the first run alone diverged. */
  readonly first: number;
  /** Pairs of which the second run alone diverged. */
  readonly second: number;
  readonly both: number;
}

/** Differences of two conditions, seed by seed. */
export interface PairedDifferences {
  /** first − second, of the pairs in which neither run diverged. */
  readonly differences: readonly number[];
  readonly diverged: DivergedPairs;
}

/**
 * Differences of paired outcomes: `first[i]` and `second[i]` are of the same seed.
 *
 * @throws ShapeError when the lists differ in length; ParameterError when they are empty, or an outcome is neither a number nor `'diverged'`.
 */
export function pairedDifferences(first: readonly Outcome[], second: readonly Outcome[]): PairedDifferences {
  if (first.length !== second.length) {
    throw new ShapeError(
      `Pairs need as many outcomes on both sides, one a seed; there are ${first.length} and ${second.length}`,
    );
  }
  const diverged = splitOutcomes(first).diverged;
  const divergedSecond = splitOutcomes(second).diverged;
  const both = first.filter((outcome, i) => !isNumber(outcome) && !isNumber(second[i])).length;
  const differences = first.flatMap((outcome, i) => {
    const other = second[i];
    return isNumber(outcome) && isNumber(other) ? [outcome - other] : [];
  });
  return { differences, diverged: { first: diverged - both, second: divergedSecond - both, both } };
}

function isNumber(outcome: Outcome): outcome is number {
  return Number.isFinite(outcome);
}
