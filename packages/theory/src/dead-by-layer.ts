import { ParameterError, relu } from '@relu-lab/core';
import { refuseUnknown } from '@relu-lab/core/options';
import { deadOnData } from './dead-on-data.ts';
import { pairMoments } from './gaussian-pair.ts';
import { readRequired, requiredWholeFrom } from './required-options.ts';

export interface DeadByLayerOptions {
  /** m, samples in the data set; at least 1. */
  readonly samples: number;
  /**
   * Correlation of the inputs: cosines x·y / (|x| |y|) of pairs of samples, as measured; or one number for all pairs. A sample of
   * the pairs will do.
   */
  readonly correlations: number | ArrayLike<number>;
  /** Hidden layers, at least 1. */
  readonly depth: number;
}

/** What is to be expected of one hidden layer. */
export interface LayerDeadOnData {
  /** From 1 on. */
  readonly layer: number;
  /** Mean correlation of the layer's pre-activations over the pairs. */
  readonly correlation: number;
  /**
   * Standard deviation of that correlation over the pairs, 0 for one number. The shares are good where it is small against 1 − `correlation`:
   * below a fifth of it they have been found within about 0.01 of the share in drawn networks, and far from it above.
   */
  readonly deviation: number;
  /** Expected share of units that are silent on all samples. */
  readonly dead: number;
  /** Expected share of units that are silent on none. */
  readonly alwaysOn: number;
}

/**
 * The expected share of dead, and of always-on, units in each hidden layer of a wide He-initialised ReLU network without biases, on a
 * data set of which the correlations of the inputs are known.
 *
 * The first layer's pre-activations have the correlations of the inputs; each further layer maps every pair's by
 * R(ρ) = (√(1−ρ²) + (π − arccos ρ) ρ) / π; and the mean over pairs, where it is below 0 as 0, goes into `deadOnData`: an
 * approximation unless all pairs are alike, and it gets better with depth, since the correlations draw together. It is poor where samples lie in
 * a few dimensions or tight classes (a tenth of what is dead in the second layer on points of a plane): `deviation` tells.
 *
 * @throws ParameterError for no samples, no layers, no pairs, or a correlation outside [−1, 1].
 */
export function deadByLayer(options: DeadByLayerOptions): readonly LayerDeadOnData[] {
  refuseUnknown('deadByLayer', options, ['samples', 'correlations', 'depth']);
  const { correlations: given, ...counts } = options;
  const { samples, depth } = readRequired('deadByLayer', counts, {
    samples: requiredWholeFrom(1),
    depth: requiredWholeFrom(1),
  });
  let correlations = readCorrelations(given);
  const layers: LayerDeadOnData[] = [];
  for (let layer = 1; layer <= depth; layer++) {
    const correlation = mean(correlations);
    const deviation = Math.sqrt(mean(correlations.map((rho) => (rho - correlation) ** 2)));
    const shares = deadOnData({ samples, correlation: Math.min(1, Math.max(0, correlation)) });
    layers.push({ layer, correlation, deviation, ...shares });
    correlations = correlations.map((rho) => Math.min(1, 2 * pairMoments(relu, 1, rho).product));
  }
  return layers;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function readCorrelations(given: unknown): readonly number[] {
  const isList = typeof given === 'object' && given !== null && 'length' in given;
  const correlations = isList ? Array.from(given as ArrayLike<number>) : [given as number];
  if (correlations.length === 0) throw new ParameterError('deadByLayer needs the correlation of at least one pair');
  const sound = correlations.every((rho) => typeof rho === 'number' && rho >= -1 && rho <= 1);
  if (sound) return correlations;
  throw new ParameterError(`correlations of deadByLayer must be numbers from −1 to 1, not ${String(given)}`);
}
