import { ParameterError, ShapeError } from '@relu-lab/core';
import { readOptions, refuseUnknown } from '@relu-lab/core/options';
import { type LineFit, fitLine } from './line-fit.ts';
import { levelRule } from './options.ts';
import type { LevelOptions } from './order-interval.ts';

export interface GrowthFitOptions extends LevelOptions {
  /** Where the values stand, such as the layers; default 0, 1, 2, … */
  readonly positions?: ArrayLike<number>;
}

/** Exponential growth: a factor a position. */
export interface GrowthFit {
  /** e^slope: what a value is multiplied with from one position to the next. */
  readonly factor: number;
  /** Interval of the factor; null for two values. */
  readonly interval: readonly [number, number] | null;
  /** The line ln y = intercept + slope × position. */
  readonly line: LineFit;
  /** Values that have no logarithm (0 by underflow, or not finite), left out of the fit. */
  readonly leftOut: number;
}

/**
 * Growth of positive values from position to position (layer to layer, step to step): the line through their logarithms by least squares.
 * The interval supposes independent deviations from that line: values of neighbouring layers of *one* network share what came before,
 * so that its interval is too narrow; fit each seed, and summarise the factors over seeds.
 *
 * @throws ShapeError when there are not as many positions as values; ParameterError with fewer than two values that are positive and finite,
 * a negative value, or options that are not acceptable.
 */
export function fitGrowth(values: ArrayLike<number>, options: GrowthFitOptions = {}): GrowthFit {
  refuseUnknown('fitGrowth', options, ['positions', 'level']);
  const { positions = Array.from({ length: values.length }, (_, i) => i), ...rest } = options;
  const { level } = readOptions('fitGrowth', rest, { level: levelRule });
  if (positions.length !== values.length) {
    throw new ShapeError(`Growth needs a position for each value; there are ${positions.length} for ${values.length}`);
  }
  const { kept, leftOut } = withLogarithm(values);
  if (kept.length < 2) {
    throw new ParameterError(
      `Growth needs at least two positive finite values; there are ${kept.length} of ${values.length}`,
    );
  }
  const line = fitLine(
    kept.map((i) => positions[i]),
    kept.map((i) => Math.log(values[i])),
    { level },
  );
  const { interval } = line;
  return {
    factor: Math.exp(line.slope),
    interval: interval && [Math.exp(interval[0]), Math.exp(interval[1])],
    line,
    leftOut,
  };
}

/** A power law: y = e^intercept × x^slope. */
export interface PowerFit {
  /** The exponent. */
  readonly slope: number;
  /** Interval of the exponent; null for two points. */
  readonly interval: readonly [number, number] | null;
  /** The line ln y = intercept + slope × ln x. */
  readonly line: LineFit;
  /** Points whose y has no logarithm (0 by underflow, or not finite), left out of the fit. */
  readonly leftOut: number;
}

/**
 * The exponent of a power law: the slope of ln y against ln x by least squares, with its interval.
 *
 * @param x - positive and finite, such as widths.
 * @throws ShapeError when the lists differ in length; ParameterError for an x that is not positive and finite, a negative y, or fewer than two
 * points with different x.
 */
export function fitPower(x: ArrayLike<number>, y: ArrayLike<number>, options: LevelOptions = {}): PowerFit {
  const { level } = readOptions('fitPower', options, { level: levelRule });
  if (x.length !== y.length)
    throw new ShapeError(`A power law needs as many x as y; there are ${x.length} and ${y.length}`);
  for (let i = 0; i < x.length; i++) {
    if (!(x[i] > 0 && Number.isFinite(x[i]))) {
      throw new ParameterError(`A power law needs positive finite x, not ${String(x[i])} (at ${i})`);
    }
  }
  const { kept, leftOut } = withLogarithm(y);
  const line = fitLine(
    kept.map((i) => Math.log(x[i])),
    kept.map((i) => Math.log(y[i])),
    { level },
  );
  return { slope: line.slope, interval: line.interval, line, leftOut };
}

/** Indices of the values that are positive and finite. */
function withLogarithm(values: ArrayLike<number>): { readonly kept: readonly number[]; readonly leftOut: number } {
  const kept: number[] = [];
  for (let i = 0; i < values.length; i++) {
    if (values[i] < 0) throw new ParameterError(`Logarithms need values of at least 0, not ${values[i]} (at ${i})`);
    if (values[i] > 0 && Number.isFinite(values[i])) kept.push(i);
  }
  return { kept, leftOut: values.length - kept.length };
}
