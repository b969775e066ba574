import { refuseUnknown } from '@relu-lab/core/options';
import jstat from 'jstat';
import { mean } from './bootstrap.ts';
import type { Outcome } from './outcome.ts';
import { type PairedTest, type PairedTestOptions, checkAlternative, fromTails } from './paired-test.ts';
import { pairedDifferences } from './pairs.ts';

/**
 * Paired t test: t = mean / (s / √n) of the differences first − second, against Student's distribution with n − 1 degrees of freedom. It
 * supposes differences that are about normal; on heavy tails take {@link signFlipTest} of logarithms, or {@link wilcoxonSignedRank}.
 *
 * @throws ShapeError when the lists differ in length; ParameterError for outcomes or options that are not acceptable.
 * @see Student 1908, https://doi.org/10.1093/biomet/6.1.1
 */
export function pairedTTest(
  first: readonly Outcome[],
  second: readonly Outcome[],
  options: PairedTestOptions = {},
): PairedTest {
  refuseUnknown('pairedTTest', options, ['alternative']);
  const alternative = checkAlternative(options.alternative ?? 'two-sided');
  const { differences, diverged } = pairedDifferences(first, second);
  const pairs = differences.length;
  const common = { test: 'paired-t', pairs, diverged, method: 'student', alternative } as const;
  const none = { ...common, statistic: null, pValue: null };
  if (pairs < 2) return { ...none, reason: `${pairs} pairs have no spread: at least 2 are needed` };
  const centre = mean(differences);
  const squares = differences.reduce((sum, difference) => sum + (difference - centre) ** 2, 0);
  if (squares === 0) return { ...none, reason: 'all differences are equal: there is no spread to compare them with' };
  const t = centre / Math.sqrt(squares / (pairs - 1) / pairs);
  const greater = upperTail(t, pairs - 1);
  return { ...common, statistic: t, pValue: fromTails(alternative, greater, upperTail(-t, pairs - 1)), reason: null };
}

/** P[T ≥ t], with all digits far out too. */
function upperTail(t: number, degrees: number): number {
  const half = jstat.ibeta(degrees / (degrees + t * t), degrees / 2, 1 / 2) / 2;
  return t >= 0 ? half : 1 - half;
}
