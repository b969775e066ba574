import type { Dataset } from '@relu-lab/core';

/** −Σ p ln p over the shares of the classes, in nats: the cross-entropy of predicting those shares for every sample. */
export function labelEntropy({ targets, rows, classes = 0 }: Dataset): number {
  const counts = new Float64Array(classes);
  targets.forEach((label) => counts[label]++);
  return counts.reduce((sum, count) => (count === 0 ? sum : sum - (count / rows) * Math.log(count / rows)), 0);
}
