import { random } from '@relu-lab/core';
import { readOptions, refuseUnknown, wholeFrom } from '@relu-lab/core/options';
import { seedRule } from './options.ts';
import type { Outcome } from './outcome.ts';
import { type PairedTest, type PairedTestOptions, checkAlternative, fromTails } from './paired-test.ts';
import { pairedDifferences } from './pairs.ts';

export interface SignFlipOptions extends PairedTestOptions {
  /** Random sign patterns where there are too many for all; at least 100. Default 20 000. */
  readonly arrangements?: number;
  /** Seed of those patterns, drawn from the stream `sign flips`. Default 0. */
  readonly seed?: number;
}

/** Up to so many differences all 2ⁿ sign patterns are gone through. */
const mostForExact = 18;

/**
 * Sign-flip permutation test of the mean difference first − second: if the two conditions do the same, each difference could as well have
 * the other sign. The p value is the share of sign patterns whose mean is at least as far out as the one observed: of all 2ⁿ for up to 18 pairs,
 * beyond of random ones, (b + 1)/(m + 1) with b of m at least as far out (Phipson & Smyth 2010). It supposes nothing of the distribution but symmetry
 * about 0 under no difference; with n pairs no two-sided p value is below 2^(1−n).
 *
 * @throws ShapeError when the lists differ in length; ParameterError for outcomes or options that are not acceptable.
 * @see Fisher 1935, The Design of Experiments, §21; Phipson & Smyth 2010, https://doi.org/10.2202/1544-6115.1585
 */
export function signFlipTest(
  first: readonly Outcome[],
  second: readonly Outcome[],
  options: SignFlipOptions = {},
): PairedTest {
  refuseUnknown('signFlipTest', options, ['alternative', 'arrangements', 'seed']);
  const { alternative: wanted = 'two-sided', ...numbers } = options;
  const alternative = checkAlternative(wanted);
  const { arrangements, seed } = readOptions('signFlipTest', numbers, {
    arrangements: wholeFrom(100, 20_000),
    seed: seedRule,
  });
  const { differences, diverged } = pairedDifferences(first, second);
  const pairs = differences.length;
  const common = { test: 'sign-flip', pairs, diverged, alternative } as const;
  if (pairs === 0) {
    const reason = 'there is no pair of runs that did not diverge';
    return { ...common, statistic: null, pValue: null, method: 'exact', reason };
  }
  const exact = pairs <= mostForExact;
  const [greater, less] = exact ? allPatterns(differences) : randomPatterns(differences, arrangements, seed);
  return {
    ...common,
    statistic: sumOf(differences) / pairs,
    pValue: fromTails(alternative, greater, less),
    method: exact ? 'exact' : 'monte-carlo',
    reason: null,
  };
}

/** Shares of all sign patterns whose sum is at least, and at most, the observed one. Neighbours in Gray's order differ in one sign. */
function allPatterns(differences: readonly number[]): readonly [number, number] {
  const { length } = differences;
  const observed = sumOf(differences);
  const rounding = roundingOf(differences);
  const signed = differences.slice();
  let sum = observed;
  let greater = 1;
  let less = 1;
  for (let pattern = 1; pattern < 2 ** length; pattern++) {
    const flipped = 31 - Math.clz32(pattern & -pattern);
    sum -= 2 * signed[flipped];
    signed[flipped] = -signed[flipped];
    if (sum >= observed - rounding) greater++;
    if (sum <= observed + rounding) less++;
  }
  return [greater / 2 ** length, less / 2 ** length];
}

function randomPatterns(differences: readonly number[], arrangements: number, seed: number): readonly [number, number] {
  const stream = random(seed).stream('sign flips');
  const observed = sumOf(differences);
  const rounding = roundingOf(differences);
  let greater = 1;
  let less = 1;
  for (let i = 0; i < arrangements; i++) {
    let sum = 0;
    for (const difference of differences) sum += stream.integer(2) === 0 ? difference : -difference;
    if (sum >= observed - rounding) greater++;
    if (sum <= observed + rounding) less++;
  }
  return [greater / (arrangements + 1), less / (arrangements + 1)];
}

function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}

/** Sums that are equal but for rounding count as equal. */
function roundingOf(differences: readonly number[]): number {
  return 1e-10 * differences.reduce((sum, difference) => sum + Math.abs(difference), 0);
}
