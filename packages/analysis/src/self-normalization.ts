import { type Initializer, ParameterError, initializer as initializerByName, random, selu } from '@relu-lab/core';
import { finite, positive, readOptions, refuseUnknown, wholeFrom } from '@relu-lab/core/options';
import { type LayerDefinition, Network, activate, alphaDropout, dense } from '@relu-lab/nn';
import { seluMap } from '@relu-lab/theory';

/** Mean and variance of activations. */
export interface MeanAndVariance {
  readonly mean: number;
  readonly variance: number;
}

/** (mean, variance) of activations through a deep SELU network, layer by layer. */
export interface SelfNormalization {
  readonly kind: 'self-normalization';
  readonly initializer: string;
  readonly width: number;
  /** Rate of alpha dropout. */
  readonly dropout: number;
  readonly samples: number;
  readonly seeds: number;
  /** Layer 0 is the input. Measured over units and samples, mean over seeds; predicted by theory's map from the input on. */
  readonly trajectory: readonly {
    readonly layer: number;
    readonly measured: MeanAndVariance;
    /** Standard error over seeds; null for one seed. */
    readonly standardError: MeanAndVariance | null;
    readonly predicted: MeanAndVariance;
  }[];
  /** `normalising` when the last layer's (mean, variance) lies within 0.1 of (0, 1), or at half the input's distance from it. */
  readonly verdict: 'normalising' | 'not-normalising';
}

export interface SelfNormalizationOptions {
  /** SELU layers. Default 32. */
  readonly depth?: number;
  /** Units of each, and inputs; at least 2. Default 256. */
  readonly width?: number;
  /** Mean of the normal inputs, the same for all features. Default 0.5. */
  readonly inputMean?: number;
  /** Variance of the inputs, above 0. Default 1.5. */
  readonly inputVariance?: number;
  /** Rule for the weights; default LeCun's (`lecun-normal`), which SELU needs: σ_w² = 1. */
  readonly initializer?: Initializer;
  /** Rate of alpha dropout behind each activation; default 0: none. */
  readonly dropout?: number;
  /** Default 128. */
  readonly samples?: number;
  /** Networks that are drawn. Default 5. */
  readonly seeds?: number;
}

/**
 * The trajectory of (mean, variance) of activations through a deep SELU network from inputs off the fixed point (0, 1), beside the map that
 * theory iterates.
 *
 * Weights of mean 0 turn the mean of the inputs into spread among units, z ~ N(0, σ_w² (ν + μ²)) over units and samples, so that the
 * map is ν ← Var[selu(z)], μ ← E[selu(z)] there; alpha dropout of rate p takes μ to a ((1 − p) μ + p α') + b and ν to
 * a² ((1 − p) ν + p (1 − p) (μ − α')²), which leaves (0, 1) alone.
 *
 * @throws ParameterError for options out of range, and an initialiser that depends on data or draws nothing.
 * @see Klambauer, Unterthiner, Mayr & Hochreiter 2017, https://arxiv.org/abs/1706.02515
 */
export function selfNormalization(options: SelfNormalizationOptions = {}): SelfNormalization {
  const shape = readShape(options);
  const start = { mean: shape.inputMean, variance: shape.inputVariance };
  const predicted = [start];
  const trajectories = Array.from({ length: shape.seeds }, (_, seed) => measure(shape, seed));
  for (let layer = 1; layer <= shape.depth; layer++) predicted.push(expectedNext(shape, predicted[layer - 1]));
  const trajectory = predicted.map((expected, layer) => {
    const found = trajectories.map((measured) => measured[layer]);
    return { layer, ...overSeeds(found), predicted: expected };
  });
  return {
    kind: 'self-normalization',
    initializer: shape.initializer.name,
    width: shape.width,
    dropout: shape.dropout,
    samples: shape.samples,
    seeds: shape.seeds,
    trajectory,
    verdict: isNormalising(trajectory.map(({ measured }) => measured)) ? 'normalising' : 'not-normalising',
  };
}

interface Shape extends Required<SelfNormalizationOptions> {
  readonly weightVariance: number;
  readonly biasVariance: number;
}

function readShape(options: SelfNormalizationOptions): Shape {
  const numbers = ['depth', 'width', 'inputMean', 'inputVariance', 'dropout', 'samples', 'seeds'];
  refuseUnknown('selfNormalization', options, ['initializer', ...numbers]);
  const { initializer = initializerByName('lecun-normal'), ...rest } = options;
  const share = { default: 0, accepts: (rate: number) => rate >= 0 && rate < 1, wanted: 'a number in [0, 1)' };
  const read = readOptions('selfNormalization', rest, {
    depth: wholeFrom(1, 32),
    width: wholeFrom(2, 256),
    inputMean: finite(0.5),
    inputVariance: positive(1.5),
    dropout: share,
    samples: wholeFrom(2, 128),
    seeds: wholeFrom(1, 5),
  });
  if (initializer.outputVariance !== undefined || !(initializer.variance(read.width, read.width) > 0)) {
    throw new ParameterError(
      `selfNormalization needs random weights that do not depend on data, not those of '${initializer.name}'`,
    );
  }
  return {
    initializer,
    ...read,
    weightVariance: read.width * initializer.variance(read.width, read.width),
    biasVariance: initializer.biasVariance(read.width, read.width),
  };
}

function measure(shape: Shape, seed: number): readonly MeanAndVariance[] {
  const { depth, width, samples, dropout, initializer } = shape;
  const watched = Array.from({ length: depth }, (_, i) => `a${i + 1}`);
  const layers = watched.flatMap((name): readonly LayerDefinition[] => {
    const weights = dense({ units: width, weights: initializer });
    return dropout > 0
      ? [weights, activate(selu), alphaDropout({ rate: dropout, name })]
      : [weights, activate(selu, { name })];
  });
  const network = new Network({ inputs: width, layers, seed });
  const inputs = new Float32Array(samples * width);
  random(seed).stream('self-normalization').fillNormal(inputs, shape.inputMean, Math.sqrt(shape.inputVariance));
  network.forward(inputs, { mode: 'training' });
  return [meanAndVariance(inputs), ...watched.map((name) => meanAndVariance(network.output(name)))];
}

function meanAndVariance(values: ArrayLike<number>): MeanAndVariance {
  let [sum, squares] = [0, 0];
  for (let i = 0; i < values.length; i++) sum += values[i];
  const mean = sum / values.length;
  for (let i = 0; i < values.length; i++) squares += (values[i] - mean) ** 2;
  return { mean, variance: squares / values.length };
}

function expectedNext(shape: Shape, { mean, variance }: MeanAndVariance): MeanAndVariance {
  const { weightVariance, biasVariance, dropout: p } = shape;
  const square = variance + mean ** 2 + biasVariance / weightVariance;
  const { mean: m, variance: v } = seluMap({ variance: square, weightSquareSum: weightVariance });
  if (p === 0) return { mean: m, variance: v };
  const floor = selu.range.from;
  const a = 1 / Math.sqrt((1 - p) * (1 + p * floor ** 2));
  return {
    mean: a * ((1 - p) * m + p * floor) - a * floor * p,
    variance: a * a * ((1 - p) * v + p * (1 - p) * (m - floor) ** 2),
  };
}

function overSeeds(found: readonly MeanAndVariance[]): {
  readonly measured: MeanAndVariance;
  readonly standardError: MeanAndVariance | null;
} {
  const n = found.length;
  const mean = (of: keyof MeanAndVariance): number => found.reduce((sum, value) => sum + value[of], 0) / n;
  const error = (of: keyof MeanAndVariance): number => {
    const squares = found.reduce((sum, value) => sum + (value[of] - mean(of)) ** 2, 0);
    return Math.sqrt(squares / (n - 1) / n);
  };
  return {
    measured: { mean: mean('mean'), variance: mean('variance') },
    standardError: n === 1 ? null : { mean: error('mean'), variance: error('variance') },
  };
}

function isNormalising(measured: readonly MeanAndVariance[]): boolean {
  const distance = ({ mean, variance }: MeanAndVariance): number => Math.hypot(mean, variance - 1);
  return distance(measured[measured.length - 1]) <= Math.max(0.1, distance(measured[0]) / 2);
}
