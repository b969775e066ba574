// An experiment in TypeScript, as users keep them: a worker loads it by URL and name.
import { random, relu } from '@relu-lab/core';

/** The mean of φ over draws from a standard normal distribution: 1 / √(2π) for ReLU. */
export function meanOfRelu({ draws }: { readonly draws: number }, seed: number): { seed: number; mean: number }[] {
  const rng = random(seed).stream('draws');
  let sum = 0;
  for (let i = 0; i < draws; i++) sum += relu.value(rng.normal());
  return [{ seed, mean: sum / draws }];
}
