import { ParameterError } from '@relu-lab/core';
import jstat from 'jstat';

/** What a measurement came to over seeds. */
export interface SeedSummary {
  /** How many seeds gave a finite value. */
  readonly seeds: number;
  /** Seeds whose value was not finite, counted apart and left out of the rest. */
  readonly notFinite: number;
  readonly median: number;
  readonly mean: number;
  /** Standard deviation over seeds, dividing by their number less one; null for one seed. */
  readonly deviation: number | null;
  /** 95 % interval of the mean by Student's t; null for one seed. */
  readonly interval: readonly [number, number] | null;
}

/**
 * Summary of one value a seed: median, mean, and the 95 % interval of the mean, mean ± t(0.975; n − 1) s / √n (Student 1908).
 *
 * @throws ParameterError when no value is finite.
 */
export function summarizeSeeds(values: readonly number[]): SeedSummary {
  const finite = values.filter(Number.isFinite);
  const seeds = finite.length;
  if (seeds === 0) throw new ParameterError(`There is no finite value to summarise among ${values.length}`);
  const mean = finite.reduce((sum, value) => sum + value, 0) / seeds;
  const squares = finite.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const deviation = seeds > 1 ? Math.sqrt(squares / (seeds - 1)) : null;
  return {
    seeds,
    notFinite: values.length - seeds,
    median: median(finite),
    mean,
    deviation,
    interval: deviation === null ? null : studentInterval(mean, deviation, seeds),
  };
}

/**
 * The middle value, or the mean of the two in the middle.
 *
 * @throws ParameterError when there is none.
 */
export function median(values: readonly number[]): number {
  if (values.length === 0) throw new ParameterError('There is no median of no values');
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

function studentInterval(mean: number, deviation: number, seeds: number): readonly [number, number] {
  const half = (jstat.studentt.inv(0.975, seeds - 1) * deviation) / Math.sqrt(seeds);
  return [mean - half, mean + half];
}
