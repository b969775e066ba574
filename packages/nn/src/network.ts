import {
  Arena,
  type Backend,
  type BackendName,
  ParameterError,
  type Precision,
  type RandomStream,
  ShapeError,
  createBackend,
  nearestName,
  random,
} from '@relu-lab/core';
import { checkCount } from './checks.ts';
import { inputName, settle } from './graph.ts';
import type { Layer, LayerDefinition, Mode, Parameter, Pass, Wires } from './layer.ts';
import { type Plan, planLayers } from './plan.ts';

export interface NetworkOptions {
  /** Features of a sample. */
  readonly inputs: number;
  /** Layers in the order in which they are computed; the last one is the output. */
  readonly layers: readonly LayerDefinition[];
  /** Seed of the initial parameters; default 0. */
  readonly seed?: number;
  /** Default `wasm`. */
  readonly backend?: BackendName;
  /** Default `float32`; `float64` needs the backend `reference`. */
  readonly precision?: Precision;
}

/** Floats of the network's precision: a view into the arena, valid until the next pass. */
export type Values = Float32Array | Float64Array;

/** All learned numbers and running statistics of a network at one moment. */
export interface Snapshot {
  readonly parameters: Values;
  readonly statistics: Values;
}

export interface ForwardOptions {
  /** Default `evaluation`. */
  readonly mode?: Mode;
  /** Whether running statistics move; default: in `training`. */
  readonly updateStatistics?: boolean;
}

const defaultCapacity = 256;

/**
 * A graph of layers with its numbers in one arena.
 *
 * Buffers are sized once for the largest batch seen ({@link reserve}); passes allocate nothing.
 */
export class Network {
  readonly inputs: number;
  readonly outputs: number;
  readonly layers: readonly Layer[];
  /** Every learned array, layer by layer. */
  readonly parameters: readonly Parameter[];
  /** How many numbers are learned. */
  readonly parameterCount: number;
  readonly seed: number;
  readonly arena: Arena;
  readonly backend: Backend;
  /** Where all parameters, and all their gradients, lie one after the other (with gaps of zeros for alignment). */
  readonly block: { readonly parameters: number; readonly gradients: number; readonly length: number };
  readonly #options: NetworkOptions;
  readonly #plan: Plan;
  readonly #workspace: number;
  #end = 0;
  #capacity = 0;
  #input = 0;
  #wires: readonly Wires[] = [];
  #merges: readonly (readonly Merge[])[] = [];
  #outputs: ReadonlyMap<string, { readonly output: number; readonly gradient: number; readonly width: number }> =
    new Map();
  #pass: Pass = { rows: 0, mode: 'evaluation', updateStatistics: false };

  /** @throws ParameterError, ShapeError for options that make no network. */
  constructor(options: NetworkOptions) {
    const { inputs, layers, seed = 0, backend, precision } = options;
    checkCount('inputs of a network', inputs);
    this.#options = options;
    this.inputs = inputs;
    this.seed = seed;
    this.arena = new Arena({ ...(precision && { precision }) });
    this.backend = createBackend(this.arena, backend);
    this.#plan = planLayers(settle(layers), inputs, this.arena, this.backend);
    this.layers = this.#plan.layers;
    this.parameters = this.#plan.parameters;
    this.block = this.#plan.block;
    this.parameterCount = this.parameters.reduce((sum, { length }) => sum + length, 0);
    this.outputs = this.layers[this.layers.length - 1].outputs;
    this.#workspace = this.arena.mark();
    const stream = random(seed).stream('parameters');
    for (const layer of this.layers) layer.initialize?.(stream.stream(layer.name));
  }

  /** Rows that a pass may have without new buffers. */
  get capacity(): number {
    return this.#capacity;
  }

  /** Offset of the input rows, to be filled before {@link run}. */
  get inputOffset(): number {
    return this.#input;
  }

  /** Offset of the output of the last layer. */
  get outputOffset(): number {
    return this.#wires[this.#wires.length - 1].output;
  }

  /** Offset of the gradient with respect to the output of the last layer, to be filled before {@link backpropagate}. */
  get outputGradientOffset(): number {
    return this.#wires[this.#wires.length - 1].outputGradient;
  }

  /** The layer of that name. */
  layer(name: string): Layer {
    const found = this.layers.find((layer) => layer.name === name);
    if (found) return found;
    throw this.#unknown(
      'layer',
      name,
      this.layers.map((layer) => layer.name),
    );
  }

  /** The parameter of that name, such as `dense1.weight`. */
  parameter(name: string): Parameter {
    const found = this.parameters.find((parameter) => parameter.name === name);
    if (found) return found;
    throw this.#unknown(
      'parameter',
      name,
      this.parameters.map((parameter) => parameter.name),
    );
  }

  /** Sizes the buffers for passes of up to `rows` rows; does nothing when they are large enough. */
  reserve(rows: number): void {
    checkCount('rows of a pass', rows);
    if (rows <= this.#capacity) return;
    if (this.#capacity > 0 && this.arena.mark() !== this.#end) {
      throw new ParameterError(
        `A network in training cannot take ${rows} rows at once, only ${this.#capacity}: pass them in smaller batches`,
      );
    }
    this.arena.release(this.#workspace);
    this.#wire(rows);
    this.#capacity = rows;
    this.#end = this.arena.mark();
  }

  /** Restarts the noise of dropout and RReLU from a stream, one stream a layer. */
  seedNoise(stream: RandomStream): void {
    for (const layer of this.layers) layer.seedNoise?.(stream.stream(layer.name));
  }

  /**
   * Outputs for `x` (rows × inputs, row-major) in evaluation mode: a fresh array, rows × outputs (for classes, the logits).
   *
   * @throws ShapeError when the length of `x` is no multiple of `inputs`.
   */
  predict(x: Float32Array | Float64Array): Float32Array {
    const rows = this.#rowsOf(x);
    if (this.#capacity === 0) this.reserve(Math.min(Math.max(rows, 1), defaultCapacity));
    const out = new Float32Array(rows * this.outputs);
    for (let start = 0; start < rows; start += this.#capacity) {
      const end = Math.min(start + this.#capacity, rows);
      out.set(this.forward(x.subarray(start * this.inputs, end * this.inputs)), start * this.outputs);
    }
    return out;
  }

  /**
   * One forward pass over `x` (rows × inputs): a view of the outputs (rows × outputs), valid until the next pass. Every
   * layer's output can then be read with {@link output}.
   *
   * @throws ShapeError when the length of `x` is no multiple of `inputs`, or there is no row.
   */
  forward(x: Float32Array | Float64Array, options: ForwardOptions = {}): Values {
    const rows = this.#rowsOf(x);
    if (rows === 0) throw new ShapeError('A pass needs at least one row');
    this.reserve(rows);
    this.arena.write(this.#input, x);
    this.run(rows, options);
    return this.output(this.layers[this.layers.length - 1].name);
  }

  /** A forward pass over the `rows` rows that stand at {@link inputOffset}. */
  run(rows: number, { mode = 'evaluation', updateStatistics = mode === 'training' }: ForwardOptions = {}): void {
    this.#pass = { rows, mode, updateStatistics };
    for (let i = 0; i < this.layers.length; i++) this.layers[i].forward(this.#wires[i], this.#pass);
  }

  /**
   * The backward pass of the last forward pass, from the gradient at {@link outputGradientOffset}. `beforeLayer` is
   * called with each layer, last first, when the gradient of its output is complete.
   */
  backpropagate(beforeLayer?: (layer: Layer, wires: Wires, pass: Pass) => void): void {
    for (let i = this.layers.length - 1; i >= 0; i--) {
      beforeLayer?.(this.layers[i], this.#wires[i], this.#pass);
      this.layers[i].backward(this.#wires[i], this.#pass);
      for (const merge of this.#merges[i]) this.#addGradient(merge);
    }
  }

  /**
   * The backward pass of the last forward pass from the gradient of the loss with respect to the outputs (rows × outputs).
   *
   * @throws ShapeError when the length does not fit the last forward pass.
   */
  backward(outputGradient: ArrayLike<number>): void {
    const expected = this.#pass.rows * this.outputs;
    if (outputGradient.length !== expected) {
      throw new ShapeError(
        `The last forward pass gave ${this.#pass.rows} rows × ${this.outputs} outputs = ${expected} values; their gradient has ${outputGradient.length}`,
      );
    }
    this.arena.write(this.outputGradientOffset, outputGradient);
    this.backpropagate();
  }

  /** Output of a layer in the last forward pass (rows × its width), or of the `input`; a view until the next pass. */
  output(name: string): Values {
    const { output, width } = this.#tap(name);
    return this.arena.values.subarray(output, output + this.#pass.rows * width);
  }

  /** Pre-activations of an activation layer in the last forward pass: the output of the layer that it reads. */
  preActivation(name: string): Values {
    return this.output(this.layer(name).from[0]);
  }

  /** Gradient of the loss with respect to the output of a layer in the last backward pass; a view until the next pass. */
  gradient(name: string): Values {
    const { gradient, width } = this.#tap(this.layer(name).name);
    return this.arena.values.subarray(gradient, gradient + this.#pass.rows * width);
  }

  /** A copy of a parameter's values. */
  parameterValues(name: string): Float32Array {
    const { offset, length } = this.parameter(name);
    return this.arena.read(offset, length);
  }

  /** A copy of a parameter's gradient in the last backward pass. */
  parameterGradient(name: string): Float32Array {
    const { gradient, length } = this.parameter(name);
    return this.arena.read(gradient, length);
  }

  /**
   * Sets a parameter's values.
   *
   * @throws ShapeError when the length differs.
   */
  setParameter(name: string, values: ArrayLike<number>): void {
    const { offset, length, shape } = this.parameter(name);
    if (values.length !== length) {
      throw new ShapeError(`'${name}' is ${shape.join(' × ')} = ${length} values; ${values.length} were given`);
    }
    this.arena.write(offset, values);
  }

  /** All parameters and running statistics as they are now. */
  snapshot(): Snapshot {
    const { values } = this.arena;
    const { parameters, length } = this.block;
    const { statistics } = this.#plan;
    return {
      parameters: values.slice(parameters, parameters + length),
      statistics: values.slice(statistics.offset, statistics.offset + statistics.length),
    };
  }

  /**
   * Sets all parameters and running statistics back to a snapshot of this network or of a clone.
   *
   * @throws ShapeError when the snapshot is of a network with other shapes.
   */
  restore(snapshot: Snapshot): void {
    const { statistics } = this.#plan;
    if (snapshot.parameters.length !== this.block.length || snapshot.statistics.length !== statistics.length) {
      throw new ShapeError(
        `The snapshot holds ${snapshot.parameters.length} parameters and ${snapshot.statistics.length} statistics; this network has ${this.block.length} and ${statistics.length}`,
      );
    }
    this.arena.write(this.block.parameters, snapshot.parameters);
    this.arena.write(statistics.offset, snapshot.statistics);
  }

  /** Another network of the same layers with the same parameters and statistics, in an arena of its own. */
  clone(options: Pick<NetworkOptions, 'backend' | 'precision'> = {}): Network {
    const copy = new Network({ ...this.#options, ...options });
    copy.restore(this.snapshot());
    return copy;
  }

  #rowsOf(x: Float32Array | Float64Array): number {
    const rows = x.length / this.inputs;
    if (Number.isInteger(rows)) return rows;
    throw new ShapeError(
      `The network takes rows of ${this.inputs} inputs; ${x.length} values are no whole number of rows`,
    );
  }

  #tap(name: string): { readonly output: number; readonly gradient: number; readonly width: number } {
    const tap = this.#outputs.get(name);
    if (tap) return tap;
    if (this.#capacity === 0) throw new ParameterError('There is nothing to read before the first forward pass');
    throw this.#unknown('layer', name, [...this.#outputs.keys()]);
  }

  #unknown(what: string, name: string, names: readonly string[]): ParameterError {
    const nearest = nearestName(name, names);
    const hint = nearest === undefined ? '' : ` Did you mean '${nearest}'?`;
    return new ParameterError(`There is no ${what} '${name}'; there are ${names.join(', ')}.${hint}`);
  }

  /** Allocates outputs and gradients, and leads each layer's gradients to the layers that it reads. */
  #wire(rows: number): void {
    const { arena, layers } = this;
    this.#input = arena.allocate(rows * this.inputs);
    const taps = new Map([[inputName, { output: this.#input, gradient: 0, width: this.inputs }]]);
    for (const { name, outputs: width } of layers) {
      taps.set(name, { output: arena.allocate(rows * width), gradient: arena.allocate(rows * width), width });
    }
    const tap = (name: string) => taps.get(name) ?? { output: 0, gradient: 0, width: 0 };
    const written = new Set<string>();
    const wires: Wires[] = [];
    const merges: Merge[][] = [];
    for (const layer of [...layers].reverse()) {
      const own: Merge[] = [];
      const inputGradients = layer.from.map((source) => {
        const { gradient, width } = tap(source);
        if (source === inputName || !written.has(source)) {
          written.add(source);
          return gradient;
        }
        const scratch = arena.allocate(rows * width);
        own.push({ from: scratch, to: gradient, width });
        return scratch;
      });
      const { output, gradient: outputGradient } = tap(layer.name);
      wires.unshift({ inputs: layer.from.map((source) => tap(source).output), output, outputGradient, inputGradients });
      merges.unshift(own);
      layer.reserve?.(rows);
    }
    this.#wires = wires;
    this.#merges = merges;
    this.#outputs = taps;
  }

  #addGradient({ from, to, width }: Merge): void {
    this.backend.addScaled(to, from, this.#pass.rows * width, 1);
  }
}

/** A gradient that arrives at a layer which another reader has already written to: it is added. */
interface Merge {
  readonly from: number;
  readonly to: number;
  readonly width: number;
}
