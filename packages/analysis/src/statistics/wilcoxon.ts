import { normalCumulative } from '@relu-lab/core';
import { refuseUnknown } from '@relu-lab/core/options';
import type { Outcome } from './outcome.ts';
import { type PairedTest, type PairedTestOptions, checkAlternative, fromTails } from './paired-test.ts';
import { pairedDifferences } from './pairs.ts';

/** Up to so many differences the distribution is computed, beyond them approximated. */
const mostForExact = 200;

/**
 * Wilcoxon's signed-rank test: the sum of the ranks of |first − second| over the positive differences, tied ones sharing the mean of their
 * ranks, and differences of 0 left out (`pairs` counts them nevertheless). The p value is exact for up to 200 differences, with ties too: over all
 * 2ⁿ signs of the ranks that there are; beyond, the normal approximation with the correction for ties and for continuity.
 *
 * @throws ShapeError when the lists differ in length; ParameterError for outcomes or options that are not acceptable.
 * @see Wilcoxon 1945, https://doi.org/10.2307/3001968
 */
export function wilcoxonSignedRank(
  first: readonly Outcome[],
  second: readonly Outcome[],
  options: PairedTestOptions = {},
): PairedTest {
  refuseUnknown('wilcoxonSignedRank', options, ['alternative']);
  const alternative = checkAlternative(options.alternative ?? 'two-sided');
  const { differences, diverged } = pairedDifferences(first, second);
  const common = { test: 'wilcoxon-signed-rank', pairs: differences.length, diverged, alternative } as const;
  const moved = differences.filter((difference) => difference !== 0);
  if (moved.length === 0) {
    const reason = differences.length === 0 ? 'there is no pair of runs that did not diverge' : 'all differences are 0';
    return { ...common, statistic: null, pValue: null, method: 'exact', reason };
  }
  // Twice the ranks: whole numbers also where two share one.
  const ranks = doubledRanks(moved.map(Math.abs));
  const positive = ranks.reduce((sum, rank, i) => (moved[i] > 0 ? sum + rank : sum), 0);
  const exact = moved.length <= mostForExact;
  const [greater, less] = (exact ? exactTails : normalTails)(ranks, positive);
  return {
    ...common,
    statistic: positive / 2,
    pValue: fromTails(alternative, greater, less),
    method: exact ? 'exact' : 'normal',
    reason: null,
  };
}

function doubledRanks(sizes: readonly number[]): readonly number[] {
  const order = [...sizes.keys()].sort((a, b) => sizes[a] - sizes[b]);
  const ranks = new Array<number>(sizes.length);
  for (let start = 0; start < order.length;) {
    let end = start + 1;
    while (end < order.length && sizes[order[end]] === sizes[order[start]]) end++;
    for (const index of order.slice(start, end)) ranks[index] = start + end + 1;
    start = end;
  }
  return ranks;
}

/** P[sum ≥ observed] and P[sum ≤ observed] where each rank counts with probability ½. */
function exactTails(ranks: readonly number[], observed: number): readonly [number, number] {
  const total = ranks.reduce((sum, rank) => sum + rank, 0);
  const probability = new Float64Array(total + 1);
  probability[0] = 1;
  let reached = 0;
  for (const rank of ranks) {
    reached += rank;
    for (let sum = reached; sum >= 0; sum--) {
      probability[sum] = (probability[sum] + (sum >= rank ? probability[sum - rank] : 0)) / 2;
    }
  }
  const tail = (from: number, to: number): number => {
    let sum = 0;
    for (let i = from; i <= to; i++) sum += probability[i];
    return sum;
  };
  return [tail(observed, total), tail(0, observed)];
}

/** The sum has mean Σ r/2 and variance Σ r²/4, ties included; half a rank of continuity correction. */
function normalTails(ranks: readonly number[], observed: number): readonly [number, number] {
  const centre = ranks.reduce((sum, rank) => sum + rank, 0) / 2;
  const deviation = Math.sqrt(ranks.reduce((sum, rank) => sum + rank * rank, 0)) / 2;
  // Doubled ranks: half a rank is 1.
  return [normalCumulative((centre - observed + 1) / deviation), normalCumulative((observed - centre + 1) / deviation)];
}
