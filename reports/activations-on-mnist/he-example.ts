import { relu } from '@relu-lab/core';
import { signalGrowth } from '@relu-lab/theory';

/** Filters of the nine layers, conv2 to conv10, of the example of He et al. 2015; each filter is 3 × 3. */
const filters = [64, 128, 128, 256, 256, 512, 512, 512, 512];
const weightsOfFilter = 9;

/**
 * How many times smaller a gradient has become on its way from conv10 to conv2 of a ReLU network of He et al., with weights of this
 * deviation σ: ∏ √(2 / (9 n_l)) / σ over the layers, each taken as a dense one with as many weights.
 */
export function lossOfGradient(deviation: number): number {
  const widths = [weightsOfFilter, weightsOfFilter, ...filters.map((count) => weightsOfFilter * count)];
  const [conv2] = signalGrowth(relu, {
    widths,
    initializer: { variance: () => deviation ** 2, biasVariance: () => 0 },
  });
  return 1 / Math.sqrt(conv2.squaredGradient);
}
