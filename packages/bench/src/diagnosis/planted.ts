import type { Case, Planted } from './case.ts';
import { dataIllnesses } from './planted/data.ts';
import { signalIllnesses } from './planted/signals.ts';
import { trainingIllnesses } from './planted/training.ts';
import { unitIllnesses } from './planted/units.ts';

export const plantedIllnesses: readonly Planted[] = [
  ...unitIllnesses,
  ...signalIllnesses,
  ...dataIllnesses,
  ...trainingIllnesses,
];

/** A patient of each seed for every way of planting every illness. */
export function plantedCases(seeds: readonly number[]): readonly Case[] {
  return plantedIllnesses.flatMap(({ illness, expected, variants }) =>
    Object.entries(variants).flatMap(([variant, make]) =>
      seeds.map((seed): Case => ({
        illness,
        expected,
        name: `${illness}, ${variant}, seed ${seed}`,
        make: async () => make(seed),
      })),
    ),
  );
}
