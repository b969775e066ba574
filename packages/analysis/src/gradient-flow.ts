import { type Dataset, ParameterError, checkDataset, power, random } from '@relu-lab/core';
import { refuseUnknown } from '@relu-lab/core/options';
import { BatchFeed, type Layer, type Loss, type Mode, type Network, checkFit, checkNetwork } from '@relu-lab/nn';
import { expectedBand } from './expected-band.ts';
import { expectedChi, expectedGrowth } from './expected-growth.ts';
import { type GradientVerdict, gradientVerdict } from './gradient-verdict.ts';
import { LayerSums, sumOfSquares } from './gradient-sums.ts';

/** Gradients at one weight layer, over a data set. */
export interface LayerGradientFlow {
  readonly name: string;
  readonly units: number;
  readonly fanIn: number;
  /** The layer's pre-activations z over all samples and units; the second moment is mean² + variance. */
  readonly preActivation: { readonly mean: number; readonly variance: number; readonly secondMoment: number };
  /**
   * Size of the gradient with respect to the layer's pre-activations z: √(mean over samples of |∂ℓ/∂z|²), with ℓ the loss of
   * one sample. Without batch norm it does not depend on the size of the batches.
   */
  readonly gradientNorm: number;
  /** The 5 %, 50 % and 95 % quantile of |∂ℓ/∂z| over samples. Results of earlier versions are without it. */
  readonly gradientQuantiles?: readonly [low: number, median: number, high: number];
  /** Mean square of ∂ℓ/∂z over samples and units: gradientNorm² / units. */
  readonly gradientSecondMoment: number;
  /** |∂L/∂W|, Frobenius norm of the gradient of the mean loss L with respect to the weights. */
  readonly weightGradientNorm: number;
  /** |W|, Frobenius norm of the weights. */
  readonly weightNorm: number;
  /** |∂L/∂W| / |W|. */
  readonly gradientToWeightRatio: number;
  /**
   * gradientNorm² here over gradientNorm² in the next weight layer. Mean field: χ₁. Null in the last weight layer, and where
   * layers form no chain up to the next one: where one of them sums several, or is read by several.
   */
  readonly growth: number | null;
  /**
   * 95 % interval of `growth` over units: what it could have been had the weights above been drawn anew, by the spread of the squared
   * gradient over this layer's units. Null with `growth`, and for a single unit.
   */
  readonly growthInterval: readonly [number, number] | null;
  /** Second moment of the pre-activations in the next weight layer over that here; null with `growth`. */
  readonly forwardGrowth: number | null;
  /**
   * What mean field theory expects of `growth` (χ₁ = σ_w² E[φ'(z)²], with the weights and the pre-activations as they are here; with a
   * normalisation as at initialisation its own law) and of `forwardGrowth`. Null where the layers between are others.
   */
  readonly predicted: { readonly growth: number; readonly forwardGrowth: number | null } | null;
}

/** Gradient flow by weight layer, from the input up. */
export interface GradientFlow {
  readonly kind: 'gradient-flow';
  readonly samples: number;
  /** Rows of a batch (the last one may be smaller). */
  readonly batchSize: number;
  /** Mean loss over the data set, activation penalty included. */
  readonly loss: number;
  readonly layers: readonly LayerGradientFlow[];
  /**
   * Factor a layer on the squared gradient, towards the input: the geometric mean of `growth` between hidden weight layers,
   * the last layer left out because no activation stands above it; null with fewer than two hidden weight layers, or where the
   * weight layers are not one chain (`growth` is null below the last one).
   * Mean field predicts χ₁ = weightVariance E[φ'(z)²].
   */
  readonly growthPerLayer: number | null;
  /** 95 % interval of it, over units as `growthInterval`; intervals over seeds come from several networks (`summarizeSeeds`). */
  readonly growthInterval: readonly [number, number] | null;
  /**
   * `growthPerLayer` as theory expects it, layer by layer; and χ₁ where signals settle, by mean field theory, for one activation throughout,
   * without normalisation (null elsewhere).
   */
  readonly predicted: {
    readonly growthPerLayer: number;
    readonly chi1: number | null;
    /**
     * 95 % of random ReLU networks of these widths have gradientNorm² of a sample, over that at the highest hidden weight layer, between these bounds:
     * of each hidden weight layer, from the input up. Means over samples spread less. Null for other activations, with biases and with normalisation.
     */
    readonly band: readonly (readonly [number, number])[] | null;
  } | null;
  readonly verdict: GradientVerdict;
}

export interface GradientFlowOptions {
  /** Default `training`: batch norm uses its batch, as in the steps that the gradient serves; running statistics stay as they are. */
  readonly mode?: Mode;
  /** Seed of the noise of dropout and RReLU in training mode; default 0. The network's own noise goes on as before. */
  readonly seed?: number;
  /**
   * Rows of a batch; at most all rows are taken. It matters with batch norm in training mode, where each sample is normalised
   * with its batch, and, by its draws, with dropout and RReLU. Default 256, or the batch of a training run that is
   * under way if that is smaller; less where one row would be left over, which batch norm cannot take.
   */
  readonly batchSize?: number;
  /**
   * The verdict is `vanishing` or `exploding` where the gradient at the lowest hidden weight layer is more than so many times smaller, or
   * larger, than at the highest. Above 1; default 30.
   */
  readonly limit?: number;
}

/**
 * How gradients flow back through a network: by weight layer, with respect to pre-activations and weights.
 *
 * @throws ShapeError when data and network do not fit; ParameterError when loss and targets are of different kinds, or
 * `batchSize` is no whole number of at least 1 or more than a training run under way has room for, or `limit` is not above 1; DataError for unsound data.
 */
export function gradientFlow(
  network: Network,
  data: Dataset & { readonly loss: Loss },
  options: GradientFlowOptions = {},
): GradientFlow {
  checkNetwork(network);
  refuseUnknown('gradientFlow', options, ['mode', 'seed', 'batchSize', 'limit']);
  const { seed = 0, limit = 30 } = options;
  if (!(limit > 1)) throw new ParameterError(`limit of gradientFlow must be a number above 1, not ${String(limit)}`);
  checkDataset(data);
  checkFit(network, data, data.loss);
  const batchSize = batchSizeFor(network, data.rows, options.batchSize);
  const sums = network.layers
    .filter(({ role }) => role === 'weights')
    .map((layer) => new LayerSums(network, layer, data.rows));
  const pass = { mode: options.mode ?? 'training', updateStatistics: false } as const;
  const noise = random(seed).stream('gradient flow');
  const loss = network.withNoise(noise, () =>
    backwardPasses(network, data, batchSize, pass, (rows) => sums.forEach((sum) => sum.see(rows))),
  );
  const layers = sums.map((sum) => layerFlow(network, sum, sums));
  const hops = hiddenHops(layers);
  const predicted = predictedGrowth(network, hops, sums);
  const growthPerLayer = hops && geometricMean(hops.map(({ growth }) => growth));
  return {
    kind: 'gradient-flow',
    samples: data.rows,
    batchSize,
    loss,
    layers,
    growthPerLayer,
    growthInterval: growthPerLayer === null ? null : chainInterval(growthPerLayer, sums.slice(0, hops?.length)),
    predicted,
    verdict: gradientVerdict({ layers: layers.slice(0, -1), growthPerLayer, predicted, limit }),
  };
}

function layerFlow(network: Network, sum: LayerSums, all: readonly LayerSums[]): LayerGradientFlow {
  const { layer, squaredGradient } = sum;
  const next = nextInChain(network, layer);
  const above = next && all.find((other) => other.layer === next);
  const growth = above ? squaredGradient / above.squaredGradient : null;
  const weightNorm = Math.sqrt(sumOfSquares(network.parameterValues(sum.weights.name)));
  const { weightGradientNorm, preActivation } = sum;
  return {
    name: layer.name,
    units: layer.outputs,
    fanIn: layer.inputs[0],
    preActivation,
    gradientNorm: Math.sqrt(squaredGradient),
    gradientQuantiles: sum.gradientQuantiles,
    gradientSecondMoment: squaredGradient / layer.outputs,
    weightGradientNorm,
    weightNorm,
    gradientToWeightRatio: weightGradientNorm / weightNorm,
    growth,
    growthInterval: growth === null ? null : chainInterval(growth, [sum]),
    forwardGrowth: above ? above.preActivation.secondMoment / preActivation.secondMoment : null,
    predicted: isSound(preActivation) && next ? expectedGrowth(network, layer, next, preActivation) : null,
  };
}

/** Theory has nothing to say of pre-activations that do not vary, or have run away. */
function isSound({ variance, secondMoment }: LayerGradientFlow['preActivation']): boolean {
  return variance > 0 && Number.isFinite(secondMoment);
}

/** Steps of the chain between hidden weight layers, without that to the logits; null where it is broken, or has no step. */
function hiddenHops(
  layers: readonly LayerGradientFlow[],
): readonly (LayerGradientFlow & { readonly growth: number })[] | null {
  const chain = layers.slice(0, -1).filter((layer) => layer.growth !== null) as (LayerGradientFlow & {
    growth: number;
  })[];
  return chain.length < layers.length - 1 || chain.length < 2 ? null : chain.slice(0, -1);
}

function predictedGrowth(
  network: Network,
  hops: readonly LayerGradientFlow[] | null,
  sums: readonly LayerSums[],
): GradientFlow['predicted'] {
  const expected = hops?.flatMap(({ predicted }) => (predicted ? [predicted.growth] : [])) ?? [];
  if (!hops || expected.length < hops.length) return null;
  const weightLayers = sums.map(({ layer }) => layer);
  const hidden = weightLayers.slice(0, -1);
  return {
    growthPerLayer: geometricMean(expected),
    chi1: expectedChi(network, hidden),
    band: expectedBand(network, hidden, expected),
  };
}

function geometricMean(factors: readonly number[]): number {
  return factors.reduce((product, factor) => product * power(factor, 1 / factors.length), 1);
}

/** Given the layer above, the units of a layer are independent: variances of logarithms add along the chain. */
function chainInterval(growth: number, sums: readonly LayerSums[]): readonly [number, number] | null {
  const variance = sums.reduce((total, sum) => total + sum.logVariance, 0);
  if (!Number.isFinite(variance)) return null;
  const half = (1.96 * Math.sqrt(variance)) / sums.length;
  return [growth * Math.exp(-half), growth * Math.exp(half)];
}

/** A size that was asked for is taken or refused, never shrunk: the result may depend on it. */
function batchSizeFor(network: Network, rows: number, asked: number | undefined): number {
  if (asked === undefined) return withoutLoneRow(network.batchRows(rows), rows);
  if (!Number.isInteger(asked) || asked < 1) {
    throw new ParameterError(`batchSize must be a whole number of at least 1, not ${String(asked)}`);
  }
  return Math.min(asked, rows);
}

/** The size, or the next smaller one that leaves no last batch of one row, which has no variance for batch norm. */
function withoutLoneRow(size: number, rows: number): number {
  return size > 2 && rows % size === 1 ? withoutLoneRow(size - 1, rows) : size;
}

/** Forward and backward over the whole data set; returns the mean loss. */
function backwardPasses(
  network: Network,
  data: Dataset & { readonly loss: Loss },
  batchSize: number,
  pass: { readonly mode: Mode; readonly updateStatistics: boolean },
  visit: (rows: number) => void,
): number {
  const feed = new BatchFeed(network, data.loss, batchSize);
  try {
    let loss = 0;
    for (let start = 0; start < data.rows; start += batchSize) {
      const rows = Math.min(batchSize, data.rows - start);
      feed.load(data, start, rows);
      network.run(rows, pass);
      loss += feed.backward(rows) * rows;
      visit(rows);
    }
    return loss / data.rows;
  } finally {
    feed.release();
  }
}

/** The next weight layer above one, if every layer on the way is read by one layer that reads nothing else. */
function nextInChain(network: Network, from: Layer): Layer | null {
  const readers = network.layers.filter((layer) => layer.from.includes(from.name));
  if (readers.length !== 1 || readers[0].from.length !== 1) return null;
  return readers[0].role === 'weights' ? readers[0] : nextInChain(network, readers[0]);
}
