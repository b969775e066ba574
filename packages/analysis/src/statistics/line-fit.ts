import { ParameterError, ShapeError } from '@relu-lab/core';
import { readOptions } from '@relu-lab/core/options';
import jstat from 'jstat';
import { mean } from './bootstrap.ts';
import { levelRule } from './options.ts';
import type { LevelOptions } from './order-interval.ts';

/** A line through points, by least squares. */
export interface LineFit {
  readonly slope: number;
  readonly intercept: number;
  /** Interval of the slope, slope ± t(n − 2) × its standard error; null for two points, which no line misses. */
  readonly interval: readonly [number, number] | null;
  /** Standard error of the slope; null for two points. */
  readonly slopeError: number | null;
  /** Standard deviation of the points about the line, dividing by n − 2; null for two points. */
  readonly residualDeviation: number | null;
  readonly points: number;
  readonly level: number;
}

/**
 * The line y = intercept + slope × x by least squares, with Student's interval of the slope.
 *
 * @throws ShapeError when the lists differ in length; ParameterError for numbers that are not finite, or fewer than two different x.
 */
export function fitLine(x: ArrayLike<number>, y: ArrayLike<number>, options: LevelOptions = {}): LineFit {
  const { level } = readOptions('fitLine', options, { level: levelRule });
  if (x.length !== y.length) throw new ShapeError(`A line needs as many x as y; there are ${x.length} and ${y.length}`);
  const points = x.length;
  for (let i = 0; i < points; i++) {
    if (Number.isFinite(x[i]) && Number.isFinite(y[i])) continue;
    throw new ParameterError(`A line needs finite points, not (${String(x[i])}, ${String(y[i])}) (at ${i})`);
  }
  const [centreX, centreY] = [mean(x), mean(y)];
  let [xx, xy] = [0, 0];
  for (let i = 0; i < points; i++) {
    xx += (x[i] - centreX) ** 2;
    xy += (x[i] - centreX) * (y[i] - centreY);
  }
  if (!(xx > 0))
    throw new ParameterError(`A line needs at least two points with different x; there are ${points} points`);
  const slope = xy / xx;
  const fit = { slope, intercept: centreY - slope * centreX, points, level };
  if (points === 2) return { ...fit, interval: null, slopeError: null, residualDeviation: null };
  let residual = 0;
  for (let i = 0; i < points; i++) residual += (y[i] - centreY - slope * (x[i] - centreX)) ** 2;
  const residualDeviation = Math.sqrt(residual / (points - 2));
  const slopeError = residualDeviation / Math.sqrt(xx);
  const half = jstat.studentt.inv((1 + level) / 2, points - 2) * slopeError;
  return { ...fit, interval: [slope - half, slope + half], slopeError, residualDeviation };
}
