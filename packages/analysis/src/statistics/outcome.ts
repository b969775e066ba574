import { ParameterError } from '@relu-lab/core';
import { checkList } from './options.ts';

/** What one run came to: a number, or that it diverged. NaN and infinities count as diverged too. */
export type Outcome = number | 'diverged';

/** Outcomes, those that are numbers apart from those that are not. */
export interface SplitOutcomes {
  readonly finite: readonly number[];
  /** How many runs diverged. */
  readonly diverged: number;
}

/**
 * Tells the runs that came to a finite number from those that diverged.
 *
 * @throws ParameterError when there is no outcome at all, or one that is neither a number nor `'diverged'`: a value that is
 * missing is no divergence.
 */
export function splitOutcomes(outcomes: readonly Outcome[]): SplitOutcomes {
  checkList('A summary of outcomes', outcomes);
  if (outcomes.length === 0) throw new ParameterError('There are no outcomes: at least one run is needed');
  outcomes.forEach(checkOutcome);
  const finite = outcomes.filter((outcome): outcome is number => Number.isFinite(outcome));
  return { finite, diverged: outcomes.length - finite.length };
}

function checkOutcome(outcome: unknown, index: number): void {
  if (typeof outcome === 'number' || outcome === 'diverged') return;
  throw new ParameterError(`An outcome must be a number or 'diverged', not ${String(outcome)} (at ${index})`);
}
