import jstat from 'jstat';

/** y = c xᵇ, fitted to points. */
export interface PowerLaw {
  readonly exponent: number;
  /** 95 % interval of the exponent, from Student's t; null with two points, which leave no freedom. */
  readonly interval: readonly [number, number] | null;
  /** c. */
  readonly factor: number;
}

/**
 * Least squares of ln y on ln x.
 *
 * The interval takes deviations from the law as independent and normal in ln y. A cost that is no power law (a constant
 * part that fades) makes it wide.
 *
 * @throws RangeError for fewer than two different x, or numbers that are not above 0.
 */
export function fitPowerLaw(points: readonly { readonly x: number; readonly y: number }[]): PowerLaw {
  if (points.some(({ x, y }) => !(x > 0 && y > 0)) || new Set(points.map(({ x }) => x)).size < 2) {
    throw new RangeError('A power law needs at least two different x, and numbers above 0');
  }
  const u = points.map(({ x }) => Math.log(x));
  const v = points.map(({ y }) => Math.log(y));
  const [meanU, meanV] = [mean(u), mean(v)];
  const spread = sum(u.map((value) => (value - meanU) ** 2));
  const exponent = sum(u.map((value, i) => (value - meanU) * (v[i] - meanV))) / spread;
  const intercept = meanV - exponent * meanU;
  const freedom = points.length - 2;
  const residual = sum(u.map((value, i) => (v[i] - intercept - exponent * value) ** 2));
  const margin = freedom > 0 ? jstat.studentt.inv(0.975, freedom) * Math.sqrt(residual / freedom / spread) : NaN;
  return {
    exponent,
    interval: freedom > 0 ? [exponent - margin, exponent + margin] : null,
    factor: Math.exp(intercept),
  };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function mean(values: readonly number[]): number {
  return sum(values) / values.length;
}
