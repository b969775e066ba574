import type { Dataset } from '@relu-lab/core';
import type { Layer, Network, Values } from '@relu-lab/nn';
import { checkReadable, visitBatches } from './batches.ts';
import { expectedZeroFraction } from './expected-zeros.ts';
import { giniOfSorted, sparseness } from './sparseness.ts';

/** Sparsity of one activation layer. */
export interface LayerSparsity {
  readonly name: string;
  readonly units: number;
  /** Share of elements (samples × units) that are exactly 0. */
  readonly zeroFraction: number;
  /** For each unit, the share of samples on which it is exactly 0. */
  readonly unitZeroFractions: Float64Array;
  /** For each sample, the share of units that are exactly 0. */
  readonly sampleZeroFractions: Float64Array;
  /** Spread of `unitZeroFractions`: deviation over units (dividing by their number), least and most. */
  readonly unitSpread: { readonly deviation: number; readonly minimum: number; readonly maximum: number };
  /**
   * Lifetime sparsity of each unit over the samples, (1 − E[|a|]²/E[a²]) / (1 − 1/m), from 0 (always the same size) to 1 (one sample
   * only); NaN for a unit that is 0 on all samples, and on data of one sample. Its mean over the units that have one; null for none.
   */
  readonly lifetime: { readonly units: Float64Array; readonly mean: number | null };
  /** Population sparsity of each sample over the units: the same measure across the layer; NaN for a sample with no unit on. */
  readonly population: { readonly samples: Float64Array; readonly mean: number | null };
  /** Hoyer's sparseness of a sample's activations, mean over samples; null where none has any. */
  readonly hoyer: number | null;
  /** Gini index of a sample's |activations|, mean over samples; null where none has any. */
  readonly gini: number | null;
  /**
   * What to expect of weights that are fresh draws of the size that these have, as at initialisation: Φ(−b/√q) for ReLU, with the biases
   * that there are (Φ(−β/γ) after a normalisation). What training adds is the difference. Null for maxout, and where no weight layer
   * or normalisation lies directly below.
   */
  readonly predicted: { readonly zeroFraction: number } | null;
}

/** Sparsity of every activation layer over a data set. */
export interface Sparsity {
  readonly kind: 'sparsity';
  readonly samples: number;
  /** In the order of the forward pass; the logits are no activation layer. */
  readonly layers: readonly LayerSparsity[];
}

/**
 * Sparsity of each activation layer's output over a data set, in evaluation mode: exact zeros by element, unit and sample, and how
 * unequally activity is shared out over samples (lifetime) and units (population, Hoyer, Gini). A property of samples and units
 * together; it does not tell dead units ({@link deadUnits} does).
 *
 * @throws ShapeError when `data.features` is not `network.inputs`; DataError for unsound data, and naming the layer when an
 * output is not finite.
 */
export function sparsity(network: Network, data: Dataset): Sparsity {
  checkReadable(network, data);
  const activationLayers = network.layers.filter(({ role }) => role === 'activation');
  const tallies = activationLayers.map((layer) => new Tally(layer, data.rows));
  const squares = new Map(sourcesOf(network, activationLayers).map((name) => [name, 0]));
  visitBatches(network, data, (rows) => {
    for (const tally of tallies) tally.see(network.output(tally.layer.name));
    for (const [name, sum] of squares) squares.set(name, sum + sumOfSquares(network, name, rows));
  });
  const widthOf = (name: string): number => (name === 'input' ? network.inputs : network.layer(name).outputs);
  const meanSquare = (name: string): number => (squares.get(name) ?? NaN) / (data.rows * widthOf(name));
  return {
    kind: 'sparsity',
    samples: data.rows,
    layers: tallies.map((tally) => {
      const expected = expectedZeroFraction(network, tally.layer, meanSquare);
      return { ...tally.result(), predicted: expected === null ? null : { zeroFraction: expected } };
    }),
  };
}

/** What the layers below activation layers read: their size decides the size of pre-activations. */
function sourcesOf(network: Network, layers: readonly Layer[]): readonly string[] {
  const below = layers.flatMap(({ from }) => network.layers.filter(({ name }) => name === from[0]));
  return below.flatMap(({ from }) => from);
}

function sumOfSquares(network: Network, name: string, rows: number): number {
  const width = name === 'input' ? network.inputs : network.layer(name).outputs;
  return network.backend.sumOfSquares(network.outputOffsetOf(name), rows * width);
}

/** Sums over the outputs of one layer, by unit and by sample. */
class Tally {
  readonly layer: Layer;
  readonly #samples: number;
  readonly #zeros: Float64Array;
  readonly #magnitudes: Float64Array;
  readonly #squares: Float64Array;
  readonly #sampleZeroFractions: Float64Array;
  readonly #population: Float64Array;
  readonly #hoyer: Float64Array;
  readonly #gini: Float64Array;
  readonly #sorted: Float64Array;
  #sample = 0;

  constructor(layer: Layer, samples: number) {
    const units = layer.outputs;
    this.layer = layer;
    this.#samples = samples;
    [this.#zeros, this.#magnitudes, this.#squares, this.#sorted] = Array.from(
      { length: 4 },
      () => new Float64Array(units),
    );
    [this.#sampleZeroFractions, this.#population, this.#hoyer, this.#gini] = Array.from(
      { length: 4 },
      () => new Float64Array(samples),
    );
  }

  see(outputs: Values): void {
    for (let row = 0; row < outputs.length; row += this.layer.outputs) this.#seeSample(outputs, row);
  }

  #seeSample(outputs: Values, row: number): void {
    const units = this.layer.outputs;
    let [zeros, magnitudes, squares] = [0, 0, 0];
    for (let unit = 0; unit < units; unit++) {
      const size = Math.abs(outputs[row + unit]);
      this.#sorted[unit] = size;
      this.#magnitudes[unit] += size;
      this.#squares[unit] += size * size;
      magnitudes += size;
      squares += size * size;
      if (size !== 0) continue;
      zeros++;
      this.#zeros[unit]++;
    }
    const { trevesRolls, hoyer } = sparseness(units, magnitudes, squares);
    this.#sampleZeroFractions[this.#sample] = zeros / units;
    this.#population[this.#sample] = trevesRolls;
    this.#hoyer[this.#sample] = hoyer;
    this.#gini[this.#sample] = giniOfSorted(this.#sorted.sort());
    this.#sample++;
  }

  result(): Omit<LayerSparsity, 'predicted'> {
    const { name, outputs: units } = this.layer;
    const zeroFraction = this.#zeros.reduce((sum, count) => sum + count, 0) / (units * this.#samples);
    const unitZeroFractions = this.#zeros.map((count) => count / this.#samples);
    const lifetime = this.#magnitudes.map(
      (sum, unit) => sparseness(this.#samples, sum, this.#squares[unit]).trevesRolls,
    );
    const strays = unitZeroFractions.reduce((sum, share) => sum + (share - zeroFraction) ** 2, 0);
    return {
      name,
      units,
      zeroFraction,
      unitZeroFractions,
      sampleZeroFractions: this.#sampleZeroFractions,
      unitSpread: {
        deviation: Math.sqrt(strays / units),
        minimum: unitZeroFractions.reduce((a, b) => Math.min(a, b), Infinity),
        maximum: unitZeroFractions.reduce((a, b) => Math.max(a, b), -Infinity),
      },
      lifetime: { units: lifetime, mean: meanOfNumbers(lifetime) },
      population: { samples: this.#population, mean: meanOfNumbers(this.#population) },
      hoyer: meanOfNumbers(this.#hoyer),
      gini: meanOfNumbers(this.#gini),
    };
  }
}

/** Mean of those that are not NaN; null when all are. */
function meanOfNumbers(values: Float64Array): number | null {
  const numbers = values.filter((value) => !Number.isNaN(value));
  return numbers.length === 0 ? null : numbers.reduce((sum, value) => sum + value, 0) / numbers.length;
}
