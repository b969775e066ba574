import type { Dataset } from '@relu-lab/core';
import type { Loss } from '@relu-lab/nn';
import { featureMoments } from './feature-moments.ts';

/**
 * Loss of the best answer that does not look at the input: for classes the entropy of their shares in nats, for values the mean of the
 * columns' variances.
 */
export function constantAnswer({ targets, rows, classes = 0 }: Dataset, loss: Loss): number {
  if (loss.targets === 'classes') {
    const counts = new Float64Array(classes);
    targets.forEach((label) => counts[label]++);
    return counts.reduce((sum, count) => (count === 0 ? sum : sum - (count / rows) * Math.log(count / rows)), 0);
  }
  const { deviation } = featureMoments(targets, targets.length / rows);
  return deviation.reduce((sum, d) => sum + d * d, 0) / deviation.length;
}
