import { ParameterError } from '@relu-lab/core';

/** How many seeds a build has of its own. */
const seedsPerBuild = 1000;

/** The largest seed of a build: its last run's, `1000 seed + 999`, is still a whole number that JavaScript holds exactly. */
export const largestSeed: number = Math.floor((Number.MAX_SAFE_INTEGER - (seedsPerBuild - 1)) / seedsPerBuild);

/** @throws ParameterError when `seed` is no whole number from 0 to {@link largestSeed}. */
export function checkSeed(seed: number): void {
  if (Number.isInteger(seed) && seed >= 0 && seed <= largestSeed) return;
  throw new ParameterError(`A seed is a whole number from 0 to ${largestSeed}, not ${seed}`);
}

/** @throws ParameterError when a sweep cannot run with so many seeds. */
export function checkSeedCount(count: number): void {
  if (Number.isInteger(count) && count >= 1 && count <= seedsPerBuild) return;
  throw new ParameterError(
    `The number of seeds is a whole number from 1 to ${seedsPerBuild}, not ${count}: ` +
      `a build has ${seedsPerBuild} seeds that no other build has`,
  );
}

/** The seeds of a sweep; see `SweepSeeds`. */
export function sweepSeeds(seeds: number | readonly number[], seed: number): readonly number[] {
  if (typeof seeds !== 'number') return seeds;
  checkSeedCount(seeds);
  return Array.from({ length: seeds }, (_, i) => seed * seedsPerBuild + i);
}
