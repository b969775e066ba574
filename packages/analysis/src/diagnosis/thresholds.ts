/**
 * How many depth scales a signal may lose, or gain, from end to end: what random networks can be trained through (Schoenholz et al. 2017,
 * https://arxiv.org/abs/1611.01232, section 5; `trainableDepth` of @relu-lab/theory). In squares: a factor e⁶ ≈ 403.
 */
export const depthScales = 6;

/** e⁶: the factor in the square. */
export const largestFactor: number = Math.exp(depthScales);

/** Whether a squared ratio stays within the trainable depth scales. */
export function isWithinScales(ratio: number): boolean {
  return ratio <= largestFactor && ratio >= 1 / largestFactor;
}

/** Share of the units that should be alive (or bend, or have a slope) which must not be the lesser part. */
export const majority = 0.5;

/**
 * e³: what a signal that dies out may lose in the square. Its gradient dies out beside it, at the same rate, so that each has half of the
 * depth scales.
 */
export const largestFade: number = Math.exp(depthScales / 2);
