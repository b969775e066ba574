import { ParameterError, millsRatio, normalCumulative } from '@relu-lab/core';

/**
 * The quantile of the standard normal distribution: the x with Φ(x) = p, to about 1e-15 of max(1, |x|).
 *
 * ln Φ is concave, and Newton's method on it, started left of the root, climbs to it without overshooting; its slope is the density
 * over Φ, one over Mills's ratio.
 *
 * @throws ParameterError unless 0 ≤ p ≤ 1; 0 and 1 give −∞ and ∞.
 */
export function normalQuantile(p: number): number {
  if (!(p >= 0 && p <= 1)) throw new ParameterError(`A probability must be a number from 0 to 1, not ${p}`);
  if (p === 0 || p === 1) return p === 0 ? -Infinity : Infinity;
  if (p > 0.5) return -normalQuantile(1 - p);
  const target = Math.log(p);
  // Φ(x) ≤ e^(−x²/2) / 2 for x ≤ 0, so that this lies left of the root.
  let x = -Math.sqrt(-2 * Math.log(2 * p));
  for (let iteration = 0; iteration < 50; iteration++) {
    const step = (target - Math.log(normalCumulative(x))) * millsRatio(-x);
    x += step;
    if (Math.abs(step) <= 1e-15 * Math.max(1, -x)) break;
  }
  return Math.min(0, x);
}
