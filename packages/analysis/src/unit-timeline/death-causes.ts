import type { Dataset } from '@relu-lab/core';
import type { Layer, Network, StepView } from '@relu-lab/nn';
import { sumOfSquares } from '../gradient-sums.ts';
import type { DeathCause } from './timeline.ts';

/** Units of one activation layer that died between two checks. */
export interface Dying {
  readonly layer: Layer;
  readonly units: readonly number[];
}

/** What is known of the step after which the units were found dead. */
export type KillingStep = Pick<StepView, 'learningRate' | 'batch' | 'network'>;

/**
 * Why units died: both networks, as they were at the check before and as they are now, are shown the watched data once more, and the
 * shift of each unit's pre-activation is averaged over the samples on which it had spoken (the first 64 of them).
 *
 * With z = w·a + b, the shift is exactly Δb + Δw·a + (w + Δw)·Δa: bias, own weights, and layers below.
 *
 * @param step - the step of the check; null where no view of it was given.
 * @param exact - whether the check before was one step earlier, so that the step is the one that killed.
 */
export function deathCauses(
  dying: readonly Dying[],
  data: Dataset,
  before: Network,
  now: Network,
  step: KillingStep | null,
  exact: boolean,
): readonly (readonly DeathCause[])[] {
  const shifts = dying.map(({ layer, units }) => units.map((unit) => new UnitShift(layer, unit, before, now)));
  let open: readonly UnitShift[] = shifts.flat();
  const batch = Math.min(before.batchRows(data.rows), now.batchRows(data.rows));
  for (let start = 0; start < data.rows; start += batch) {
    const rows = data.inputs.subarray(start * data.features, Math.min(start + batch, data.rows) * data.features);
    before.forward(rows);
    now.forward(rows);
    for (const shift of open) shift.see();
    open = open.filter((shift) => !shift.isComplete);
    if (open.length === 0) break;
  }
  return shifts.map((layer) => layer.map((shift) => shift.cause(step, exact)));
}

/** Samples that a mean shift is taken over: where many units die at once, more would cost more than the training. */
const mostSamples = 64;

/** The shift of one unit's pre-activation, gathered over samples. */
class UnitShift {
  readonly #layer: Layer;
  readonly #unit: number;
  readonly #before: Network;
  readonly #now: Network;
  /** The weight layer whose output is the pre-activation, if there is one. */
  readonly #source: Layer | null;
  #samples = 0;
  #shift = 0;
  /** Σ Δw·a over the samples, a being the inputs as they were. */
  #throughWeights = 0;
  readonly #weightChange: Float32Array;

  constructor(layer: Layer, unit: number, before: Network, now: Network) {
    this.#layer = layer;
    this.#unit = unit;
    this.#before = before;
    this.#now = now;
    const source = now.layers.find(({ name }) => name === layer.from[0]);
    this.#source = source && hasRowsOfUnits(source) ? source : null;
    this.#weightChange = this.#source ? this.#change('weight') : new Float32Array(0);
  }

  get isComplete(): boolean {
    return this.#samples === mostSamples;
  }

  see(): void {
    const { name, outputs: units, slopeAt } = this.#layer;
    const zBefore = this.#before.preActivation(name);
    const zNow = this.#now.preActivation(name);
    const activations = this.#before.output(name);
    const inputs = this.#source && this.#before.output(this.#source.from[0]);
    for (let row = 0, i = this.#unit; i < activations.length && !this.isComplete; row++, i += units) {
      const spoke = activations[i] !== 0 || slopeAt?.call(this.#layer, zBefore[i], this.#unit) !== 0;
      if (!spoke) continue;
      this.#samples++;
      this.#shift += zNow[i] - zBefore[i];
      if (inputs) this.#throughWeights += dot(this.#weightChange, inputs, row * this.#weightChange.length);
    }
  }

  cause(step: KillingStep | null, exact: boolean): DeathCause {
    const shift = this.#shift / this.#samples;
    const common = {
      learningRate: step?.learningRate ?? null,
      shift,
      batch: step && exact ? Array.from(step.batch) : null,
    };
    if (!this.#source) {
      return { ...common, updateNorm: null, gradientNorm: null, bias: null, weights: null, inputs: null, main: null };
    }
    const biasChange = this.#change('bias');
    const bias = biasChange[0] ?? 0;
    const weights = this.#throughWeights / this.#samples;
    const parts = { bias, weights, inputs: shift - bias - weights };
    return {
      ...common,
      updateNorm: Math.hypot(Math.sqrt(sumOfSquares(this.#weightChange)), bias),
      gradientNorm: step && exact ? this.#gradientNorm(step.network, this.#source) : null,
      ...parts,
      main: largestPart(parts, Math.sign(shift)),
    };
  }

  /** What the unit's own numbers in a parameter of the weight layer have changed by; empty without such a parameter. */
  #change(role: 'weight' | 'bias'): Float32Array {
    const { name, length } = this.#source?.parameters.find((parameter) => parameter.role === role) ?? {
      name: '',
      length: 0,
    };
    if (length === 0) return new Float32Array(0);
    const [old, fresh] = [this.#own(this.#before, name), this.#own(this.#now, name)];
    return fresh.map((value, i) => value - old[i]);
  }

  /** The unit's own numbers in a parameter: its row of the weights, its bias. */
  #own(network: Network, parameter: string): Float32Array {
    const { offset, length } = network.parameter(parameter);
    const each = length / this.#layer.outputs;
    return network.arena.read(offset + this.#unit * each, each);
  }

  #gradientNorm(network: Network, { parameters }: Layer): number {
    const { values } = network.arena;
    const parts = parameters.map(({ gradient, length }) => {
      const each = length / this.#layer.outputs;
      const start = gradient + this.#unit * each;
      return Math.sqrt(sumOfSquares(values.subarray(start, start + each)));
    });
    return Math.hypot(...parts);
  }
}

/** Whether a layer is a weight layer with a row of numbers for each unit. */
function hasRowsOfUnits({ role, outputs, parameters }: Layer): boolean {
  return role === 'weights' && parameters.every(({ shape }) => shape[0] === outputs);
}

function largestPart(
  parts: { readonly bias: number; readonly weights: number; readonly inputs: number },
  direction: number,
): 'bias' | 'weights' | 'inputs' {
  const order = (['bias', 'weights', 'inputs'] as const).slice().sort((a, b) => direction * (parts[b] - parts[a]));
  return order[0];
}

function dot(weights: Float32Array, values: ArrayLike<number>, start: number): number {
  let sum = 0;
  for (let k = 0; k < weights.length; k++) sum += weights[k] * values[start + k];
  return sum;
}
