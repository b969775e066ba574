import type { Layer, Network } from '@relu-lab/nn';
import { quantiles } from './statistics/quantile.ts';

/** What is summed of one weight layer over the batches of a backward pass. */
export class LayerSums {
  readonly layer: Layer;
  /** The layer's weights. */
  readonly weights: { readonly name: string; readonly length: number };
  readonly #network: Network;
  readonly #weightGradient: Float64Array;
  /** By unit, Σ over samples of (∂ℓ/∂z)². */
  readonly #unitSquares: Float64Array;
  /** By sample, |∂ℓ/∂z|. */
  readonly #sampleNorms: Float64Array;
  #samples = 0;
  #preActivations = 0;
  #preActivationSquares = 0;

  /** @param samples - how many there will be. */
  constructor(network: Network, layer: Layer, samples: number) {
    this.#network = network;
    this.layer = layer;
    this.weights = weightsOf(layer);
    this.#weightGradient = new Float64Array(this.weights.length);
    this.#unitSquares = new Float64Array(layer.outputs);
    this.#sampleNorms = new Float64Array(samples);
  }

  /** Takes in the batch of `rows` rows that has just been passed forward and backward. */
  see(rows: number): void {
    const network = this.#network;
    const { name, outputs: units } = this.layer;
    const { values } = network.arena;
    this.#preActivations += network.backend.sum(network.outputOffsetOf(name), rows * units);
    this.#preActivationSquares += network.backend.sumOfSquares(network.outputOffsetOf(name), rows * units);
    // A batch's gradient is that of its mean loss: each sample's own is `rows` times what stands there.
    const gradients = network.gradient(name);
    for (let row = 0, i = 0; row < rows; row++) {
      let square = 0;
      for (let unit = 0; unit < units; unit++, i++) {
        const own = gradients[i] ** 2 * rows * rows;
        this.#unitSquares[unit] += own;
        square += own;
      }
      this.#sampleNorms[this.#samples + row] = Math.sqrt(square);
    }
    this.#samples += rows;
    const { gradient, length } = network.parameter(this.weights.name);
    for (let i = 0; i < length; i++) this.#weightGradient[i] += values[gradient + i] * rows;
  }

  /** Mean over samples of |∂ℓ/∂z|². */
  get squaredGradient(): number {
    return this.#unitSquares.reduce((sum, square) => sum + square, 0) / this.#samples;
  }

  /** The 5 %, 50 % and 95 % quantile over samples of |∂ℓ/∂z|. */
  get gradientQuantiles(): readonly [number, number, number] {
    const [low, median, high] = quantiles(this.#sampleNorms, [0.05, 0.5, 0.95]);
    return [low, median, high];
  }

  /** Variance of ln squaredGradient that comes from the spread over units; NaN for a single unit. */
  get logVariance(): number {
    const units = this.#unitSquares.length;
    const mean = this.#unitSquares.reduce((sum, square) => sum + square, 0) / units;
    const squares = this.#unitSquares.reduce((sum, square) => sum + (square - mean) ** 2, 0);
    return squares / (units - 1) / (units * mean * mean);
  }

  /** |∂L/∂W| of the mean loss over all samples. */
  get weightGradientNorm(): number {
    return Math.sqrt(sumOfSquares(this.#weightGradient)) / this.#samples;
  }

  get preActivation(): { readonly mean: number; readonly variance: number; readonly secondMoment: number } {
    const elements = this.#samples * this.layer.outputs;
    const mean = this.#preActivations / elements;
    const secondMoment = this.#preActivationSquares / elements;
    return { mean, variance: Math.max(secondMoment - mean * mean, 0), secondMoment };
  }
}

function weightsOf({ name, parameters }: Layer): { readonly name: string; readonly length: number } {
  const weights = parameters.find(({ role }) => role === 'weight');
  if (weights) return weights;
  throw new TypeError(`The weight layer '${name}' has no weights`);
}

export function sumOfSquares(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i] ** 2;
  return sum;
}
