import { ParameterError, random } from '@relu-lab/core';
import { notNegative, refuseUnknown } from '@relu-lab/core/options';
import { type Network, checkNetwork } from '@relu-lab/nn';
import { checkAxis } from '../experiments/grid.ts';
import { seedRule } from '../statistics/options.ts';
import { medianInterval } from '../statistics/order-interval.ts';
import { median } from '../statistics/quantile.ts';
import { countRegions } from './count-regions.ts';
import type { Line } from './line.ts';
import type { Plane } from './plane-window.ts';
import type { PredictedRegions } from './predicted-regions.ts';
import { type WindowInput, readWindow } from './window-input.ts';

/** What the size of the noise is measured by. */
export type NoiseScale = 'layer' | 'weight';

export interface RegionsUnderNoiseOptions {
  /** Deviations ε of the noise, as shares: 0.01 is 1 %. Default 0.001, 0.003, 0.01, 0.03, 0.1. */
  readonly levels?: readonly number[];
  /**
   * Of what ε is a share. `layer`: of the root mean square weight of the layer, for each of its weights and biases. `weight`: of each
   * weight and bias itself, so that what is 0 stays 0. Default `layer`.
   */
  readonly relativeTo?: NoiseScale;
  /** One draw of the noise each, the same draw at every level. Default 0 to 19. */
  readonly seeds?: readonly number[];
  /** More cells than this are refused. */
  readonly maxCells?: number;
}

/** One noisy copy. */
export interface NoisyCount {
  readonly level: number;
  readonly seed: number;
  readonly count: number;
  readonly cells: number;
}

/** The counts at one level of noise, over seeds. */
export interface NoiseLevel {
  readonly level: number;
  readonly counts: readonly number[];
  readonly median: number;
  /** Distribution-free interval of the median, at 95 % where there are seeds enough. */
  readonly interval: readonly [number, number];
  /** Probability that such an interval covers the median. */
  readonly coverage: number;
  /** median / count without noise. */
  readonly shareKept: number;
}

/** What is left of a network's linear regions when its weights are disturbed. */
export interface RegionsUnderNoise {
  readonly kind: 'regions-under-noise';
  readonly input: WindowInput;
  readonly relativeTo: NoiseScale;
  /** Linear regions without noise. */
  readonly clean: number;
  readonly levels: readonly NoiseLevel[];
  readonly rows: readonly NoisyCount[];
  readonly predicted: PredictedRegions;
}

const defaultLevels: readonly number[] = [0.001, 0.003, 0.01, 0.03, 0.1];

/**
 * Counts the linear regions of copies of a network with normal noise on their weights and biases, from the stream `noise` of each
 * seed. A network that folds on purpose first gains small regions, where its creases no longer meet exactly, and then loses its count, the
 * sooner the deeper it is; a random network hardly notices.
 *
 * @throws ParameterError for levels or seeds that are no lists of distinct acceptable values, or another `relativeTo`; else as
 *   {@link linearRegionsOnLine} and {@link linearRegionsOnPlane}.
 * @see Hanin & Rolnick 2019, https://arxiv.org/abs/1901.09021
 */
export function regionsUnderNoise(
  network: Network,
  input: Line | Plane,
  options: RegionsUnderNoiseOptions = {},
): RegionsUnderNoise {
  checkNetwork(network);
  const owner = 'regionsUnderNoise';
  refuseUnknown(owner, options, ['levels', 'relativeTo', 'seeds', 'maxCells']);
  const {
    levels = defaultLevels,
    relativeTo = 'layer',
    seeds = Array.from({ length: 20 }, (_, seed) => seed),
    ...limit
  } = options;
  if (relativeTo !== 'layer' && relativeTo !== 'weight') {
    throw new ParameterError(`relativeTo of ${owner} must be 'layer' or 'weight', not '${String(relativeTo)}'`);
  }
  checkAxis(owner, 'levels', levels, notNegative(0));
  checkAxis(owner, 'seeds', seeds, seedRule);
  const window = readWindow(owner, input, network.inputs);
  const { count: clean, predicted } = countRegions(network, window, limit);
  const noisy = network.clone();
  const rows = levels.flatMap((level) =>
    seeds.map((seed): NoisyCount => {
      disturb(network, noisy, level, relativeTo, seed);
      const { count, cells } = countRegions(noisy, window, limit);
      return { level, seed, count, cells };
    }),
  );
  return {
    kind: 'regions-under-noise',
    input: window,
    relativeTo,
    clean,
    levels: levels.map((level) => noiseLevel(level, rows, clean)),
    rows,
    predicted,
  };
}

/** Sets the weights and biases of `noisy` to those of `network` with noise. */
function disturb(network: Network, noisy: Network, level: number, relativeTo: NoiseScale, seed: number): void {
  const noise = random(seed).stream('noise');
  for (const layer of network.layers.filter(({ role }) => role === 'weights')) {
    const scale = rootMeanSquare(valuesOf(network, `${layer.name}.weight`));
    for (const { name, length } of layer.parameters) {
      const draws = new Float64Array(length);
      noise.stream(name).fillNormal(draws);
      const clean = valuesOf(network, name);
      const sizeOf = (value: number): number => (relativeTo === 'layer' ? scale : value);
      noisy.setParameter(
        name,
        clean.map((value, i) => value + level * sizeOf(value) * draws[i]),
      );
    }
  }
}

/** In the network's own precision. */
function valuesOf(network: Network, name: string): Float64Array {
  const { offset, length } = network.parameter(name);
  return Float64Array.from(network.arena.values.subarray(offset, offset + length));
}

function rootMeanSquare(values: Float64Array): number {
  return Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / values.length);
}

function noiseLevel(level: number, rows: readonly NoisyCount[], clean: number): NoiseLevel {
  const counts = rows.filter((row) => row.level === level).map(({ count }) => count);
  const { interval, coverage } = medianInterval(counts);
  const middle = median(counts);
  return { level, counts, median: middle, interval, coverage, shareKept: middle / clean };
}
