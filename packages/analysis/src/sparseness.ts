/**
 * Measures of how unequally magnitudes |x| are shared out: 0 for equal ones, 1 for all in one of them, whatever their scale. NaN for what has
 * no sparseness: nothing but zeros, or a single number.
 */
export interface Sparseness {
  /** (1 − (Σ|x|/n)² / (Σx²/n)) / (1 − 1/n). Vinje & Gallant 2000, https://doi.org/10.1126/science.287.5456.1273, after Treves & Rolls 1991. */
  readonly trevesRolls: number;
  /** (√n − Σ|x|/√(Σx²)) / (√n − 1). Hoyer 2004, https://www.jmlr.org/papers/v5/hoyer04a.html */
  readonly hoyer: number;
}

/** Both measures, from the sums over n numbers of |x| and of x². */
export function sparseness(n: number, magnitudes: number, squares: number): Sparseness {
  if (n < 2 || squares === 0) return { trevesRolls: NaN, hoyer: NaN };
  const ratio = (magnitudes * magnitudes) / squares;
  return {
    trevesRolls: (1 - ratio / n) / (1 - 1 / n),
    hoyer: (Math.sqrt(n) - Math.sqrt(ratio)) / (Math.sqrt(n) - 1),
  };
}

/**
 * The Gini index of magnitudes that ascend, Σ (2 k − n − 1) |x|₍ₖ₎ / (n Σ|x|): 0 for equal ones, 1 − 1/n for all in one. NaN for zeros alone.
 *
 * @see Hurley & Rickard 2009, https://arxiv.org/abs/0811.4706
 */
export function giniOfSorted(magnitudes: Float64Array): number {
  const n = magnitudes.length;
  let [weighted, sum] = [0, 0];
  for (let k = 0; k < n; k++) {
    weighted += (2 * k + 1 - n) * magnitudes[k];
    sum += magnitudes[k];
  }
  return weighted / (n * sum);
}
