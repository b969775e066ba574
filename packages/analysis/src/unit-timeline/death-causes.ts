import type { Dataset } from '@relu-lab/core';
import type { Layer, Network, StepView } from '@relu-lab/nn';
import { sumOfSquares } from '../gradient-sums.ts';
import { someRows } from '../some-rows.ts';
import { speaks } from '../unit-scan.ts';
import type { DeathCause } from './timeline.ts';

/** Units of one activation layer that died between two looks. */
export interface Dying {
  readonly layer: Layer;
  readonly units: readonly number[];
}

/** What is known of the step after which the units were found dead. */
export type KillingStep = Pick<StepView, 'learningRate' | 'batch' | 'network'>;

/** Why units died, layer by layer as they were given, and how many samples were passed to find it. */
export interface DeathCauses {
  readonly causes: readonly (readonly DeathCause[])[];
  readonly passed: number;
}

/**
 * Why units died: the network as it was when they spoke is shown the watched data once more, the network as it is now those samples on
 * which one of them had spoken, and the shift of each unit's pre-activation is averaged over its own (the first 64 of them).
 *
 * With z = w·a + b, the shift is exactly Δb + Δw·a + (w + Δw)·Δa: bias, own weights, and layers below.
 *
 * @param step - the step of the check; null where no view of it was given.
 * @param exact - whether `before` is the network one step earlier, so that the step is the one that killed.
 */
export function deathCauses(
  dying: readonly Dying[],
  data: Dataset,
  before: Network,
  now: Network,
  step: KillingStep | null,
  exact: boolean,
): DeathCauses {
  const shifts = dying.map(({ layer, units }) => units.map((unit) => new UnitShift(layer, unit, before, now)));
  let open: readonly UnitShift[] = shifts.flat();
  let passed = 0;
  const together = Math.min(before.batchRows(data.rows), now.batchRows(data.rows));
  for (let start = 0; start < data.rows && open.length > 0; start += together) {
    const end = Math.min(start + together, data.rows);
    before.forward(data.inputs.subarray(start * data.features, end * data.features));
    const spoken = new Set<number>();
    for (const shift of open) shift.find(spoken);
    passed += end - start + spoken.size;
    if (spoken.size === 0) continue;
    const rows = [...spoken];
    now.forward(
      someRows(
        data,
        rows.map((row) => start + row),
      ).inputs,
    );
    const place = new Map(rows.map((row, i) => [row, i]));
    for (const shift of open) shift.see(place);
    open = open.filter((shift) => !shift.isComplete);
  }
  // One list of rows for all deaths of the step: a batch may be long, and the deaths many.
  const batch = step && exact ? Array.from(step.batch) : null;
  return { causes: shifts.map((layer) => layer.map((shift) => shift.cause(step, batch))), passed };
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
  /** Rows of the present pass in which the unit spoke. */
  readonly #rows: number[] = [];
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

  /** Adds to `spoken` the rows of the pass before in which the unit spoke: as many as it still needs. */
  find(spoken: Set<number>): void {
    const { name, outputs: units } = this.#layer;
    const outputs = this.#before.output(name);
    const z = this.#before.preActivation(name);
    this.#rows.length = 0;
    for (let row = 0, i = this.#unit; i < outputs.length && !this.isComplete; row++, i += units) {
      if (!speaks(this.#layer, this.#unit, outputs[i], z[i])) continue;
      spoken.add(row);
      this.#rows.push(row);
      this.#samples++;
    }
  }

  /** Takes in the shifts on the rows just found; `place` says where each of them is in the pass of the network as it is now. */
  see(place: ReadonlyMap<number, number>): void {
    const { name, outputs: units } = this.#layer;
    const zBefore = this.#before.preActivation(name);
    const zNow = this.#now.preActivation(name);
    const inputs = this.#source && this.#before.output(this.#source.from[0]);
    for (const row of this.#rows) {
      this.#shift += zNow[(place.get(row) ?? 0) * units + this.#unit] - zBefore[row * units + this.#unit];
      if (inputs) this.#throughWeights += dot(this.#weightChange, inputs, row * this.#weightChange.length);
    }
  }

  /** @param batch - rows of the killing update; null where it is not known, and so no gradient of it. */
  cause(step: KillingStep | null, batch: readonly number[] | null): DeathCause {
    const shift = this.#shift / this.#samples;
    const common = { learningRate: step?.learningRate ?? null, shift, batch };
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
      gradientNorm: step && batch ? this.#gradientNorm(step.network, this.#source) : null,
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
