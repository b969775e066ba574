import { ParameterError } from '@relu-lab/core';
import type { DivergedPairs } from './pairs.ts';

/** What would speak against no difference: any (`two-sided`), that the first is larger (`greater`), or smaller (`less`). */
export type Alternative = 'two-sided' | 'greater' | 'less';

export interface PairedTestOptions {
  /** Default `two-sided`. */
  readonly alternative?: Alternative;
}

/** Result of a test of paired outcomes. */
export interface PairedTest {
  readonly test: 'paired-t' | 'wilcoxon-signed-rank' | 'sign-flip';
  /** Pairs in which neither run diverged: those that are tested. */
  readonly pairs: number;
  readonly diverged: DivergedPairs;
  /** t; the sum of the ranks of positive differences; or the mean difference. Null where it does not exist. */
  readonly statistic: number | null;
  /** Null where there is none, for `reason`. */
  readonly pValue: number | null;
  /** Where the p value is from: Student's distribution, all arrangements, a normal approximation, or random arrangements. */
  readonly method: 'student' | 'exact' | 'normal' | 'monte-carlo';
  readonly alternative: Alternative;
  /** Why there is no p value; null where there is one. */
  readonly reason: string | null;
}

/** @throws ParameterError for anything else than an alternative. */
export function checkAlternative(alternative: Alternative): Alternative {
  if (alternative === 'two-sided' || alternative === 'greater' || alternative === 'less') return alternative;
  throw new ParameterError(`alternative must be 'two-sided', 'greater' or 'less', not '${String(alternative)}'`);
}

/** The p value from those of both sides; twice the smaller one, at most 1, for two. */
export function fromTails(alternative: Alternative, greater: number, less: number): number {
  if (alternative === 'greater') return Math.min(1, greater);
  if (alternative === 'less') return Math.min(1, less);
  return Math.min(1, 2 * Math.min(greater, less));
}
