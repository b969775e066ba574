/**
 * Chebyshev coefficients of (1 + a) R(a) in u = (a − 5) / (a + 5), where R(a) = (1 − Φ(a)) / φ(a) is Mills's ratio:
 * the form of Shepherd & Laframboise 1981, https://doi.org/10.1090/S0025-5718-1981-0595058-X, computed to 60 digits by
 * `test/fixtures/fit-mills-ratio.py`.
 */
const coefficients: readonly number[] = [
  1.1579976221305188, -0.1633449388451398, -0.013683136055781576, 0.03082200019810004, -0.016220073012046806,
  0.005616691016460094, -0.0014133933783549216, 0.0002502625460725661, -2.468907239728387e-5, -1.0107964061837592e-6,
  7.495419179740573e-7, -7.600274268728337e-8, -1.1574771441328644e-8, 3.333386472599843e-9, 7.538039628171347e-11,
  -1.1104247263727494e-10, 3.509243776551059e-12, 3.6894953861750955e-12, -2.3376697776383095e-13,
  -1.3271797523541405e-13, 9.921706995888276e-15, 5.276004995455379e-15, -3.373097694187922e-16,
  -2.2804338776379946e-16, 7.496330565808626e-18, 1.0328041877290668e-17, 1.4940578561247512e-19,
];

const inverseRootOfTwoPi = 0.3989422804014327;

/** From here on the density is 0 in float64. */
const vanishing = 39;

/**
 * The standard normal density φ(x) = e^(−x²/2) / √(2π), to about 1e-15 of its value wherever that is a normal float64.
 *
 * x² is taken apart as z² + (x − z)(x + z) with z short enough for an exact square: the rounding of x² alone would cost
 * x²/2 times the precision.
 */
export function normalDensity(x: number): number {
  if (Math.abs(x) >= vanishing) return 0;
  const z = Math.fround(x);
  return inverseRootOfTwoPi * Math.exp(-(z * z) / 2) * Math.exp(((z - x) * (z + x)) / 2);
}

/** Mills's ratio (1 − Φ(a)) / φ(a) of the standard normal distribution for a ≥ 0, to about 1e-15 of its value. */
export function millsRatio(a: number): number {
  const u = a === Infinity ? 1 : (a - 5) / (a + 5);
  // Clenshaw's recurrence.
  let next = 0;
  let current = 0;
  for (let n = coefficients.length - 1; n >= 1; n--) {
    const before = 2 * u * current - next + coefficients[n];
    next = current;
    current = before;
  }
  return (u * current - next + coefficients[0]) / (1 + a);
}

/** The standard normal distribution function Φ(x), to about 1e-15 of its value, also far in the left tail. */
export function normalCumulative(x: number): number {
  if (Math.abs(x) < 0.5) return 0.5 + normalDensity(x) * centralSeries(x);
  const tail = normalDensity(x) * millsRatio(Math.abs(x));
  return x > 0 ? 1 - tail : tail;
}

/** (Φ(x) − 1/2) / φ(x) = x + x³/3 + x⁵/15 + …, each term x²/(2k + 1) times the one before (Abramowitz & Stegun 26.2.11). */
function centralSeries(x: number): number {
  let term = x;
  let total = x;
  for (let k = 1; k <= 11; k++) {
    term *= (x * x) / (2 * k + 1);
    total += term;
  }
  return total;
}
