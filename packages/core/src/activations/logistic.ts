/** The logistic function σ(x) = 1 / (1 + e⁻ˣ), to about 1e-16 of its value on both sides, without overflow. */
export function logistic(x: number): number {
  if (x >= 0) return 1 / (1 + Math.exp(-x));
  const e = Math.exp(x);
  return e / (1 + e);
}
