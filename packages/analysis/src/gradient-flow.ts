import { type Dataset, ParameterError, checkDataset, random } from '@relu-lab/core';
import { BatchFeed, type Layer, type Loss, type Mode, type Network, checkFit } from '@relu-lab/nn';

/** Gradients at one weight layer, over a data set. */
export interface LayerGradientFlow {
  readonly name: string;
  readonly units: number;
  readonly fanIn: number;
  /**
   * Size of the gradient with respect to the layer's pre-activations z: √(mean over samples of |∂ℓ/∂z|²), with ℓ the loss of
   * one sample. Without batch norm it does not depend on the size of the batches.
   */
  readonly gradientNorm: number;
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
}

export interface GradientFlowOptions {
  /** Default `training`: batch norm uses its batch, as in the steps that the gradient serves; running statistics stay as they are. */
  readonly mode?: Mode;
  /** Seed of the noise of dropout and RReLU in training mode; default 0. The network's own noise goes on as before. */
  readonly seed?: number;
  /**
   * Rows of a batch; at most all rows are taken. It matters with batch norm in training mode, where each sample is normalised
   * with its batch, and, by its draws, with dropout and RReLU. Default 256, or the batch of a training run that is
   * under way if that is smaller.
   */
  readonly batchSize?: number;
}

/**
 * How gradients flow back through a network: by weight layer, with respect to pre-activations and weights.
 *
 * @throws ShapeError when data and network do not fit; ParameterError when loss and targets are of different kinds, or
 * `batchSize` is no whole number of at least 1 or more than a training run under way has room for; DataError for unsound data.
 */
export function gradientFlow(
  network: Network,
  data: Dataset & { readonly loss: Loss },
  options: GradientFlowOptions = {},
): GradientFlow {
  const { seed = 0 } = options;
  checkDataset(data);
  checkFit(network, data, data.loss);
  const batchSize = batchSizeFor(network, data.rows, options.batchSize);
  const weightLayers = network.layers.filter(({ role }) => role === 'weights');
  const sums = weightLayers.map((layer) => ({ layer, squares: 0, weights: new Float64Array(weightsOf(layer).length) }));
  const pass = { mode: options.mode ?? 'training', updateStatistics: false } as const;
  const noise = random(seed).stream('gradient flow');
  const loss = network.withNoise(noise, () =>
    backwardPasses(network, data, batchSize, pass, (rows) => {
      for (const sum of sums) {
        // A batch's gradient is that of its mean loss: each sample's own is `rows` times what stands there.
        sum.squares += sumOfSquares(network.gradient(sum.layer.name)) * rows * rows;
        const { name } = weightsOf(sum.layer);
        network.parameterGradient(name).forEach((g, i) => (sum.weights[i] += g * rows));
      }
    }),
  );
  const norms = new Map(sums.map(({ layer, squares }) => [layer.name, Math.sqrt(squares / data.rows)]));
  const norm = (layer: Layer): number => norms.get(layer.name) ?? NaN;
  const layers = sums.map(({ layer, weights }) => {
    const weightNorm = Math.sqrt(sumOfSquares(network.parameterValues(weightsOf(layer).name)));
    const weightGradientNorm = Math.sqrt(sumOfSquares(weights)) / data.rows;
    const next = nextInChain(network, layer);
    return {
      name: layer.name,
      units: layer.outputs,
      fanIn: layer.inputs[0],
      gradientNorm: norm(layer),
      weightGradientNorm,
      weightNorm,
      gradientToWeightRatio: weightGradientNorm / weightNorm,
      growth: next ? (norm(layer) / norm(next)) ** 2 : null,
    };
  });
  return {
    kind: 'gradient-flow',
    samples: data.rows,
    batchSize,
    loss,
    layers,
    growthPerLayer: growthPerLayer(layers.map(({ growth }) => growth)),
  };
}

/** A size that was asked for is taken or refused, never shrunk: the result may depend on it. */
function batchSizeFor(network: Network, rows: number, asked: number | undefined): number {
  if (asked === undefined) return network.batchRows(rows);
  if (!Number.isInteger(asked) || asked < 1) {
    throw new ParameterError(`batchSize must be a whole number of at least 1, not ${String(asked)}`);
  }
  return Math.min(asked, rows);
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

function weightsOf({ name, parameters }: Layer): { readonly name: string; readonly length: number } {
  const weights = parameters.find(({ role }) => role === 'weight');
  if (weights) return weights;
  throw new TypeError(`The weight layer '${name}' has no weights`);
}

function sumOfSquares(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i] ** 2;
  return sum;
}

/** Geometric mean of the growth between hidden weight layers: without that from the last of them to the logits. */
function growthPerLayer(growths: readonly (number | null)[]): number | null {
  const chain = growths.slice(0, -1).filter((growth) => growth !== null);
  const hidden = chain.slice(0, -1);
  if (chain.length < growths.length - 1 || hidden.length === 0) return null;
  return hidden.reduce((product, growth) => product * growth ** (1 / hidden.length), 1);
}
