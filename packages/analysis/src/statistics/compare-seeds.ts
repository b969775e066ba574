import { readOptions } from '@relu-lab/core/options';
import { type BootstrapInterval, bootstrapInterval } from './bootstrap.ts';
import { levelRule, seedRule } from './options.ts';
import type { Outcome } from './outcome.ts';
import { type PairedEffect, pairedEffect } from './paired-effect.ts';
import type { PairedTest } from './paired-test.ts';
import { type DivergedPairs, pairedDifferences } from './pairs.ts';
import { signFlipTest } from './sign-flip.ts';
import { type Superiority, superiority } from './superiority.ts';
import { wilcoxonSignedRank } from './wilcoxon.ts';

export interface CompareSeedsOptions {
  /** Confidence level of the intervals, between 0 and 1. Default 0.95. */
  readonly level?: number;
  /** Seed of the bootstrap and of random sign patterns. Default 0. */
  readonly seed?: number;
}

/** Two conditions over the same seeds. */
export interface SeedComparison {
  readonly seeds: number;
  /** Pairs in which neither run diverged: all but `diverged` is of them. */
  readonly pairs: number;
  readonly diverged: DivergedPairs;
  /** Median of first − second with its interval; null when there is no pair. */
  readonly difference: BootstrapInterval | null;
  readonly signFlip: PairedTest;
  readonly wilcoxon: PairedTest;
  readonly effect: PairedEffect;
  readonly superiority: Superiority;
}

/**
 * Compares two conditions run from the same seeds, `first[i]` and `second[i]` of the same one: median difference with its interval, sign-flip and
 * signed-rank tests, and effect sizes. Of many such comparisons, adjust the p values of one of the tests with {@link holm}.
 *
 * @throws ShapeError when the lists differ in length; ParameterError for outcomes or options that are not acceptable.
 */
export function compareSeeds(
  first: readonly Outcome[],
  second: readonly Outcome[],
  options: CompareSeedsOptions = {},
): SeedComparison {
  const { level, seed } = readOptions('compareSeeds', options, { level: levelRule, seed: seedRule });
  const { differences, diverged } = pairedDifferences(first, second);
  return {
    seeds: first.length,
    pairs: differences.length,
    diverged,
    difference: differences.length > 0 ? bootstrapInterval(differences, { level, seed }) : null,
    signFlip: signFlipTest(first, second, { seed }),
    wilcoxon: wilcoxonSignedRank(first, second),
    effect: pairedEffect(first, second, { level }),
    superiority: superiority(first, second, { level }),
  };
}
