/**
 * The root of f between `a` and `b`, at which f has opposite signs: Brent's method (Brent 1973), which never leaves the
 * bracket and is never slower than bisection by much.
 *
 * @param fa - f(a).
 * @param fb - f(b).
 * @returns the root to about 1e-15 of its size (of 1, near 0).
 */
export function bracketedRoot(f: (x: number) => number, a: number, b: number, fa: number, fb: number): number {
  let [best, fBest, other, fOther] = [b, fb, a, fa];
  let [previous, fPrevious] = [a, fa];
  let step = b - a;
  let stepBefore = step;
  for (let iteration = 0; iteration < 200; iteration++) {
    if (Math.abs(fOther) < Math.abs(fBest)) {
      [previous, best, other] = [best, other, best];
      [fPrevious, fBest, fOther] = [fBest, fOther, fBest];
    }
    const tolerance = 2e-16 * Math.max(1, Math.abs(best));
    const middle = (other - best) / 2;
    if (Math.abs(middle) <= tolerance || fBest === 0) return best;

    const [p, q] = interpolation(best, fBest, other, fOther, previous, fPrevious, middle);
    const acceptable =
      Math.abs(stepBefore) >= tolerance &&
      Math.abs(fPrevious) > Math.abs(fBest) &&
      2 * p < Math.min(3 * middle * q - Math.abs(tolerance * q), Math.abs(stepBefore * q));
    [stepBefore, step] = acceptable ? [step, p / q] : [middle, middle];

    [previous, fPrevious] = [best, fBest];
    best += Math.abs(step) > tolerance ? step : Math.sign(middle) * tolerance;
    fBest = f(best);
    if (fBest > 0 === fOther > 0) {
      [other, fOther] = [previous, fPrevious];
      step = best - previous;
      stepBefore = step;
    }
  }
  return best;
}

/** The step p / q, p ≥ 0, to the root of the secant or of the inverse parabola through the last points. */
function interpolation(
  best: number,
  fBest: number,
  other: number,
  fOther: number,
  previous: number,
  fPrevious: number,
  middle: number,
): readonly [number, number] {
  const s = fBest / fPrevious;
  let p: number;
  let q: number;
  if (previous === other) {
    p = 2 * middle * s;
    q = 1 - s;
  } else {
    const t = fPrevious / fOther;
    const r = fBest / fOther;
    p = s * (2 * middle * t * (t - r) - (best - previous) * (r - 1));
    q = (t - 1) * (r - 1) * (s - 1);
  }
  return p > 0 ? [p, -q] : [-p, q];
}
