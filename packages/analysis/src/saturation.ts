import { type Dataset, type ElementwiseActivation, ParameterError, normalCumulative } from '@relu-lab/core';
import { refuseUnknown } from '@relu-lab/core/options';
import type { Layer, Network } from '@relu-lab/nn';
import { checkReadable, visitBatches } from './batches.ts';

/** Saturation of one activation layer. */
export interface LayerSaturation {
  readonly name: string;
  readonly units: number;
  /** Largest |φ'| of the layer's activation: what the threshold is a share of. */
  readonly steepest: number;
  /** Share of elements (samples × units) with |φ'(z)| < threshold × steepest. */
  readonly saturatedFraction: number;
  /** The part of them whose output is exactly 0: ReLU's silent side, which is sparsity rather than saturation. */
  readonly zeroFraction: number;
  /** For each unit, the share of samples on which it is saturated. */
  readonly unitFractions: Float64Array;
  /** Units that are saturated on every sample. */
  readonly saturatedUnits: readonly number[];
  /** Share to be expected for normal pre-activations of the measured mean and variance; null for maxout and learned slopes. */
  readonly predicted: { readonly saturatedFraction: number } | null;
}

/** Saturation of every activation layer over a data set. */
export interface Saturation {
  readonly kind: 'saturation';
  readonly samples: number;
  readonly threshold: number;
  readonly layers: readonly LayerSaturation[];
}

export interface SaturationOptions {
  /** An element is saturated where |φ'(z)| is below this share of the largest |φ'|; between 0 and 1. Default 0.05. */
  readonly threshold?: number;
}

/**
 * Saturation of each activation layer over a data set, in evaluation mode, by the activation's own derivative: where |φ'(z)| is below a share of
 * sup |φ'|. A large |z| alone is none (ReLU has slope 1 there), and neither is an output near a bound that is still steep. ReLU's
 * silent side has slope 0 and counts; `zeroFraction` tells it apart.
 *
 * @throws ParameterError for a threshold that is not between 0 and 1, and, naming it, for an activation whose slope is unbounded; ShapeError,
 * DataError as `sparsity`.
 */
export function saturation(network: Network, data: Dataset, options: SaturationOptions = {}): Saturation {
  refuseUnknown('saturation', options, ['threshold']);
  const { threshold = 0.05 } = options;
  if (!(threshold > 0 && threshold < 1)) {
    throw new ParameterError(`threshold of saturation must lie between 0 and 1, not ${String(threshold)}`);
  }
  checkReadable(network, data);
  const tallies = network.layers
    .filter(({ role }) => role === 'activation')
    .map((layer) => new Tally(layer, threshold * steepestSlope(layer)));
  visitBatches(network, data, () => {
    for (const tally of tallies) tally.see(network.output(tally.layer.name), network.preActivation(tally.layer.name));
  });
  return {
    kind: 'saturation',
    samples: data.rows,
    threshold,
    layers: tallies.map((tally) => tally.result(data.rows, threshold)),
  };
}

/** Counts over the elements of one layer. */
class Tally {
  readonly layer: Layer;
  readonly #flat: number;
  readonly #saturated: Float64Array;
  #zeros = 0;
  #sum = 0;
  #squares = 0;

  constructor(layer: Layer, flat: number) {
    this.layer = layer;
    this.#flat = flat;
    this.#saturated = new Float64Array(layer.outputs);
  }

  see(outputs: ArrayLike<number>, preActivations: ArrayLike<number>): void {
    if (this.layer.kind === 'maxout') return;
    const units = this.#saturated.length;
    for (let i = 0, unit = 0; i < outputs.length; i++, unit = unit + 1 === units ? 0 : unit + 1) {
      const z = preActivations[i];
      this.#sum += z;
      this.#squares += z * z;
      if (Math.abs(this.layer.slopeAt?.(z, unit) ?? NaN) >= this.#flat) continue;
      this.#saturated[unit]++;
      if (outputs[i] === 0) this.#zeros++;
    }
  }

  result(samples: number, threshold: number): LayerSaturation {
    const { name, outputs: units } = this.layer;
    const elements = samples * units;
    const unitFractions = this.#saturated.map((count) => count / samples);
    const mean = this.#sum / elements;
    const deviation = Math.sqrt(Math.max(this.#squares / elements - mean ** 2, 0));
    return {
      name,
      units,
      steepest: this.#flat / threshold,
      saturatedFraction: this.#saturated.reduce((sum, count) => sum + count, 0) / elements,
      zeroFraction: this.#zeros / elements,
      unitFractions,
      saturatedUnits: Array.from(unitFractions.keys()).filter((unit) => unitFractions[unit] === 1),
      predicted: this.#predicted(mean, deviation),
    };
  }

  #predicted(mean: number, deviation: number): LayerSaturation['predicted'] {
    const { kind, activation } = this.layer;
    if (kind !== 'activation' || activation?.kind !== 'elementwise' || !(deviation > 0)) return null;
    return { saturatedFraction: flatShare(activation, this.#flat, mean, deviation) };
  }
}

/** Cells of the normal distribution on which the slope is looked at once. */
const cells = 4000;

/** P(|φ'(z)| < flat) for z ~ N(mean, deviation²), to about 1e-3. */
function flatShare(activation: ElementwiseActivation, flat: number, mean: number, deviation: number): number {
  let share = 0;
  for (let i = 0; i < cells; i++) {
    const [from, to] = [i, i + 1].map((edge) => (16 * edge) / cells - 8);
    if (Math.abs(activation.derivative(mean + (deviation * (from + to)) / 2)) >= flat) continue;
    share += normalCumulative(to) - normalCumulative(from);
  }
  return share;
}

/** Where slopes are looked for: nothing in the catalogue is steepest beyond ±20. */
const reach = 20;

/** sup |φ'| of a layer: the steepest of its units where slopes are learned. */
function steepestSlope(layer: Layer): number {
  if (layer.kind === 'maxout') return 1;
  const units = layer.parameters.some(({ role }) => role === 'slope') ? layer.outputs : 1;
  let steepest = 0;
  for (let unit = 0; unit < units; unit++) {
    const slope = (z: number): number => Math.abs(layer.slopeAt?.(z, unit) ?? NaN);
    for (let z = -reach; z <= reach; z += units > 1 ? reach / 2 : 0.01) steepest = Math.max(steepest, slope(z));
    if (Math.max(slope(-1e4), slope(1e4)) <= 1.5 * steepest) continue;
    throw new ParameterError(
      `The slope of '${layer.name}' has no bound that it could be compared with; look at the layer's gradients (gradientFlow) instead`,
    );
  }
  return steepest;
}
