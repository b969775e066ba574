import { ParameterError } from '@relu-lab/core';
import { refuseUnknown } from '@relu-lab/core/options';
import { checkList } from './options.ts';

/**
 * Which of the definitions of Hyndman & Fan 1996: 5 (piecewise linear through the middles of the steps), 6 (Weibull; unbiased
 * for the uniform distribution), 7 (what R, NumPy and Excel take), 8 (median-unbiased whatever the distribution).
 */
export type QuantileType = 5 | 6 | 7 | 8;

export interface QuantileOptions {
  /** Default 7. */
  readonly type?: QuantileType;
}

/** Plotting positions (k − α) / (n + 1 − 2α), by type. */
const plotting: Readonly<Record<QuantileType, number>> = { 5: 1 / 2, 6: 0, 7: 1, 8: 1 / 3 };

/**
 * The middle value, or the mean of the two in the middle; NaN when any value is NaN, wherever it stands.
 *
 * @throws ParameterError when there is none.
 */
export function median(values: ArrayLike<number>): number {
  checkList('median', values);
  if (values.length === 0) throw new ParameterError('There is no median of no values');
  return quantileOfSorted(Float64Array.from(values).sort(), 0.5, 7);
}

/**
 * The quantile at probability `p`: linear between the order statistics x₍ₖ₎, which stand at probabilities (k − α)/(n + 1 − 2α) with α by
 * type (7: (k − 1)/(n − 1)); the smallest and the largest value beyond them. NaN when any value is NaN.
 *
 * @throws ParameterError when there is no value, `p` is not from 0 to 1, or the type is none of those there are.
 * @see Hyndman & Fan 1996, https://doi.org/10.1080/00031305.1996.10473566
 */
export function quantile(values: ArrayLike<number>, p: number, options: QuantileOptions = {}): number {
  return quantiles(values, [p], options)[0];
}

/**
 * The quantiles at several probabilities, in their order: see {@link quantile}.
 *
 * @throws ParameterError as {@link quantile} does.
 */
export function quantiles(
  values: ArrayLike<number>,
  probabilities: readonly number[],
  options: QuantileOptions = {},
): readonly number[] {
  refuseUnknown('quantiles', options, ['type']);
  const { type = 7 } = options;
  if (plotting[type] === undefined) {
    throw new ParameterError(`The type of a quantile must be 5, 6, 7 or 8, not ${String(type)}`);
  }
  checkList('quantiles', values);
  if (values.length === 0) throw new ParameterError('There is no quantile of no values');
  const sorted = Float64Array.from(values).sort();
  return probabilities.map((p) => {
    if (!(p >= 0 && p <= 1)) throw new ParameterError(`A probability must be a number from 0 to 1, not ${String(p)}`);
    return quantileOfSorted(sorted, p, type);
  });
}

/** Of values that ascend; typed arrays sort NaN to the end. */
export function quantileOfSorted(sorted: Float64Array, p: number, type: QuantileType): number {
  const { length } = sorted;
  if (Number.isNaN(sorted[length - 1])) return NaN;
  const alpha = plotting[type];
  // Rounding must not move a position that is a whole number: 0.3 × 10 + … has to be 3.
  const place = alpha + p * (length + 1 - 2 * alpha);
  const position = Math.min(
    Math.max(Math.abs(place - Math.round(place)) < 1e-12 * length ? Math.round(place) : place, 1),
    length,
  );
  const below = Math.floor(position);
  const share = position - below;
  const low = sorted[below - 1];
  // An infinity may stand there, and must not be multiplied by 0.
  return share === 0 || low === sorted[below] ? low : (1 - share) * low + share * sorted[below];
}
