import { type Dataset, random } from '@relu-lab/core';
import { BatchFeed, type Layer, type Loss, type Mode, type Network, checkFit } from '@relu-lab/nn';
import { checkReadable } from './batches.ts';

/** Gradients at one weight layer, over a data set. */
export interface LayerGradientFlow {
  readonly name: string;
  readonly units: number;
  readonly fanIn: number;
  /**
   * Size of the gradient with respect to the layer's pre-activations z: √(mean over samples of |∂ℓ/∂z|²), with ℓ the loss of
   * one sample. Independent of batch and data size.
   */
  readonly gradientNorm: number;
  /** |∂L/∂W|, Frobenius norm of the gradient of the mean loss L with respect to the weights. */
  readonly weightGradientNorm: number;
  /** |W|, Frobenius norm of the weights. */
  readonly weightNorm: number;
  /** |∂L/∂W| / |W|. */
  readonly gradientToWeightRatio: number;
  /** gradientNorm² here over gradientNorm² in the next weight layer; null in the last one. Mean field: χ₁. */
  readonly growth: number | null;
}

/** Gradient flow by weight layer, from the input up. */
export interface GradientFlow {
  readonly kind: 'gradient-flow';
  readonly samples: number;
  /** Mean loss over the data set. */
  readonly loss: number;
  readonly layers: readonly LayerGradientFlow[];
  /**
   * Factor a layer on the squared gradient, towards the input: the geometric mean of `growth` between hidden weight layers,
   * the last layer left out because no activation stands above it; null with fewer than two hidden weight layers.
   * Mean field predicts χ₁ = weightVariance E[φ'(z)²].
   */
  readonly growthPerLayer: number | null;
}

export interface GradientFlowOptions {
  /** Default `training`: batch norm uses its batch, as in the steps that the gradient serves; running statistics stay as they are. */
  readonly mode?: Mode;
  /** Seed of the noise of dropout and RReLU in training mode; default 0. */
  readonly seed?: number;
}

/**
 * How gradients flow back through a network: by weight layer, with respect to pre-activations and weights.
 *
 * @throws ShapeError when data and network do not fit; ParameterError when loss and targets are of different kinds; DataError
 * for unsound data.
 */
export function gradientFlow(
  network: Network,
  data: Dataset & { readonly loss: Loss },
  { mode = 'training', seed = 0 }: GradientFlowOptions = {},
): GradientFlow {
  checkReadable(network, data);
  checkFit(network, data, data.loss);
  const sums = network.layers
    .filter(({ role }) => role === 'weights')
    .map((layer) => ({ layer, squares: 0, weights: new Float64Array(weightsOf(layer).length) }));
  const loss = backwardPasses(network, data, mode, seed, (rows) => {
    for (const sum of sums) {
      // A batch's gradient is that of its mean loss: each sample's own is `rows` times what stands there.
      sum.squares += sumOfSquares(network.gradient(sum.layer.name)) * rows * rows;
      const { name } = weightsOf(sum.layer);
      network.parameterGradient(name).forEach((g, i) => (sum.weights[i] += g * rows));
    }
  });
  const norms = sums.map(({ squares }) => Math.sqrt(squares / data.rows));
  const layers = sums.map(({ layer, weights }, i) => {
    const weightNorm = Math.sqrt(sumOfSquares(network.parameterValues(weightsOf(layer).name)));
    const weightGradientNorm = Math.sqrt(sumOfSquares(weights)) / data.rows;
    return {
      name: layer.name,
      units: layer.outputs,
      fanIn: layer.inputs[0],
      gradientNorm: norms[i],
      weightGradientNorm,
      weightNorm,
      gradientToWeightRatio: weightGradientNorm / weightNorm,
      growth: i + 1 < norms.length ? (norms[i] / norms[i + 1]) ** 2 : null,
    };
  });
  return { kind: 'gradient-flow', samples: data.rows, loss, layers, growthPerLayer: growthPerLayer(norms) };
}

const rowsOfABatch = 256;

/** Forward and backward over the whole data set; returns the mean loss. */
function backwardPasses(
  network: Network,
  data: Dataset & { readonly loss: Loss },
  mode: Mode,
  seed: number,
  visit: (rows: number) => void,
): number {
  const capacity = network.capacity > 0 ? network.capacity : Math.min(data.rows, rowsOfABatch);
  const feed = new BatchFeed(network, data.loss, capacity);
  network.seedNoise(random(seed).stream('gradient flow'));
  try {
    let loss = 0;
    for (let start = 0; start < data.rows; start += capacity) {
      const rows = Math.min(capacity, data.rows - start);
      feed.load(data, start, rows);
      network.run(rows, { mode, updateStatistics: false });
      loss += feed.measure(rows) * rows;
      network.backpropagate();
      visit(rows);
    }
    return loss / data.rows;
  } finally {
    feed.release();
  }
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

function growthPerLayer(norms: readonly number[]): number | null {
  const hidden = norms.slice(0, -1);
  if (hidden.length < 2) return null;
  return (hidden[0] / hidden[hidden.length - 1]) ** (2 / (hidden.length - 1));
}
