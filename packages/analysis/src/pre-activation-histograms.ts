import { type Dataset, ParameterError } from '@relu-lab/core';
import { readOptions, wholeFrom } from '@relu-lab/core/options';
import type { Layer, Network, Probe, RunFacts, Values } from '@relu-lab/nn';
import { checkReadable, visitFiniteBatches } from './batches.ts';
import { expectedLengths } from './expected-lengths.ts';
import { sumOfSquares } from './gradient-sums.ts';

/** Distribution of one layer's pre-activations by step. */
export interface LayerHistograms {
  /** The activation layer. */
  readonly name: string;
  /** bins + 1 edges of the bins, the same at every step. */
  readonly edges: Float64Array;
  /** steps × bins counts of elements, row-major. */
  readonly counts: Float64Array;
  /** By step, elements below the first edge and from the last edge on. */
  readonly below: readonly number[];
  readonly above: readonly number[];
  /** By step, over all elements. */
  readonly mean: readonly number[];
  readonly variance: readonly number[];
  /** Mean and variance that theory expects at initialisation; null where it has none. */
  readonly predicted: { readonly mean: number; readonly variance: number } | null;
}

/** Distributions of pre-activations through a training run, on the watched data set. */
export interface PreActivationHistograms {
  readonly kind: 'pre-activation-histograms';
  readonly data: string;
  readonly samples: number;
  /** Steps done at each look, from 0 on. */
  readonly steps: readonly number[];
  readonly layers: readonly LayerHistograms[];
  /** Where a value stopped being finite, which ended the histograms; null when none did. */
  readonly notFinite: { readonly step: number; readonly layer: string } | null;
}

export interface PreActivationHistogramsOptions {
  /** Steps from one look to the next; default ⌈10 samples / batchSize⌉, which costs some 5 % of a run. */
  readonly every?: number;
  /** Bins, of equal width, from −6 to 6 root mean squares of the layer's pre-activations before the first step. Default 60. */
  readonly bins?: number;
}

/** A probe for `train` that gathers {@link PreActivationHistograms}. */
export interface PreActivationHistogramsProbe extends Probe {
  /** What was found so far. */
  result(): PreActivationHistograms;
}

/**
 * Follows the distribution of each activation layer's pre-activations on a data set through a training run: before the first step, after the
 * steps that `every` picks, and after the last one. It looks at a copy of the network, in evaluation mode, and does not change training.
 *
 * @throws ShapeError, DataError for data that the network cannot read; ParameterError for options out of range, and in training when the probe
 * is used a second time, or for another network.
 */
export function preActivationHistograms(
  network: Network,
  data: Dataset,
  options: PreActivationHistogramsOptions = {},
): PreActivationHistogramsProbe {
  const { bins, every } = readOptions('preActivationHistograms', options, {
    bins: wholeFrom(1, 60),
    every: wholeFrom(1, 0), // 0, which nobody can ask for, stands for: decide at the start
  });
  checkReadable(network, data);
  return new HistogramsProbe(network, data, bins, every);
}

class HistogramsProbe implements PreActivationHistogramsProbe {
  readonly name = 'pre-activation histograms';
  readonly #network: Network;
  readonly #data: Dataset;
  readonly #bins: number;
  /** 0 until it is known. */
  #every: number;
  #copy: Network | null = null;
  #layers: readonly LayerRecord[] = [];
  readonly #steps: number[] = [];
  #notFinite: PreActivationHistograms['notFinite'] = null;

  constructor(network: Network, data: Dataset, bins: number, every: number) {
    this.#network = network;
    this.#data = data;
    this.#bins = bins;
    this.#every = every;
  }

  get every(): number {
    return Math.max(this.#every, 1);
  }

  start(network: Network, { batchSize }: RunFacts): void {
    if (network !== this.#network) throw new ParameterError('These histograms were made for another network');
    if (this.#steps.length > 0) throw new ParameterError('Histograms follow one run; make new ones for the next');
    if (this.#every === 0) this.#every = Math.ceil((10 * this.#data.rows) / batchSize);
    const copy = network.clone();
    this.#copy = copy;
    const layers = copy.layers.filter(({ role }) => role === 'activation');
    const squares = new Map(layers.map(({ name }) => [name, 0]));
    const broken = visitFiniteBatches(copy, this.#data, () => {
      for (const [name, sum] of squares) squares.set(name, sum + sumOfSquares(copy.preActivation(name)));
    });
    if (broken !== null) {
      this.#notFinite = { step: 0, layer: broken };
      return;
    }
    const { inputs, rows } = this.#data;
    const expected = expectedLengths(copy, sumOfSquares(inputs) / inputs.length);
    this.#layers = layers.map((layer) => {
      const elements = rows * copy.layer(layer.from[0]).outputs;
      const rms = Math.sqrt((squares.get(layer.name) ?? 0) / elements);
      return new LayerRecord(layer, this.#bins, 6 * (rms > 0 ? rms : 1), expected.get(layer.name) ?? null);
    });
    this.#look(0);
  }

  step({ step }: { readonly step: number }): void {
    this.#look(step);
  }

  finish(_network: Network, steps: number): void {
    if (this.#steps[this.#steps.length - 1] !== steps) this.#look(steps);
    this.#copy = null;
  }

  #look(step: number): void {
    const copy = this.#copy;
    if (!copy || this.#notFinite) return;
    copy.restore(this.#network.snapshot());
    for (const layer of this.#layers) layer.begin();
    const broken = visitFiniteBatches(copy, this.#data, () => {
      for (const layer of this.#layers) layer.see(copy.preActivation(layer.name));
    });
    if (broken !== null) {
      this.#notFinite = { step, layer: broken };
      return;
    }
    this.#steps.push(step);
    for (const layer of this.#layers) layer.keep();
  }

  result(): PreActivationHistograms {
    return {
      kind: 'pre-activation-histograms',
      data: this.#data.name,
      samples: this.#data.rows,
      steps: [...this.#steps],
      layers: this.#layers.map((layer) => layer.histograms()),
      notFinite: this.#notFinite,
    };
  }
}

/** The histograms of one layer. */
class LayerRecord {
  readonly name: string;
  readonly #bins: number;
  readonly #reach: number;
  readonly #predicted: LayerHistograms['predicted'];
  readonly #rows: Float64Array[] = [];
  readonly #below: number[] = [];
  readonly #above: number[] = [];
  readonly #mean: number[] = [];
  readonly #variance: number[] = [];
  /** Of the look under way: counts with those below and above at the ends, and sums. */
  #counts: Float64Array = new Float64Array(0);
  #sums = { n: 0, sum: 0, squares: 0 };

  constructor({ name }: Layer, bins: number, reach: number, predicted: LayerHistograms['predicted']) {
    this.name = name;
    this.#bins = bins;
    this.#reach = reach;
    this.#predicted = predicted;
  }

  begin(): void {
    this.#counts = new Float64Array(this.#bins + 2);
    this.#sums = { n: 0, sum: 0, squares: 0 };
  }

  see(values: Values): void {
    const perUnit = this.#bins / (2 * this.#reach);
    for (let i = 0; i < values.length; i++) {
      const z = values[i];
      const bin = Math.floor((z + this.#reach) * perUnit);
      this.#counts[Math.min(Math.max(bin, -1), this.#bins) + 1]++;
      this.#sums.sum += z;
      this.#sums.squares += z * z;
    }
    this.#sums.n += values.length;
  }

  keep(): void {
    const { n, sum, squares } = this.#sums;
    this.#rows.push(this.#counts.slice(1, -1));
    this.#below.push(this.#counts[0]);
    this.#above.push(this.#counts[this.#bins + 1]);
    this.#mean.push(sum / n);
    this.#variance.push(Math.max(squares / n - (sum / n) ** 2, 0));
  }

  histograms(): LayerHistograms {
    const counts = new Float64Array(this.#rows.length * this.#bins);
    this.#rows.forEach((row, i) => counts.set(row, i * this.#bins));
    const edges = Float64Array.from({ length: this.#bins + 1 }, (_, i) => this.#reach * ((2 * i) / this.#bins - 1));
    return {
      name: this.name,
      edges,
      counts,
      below: [...this.#below],
      above: [...this.#above],
      mean: [...this.#mean],
      variance: [...this.#variance],
      predicted: this.#predicted,
    };
  }
}
