import type { Dataset } from '@relu-lab/core';
import type { Loss } from '@relu-lab/nn';
import { labelEntropy } from '../label-entropy.ts';
import { featureMoments } from './feature-moments.ts';

/**
 * Loss of the best answer that does not look at the input: for classes the entropy of their shares in nats, for values the mean of the
 * columns' variances.
 */
export function constantAnswer(data: Dataset, loss: Loss): number {
  if (loss.targets === 'classes') return labelEntropy(data);
  const { deviation } = featureMoments(data.targets, data.targets.length / data.rows);
  return deviation.reduce((sum, d) => sum + d * d, 0) / deviation.length;
}
