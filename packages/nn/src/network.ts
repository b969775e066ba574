import {
  Arena,
  type Backend,
  type BackendName,
  type BackendOptions,
  ParameterError,
  type Precision,
  type RandomStream,
  ShapeError,
  createBackend,
  random,
} from '@relu-lab/core';
import { refuseUnknown } from '@relu-lab/core/options';
import { checkCount, checkFloats } from './checks.ts';
import { describeNetwork } from './describe-network.ts';
import { inputName, settle } from './graph.ts';
import type { Layer, LayerDefinition, Mode, Parameter, Pass, Wires } from './layer.ts';
import { type Plan, planLayers } from './plan.ts';
import { type Snapshot, type Values, checkSnapshot, shapesOf } from './snapshot.ts';
import { unknownName } from './unknown-name.ts';
import { type Tap, type Wiring, merge, wire } from './wiring.ts';

export interface NetworkOptions {
  /** Features of a sample. */
  readonly inputs: number;
  /** Layers in the order in which they are computed; the last one is the output. */
  readonly layers: readonly LayerDefinition[];
  /** Seed of the initial parameters; default 0. */
  readonly seed?: number;
  /** A name, or with a build and what to do when it is refused, as `createBackend` of core takes it. Default `wasm`. */
  readonly backend?: BackendName | BackendOptions;
  /** Default `float32`; `float64` needs the backend `reference`. */
  readonly precision?: Precision;
}

const optionNames = ['inputs', 'layers', 'seed', 'backend', 'precision'];

export interface ForwardOptions {
  /** Default `evaluation`. */
  readonly mode?: Mode;
  /** Whether running statistics move; default: in `training`. */
  readonly updateStatistics?: boolean;
}

/** Rows of a batch when nobody asks for another number. */
const usualRows = 256;

/**
 * A graph of layers with its numbers in one arena.
 *
 * Buffers are sized once for the largest batch seen ({@link reserve}); passes allocate nothing.
 */
export class Network {
  readonly inputs: number;
  readonly outputs: number;
  readonly layers: readonly Layer[];
  /** What the layers were made from, with names and sources settled: to make a network that differs in some of them. */
  readonly definitions: readonly LayerDefinition[];
  /** Every learned array, layer by layer. */
  readonly parameters: readonly Parameter[];
  /** How many numbers are learned. */
  readonly parameterCount: number;
  readonly seed: number;
  readonly arena: Arena;
  readonly backend: Backend;
  /** Where all parameters, and all their gradients, lie one after the other (with gaps of zeros for alignment). */
  readonly block: { readonly parameters: number; readonly gradients: number; readonly length: number };
  /** Where all running statistics lie one after the other. */
  readonly statistics: Plan['statistics'];
  readonly #options: NetworkOptions;
  readonly #shapes: readonly string[];
  readonly #workspace: number;
  #wiring: Wiring | null = null;
  #capacity = 0;
  /** End of the buffers: what stands behind it belongs to a training run or a BatchFeed. */
  #end: number;
  #noise: readonly RandomStream[] = [];
  #pass: Pass = { rows: 0, mode: 'evaluation', updateStatistics: false };
  #passes = 0;
  #training = false;

  /**
   * @param start - parameters and running statistics to start with; default: drawn from the seed.
   * @throws ParameterError, ShapeError for options that make no network, or a `start` of another one.
   */
  constructor(options: NetworkOptions, start?: Snapshot) {
    refuseUnknown('Network', options, optionNames);
    const { inputs, layers, seed = 0, backend, precision } = options;
    checkCount('inputs of a network', inputs);
    this.#options = options;
    this.inputs = inputs;
    this.seed = seed;
    const stream = random(seed).stream('parameters');
    const nodes = settle(layers);
    let known: Parameters<typeof describeNetwork>[1] = nodes;
    this.arena = new Arena({ ...(precision && { precision }), owner: () => describeNetwork(inputs, known) });
    this.backend = createBackend(this.arena, backend);
    this.definitions = nodes.map(({ name, from, definition }) => ({ ...definition, name, from }));
    const plan = planLayers(nodes, inputs, this.arena, this.backend);
    this.layers = plan.layers;
    known = plan.layers;
    this.parameters = plan.parameters;
    this.block = plan.block;
    this.statistics = plan.statistics;
    this.#shapes = shapesOf(
      plan.parameters,
      plan.layers.flatMap((layer) => layer.statistics),
    );
    this.parameterCount = this.parameters.reduce((sum, { length }) => sum + length, 0);
    this.outputs = this.layers[this.layers.length - 1].outputs;
    this.#workspace = this.arena.mark();
    this.#end = this.#workspace;
    if (start) this.restore(start);
    else for (const layer of this.layers) layer.initialize?.(stream.stream(layer.name));
    this.seedNoise(random(seed).stream('noise'));
  }

  /** Rows that a pass may have without new buffers. */
  get capacity(): number {
    return this.#capacity;
  }

  /** How many forward passes there were: views of a pass are void once this has moved on. */
  get passes(): number {
    return this.#passes;
  }

  /** Offset of the input rows, to be filled before {@link run}. */
  get inputOffset(): number {
    return this.#wired().input;
  }

  /** Offset of the output of the last layer. */
  get outputOffset(): number {
    return this.#lastWires().output;
  }

  /** Offset of the output of a layer. */
  outputOffsetOf(name: string): number {
    return this.#tap(name).output;
  }

  /** Offset of the gradient with respect to the output of the last layer, to be filled before {@link backpropagate}. */
  get outputGradientOffset(): number {
    return this.#lastWires().outputGradient;
  }

  /**
   * The layer of that name.
   *
   * @throws ParameterError when there is none, with the nearest name.
   */
  layer(name: string): Layer {
    const found = this.layers.find((layer) => layer.name === name);
    if (found) return found;
    const names = this.layers.map((layer) => layer.name);
    throw unknownName('layer', name, names);
  }

  /**
   * The parameter of that name, such as `dense1.weight`.
   *
   * @throws ParameterError when there is none, with the nearest name.
   */
  parameter(name: string): Parameter {
    const found = this.parameters.find((parameter) => parameter.name === name);
    if (found) return found;
    const names = this.parameters.map((parameter) => parameter.name);
    throw unknownName('parameter', name, names);
  }

  /**
   * Sizes the buffers for passes of up to `rows` rows; does nothing when they are large enough.
   *
   * @throws ParameterError when they would have to grow under a training run or a BatchFeed.
   */
  reserve(rows: number): void {
    checkCount('rows of a pass', rows);
    if (rows <= this.#capacity) return;
    if (!this.#canGrow()) {
      throw new ParameterError(
        `A training run or a BatchFeed works on this network: it cannot take ${rows} rows at once now, only ${this.#capacity}`,
      );
    }
    const before = this.#capacity;
    try {
      this.#wire(rows);
    } catch (error) {
      // No room: the buffers go back to what they were.
      this.#wiring = null;
      if (before > 0) this.#wire(before);
      else this.arena.release(this.#workspace);
      throw error;
    }
  }

  /** Rows a batch for passing `rows` rows through: 256 where there are so many, fewer where the buffers cannot grow now. */
  batchRows(rows: number): number {
    const wanted = Math.max(Math.min(rows, usualRows), 1);
    if (this.#canGrow()) this.reserve(wanted);
    return Math.min(wanted, this.#capacity);
  }

  /**
   * Claims the network for one training run with batches of up to `rows` rows, until {@link endTraining}.
   *
   * @throws ParameterError when another run has it.
   */
  beginTraining(rows: number): void {
    if (this.#training) throw new ParameterError('This network is being trained already; wait, or train a clone of it');
    this.reserve(rows);
    this.#training = true;
  }

  /** Gives the network free again, and all memory behind its buffers. */
  endTraining(): void {
    this.#training = false;
    this.arena.release(this.#end);
  }

  /** Restarts the noise of dropout and RReLU from a stream, one stream a layer. */
  seedNoise(stream: RandomStream): void {
    this.#noise = this.layers.map(({ name }) => stream.stream(name));
  }

  /** What `work` returns, with the noise of its passes from `stream`; afterwards the network's own noise goes on as before. */
  withNoise<Result>(stream: RandomStream, work: () => Result): Result {
    const own = this.#noise;
    this.seedNoise(stream);
    try {
      return work();
    } finally {
      this.#noise = own;
    }
  }

  /**
   * Outputs for `x` (rows × inputs, row-major) in evaluation mode: a fresh array, rows × outputs (for classes, the logits).
   *
   * @throws ParameterError, ShapeError when `x` is no array of floats or its length no multiple of `inputs`.
   */
  predict(x: Float32Array | Float64Array): Float32Array {
    const rows = this.#rowsOf(x);
    const batch = this.batchRows(rows);
    const out = new Float32Array(rows * this.outputs);
    for (let start = 0; start < rows; start += batch) {
      const end = Math.min(start + batch, rows);
      out.set(this.forward(x.subarray(start * this.inputs, end * this.inputs)), start * this.outputs);
    }
    return out;
  }

  /**
   * One forward pass over `x` (rows × inputs): a view of the outputs (rows × outputs), valid until the next pass. Every
   * layer's output can then be read with {@link output}.
   *
   * @throws ParameterError, ShapeError when `x` is no array of floats, its length no multiple of `inputs`, or there is no row.
   */
  forward(x: Float32Array | Float64Array, options: ForwardOptions = {}): Values {
    const rows = this.#rowsOf(x);
    if (rows === 0) throw new ShapeError('A pass needs at least one row');
    this.reserve(rows);
    this.arena.write(this.inputOffset, x);
    this.run(rows, options);
    return this.output(this.layers[this.layers.length - 1].name);
  }

  /** A forward pass over the `rows` rows that stand at {@link inputOffset}. */
  run(rows: number, { mode = 'evaluation', updateStatistics = mode === 'training' }: ForwardOptions = {}): void {
    const { wires } = this.#wired();
    const last = this.#pass;
    if (last.rows !== rows || last.mode !== mode || last.updateStatistics !== updateStatistics) {
      this.#pass = { rows, mode, updateStatistics };
    }
    this.#passes++;
    for (let i = 0; i < this.layers.length; i++) this.layers[i].forward(wires[i], this.#pass, this.#noise[i]);
  }

  /**
   * The backward pass of the last forward pass, from the gradient at {@link outputGradientOffset}. `beforeLayer` is
   * called with each layer, last first, when the gradient of its output is complete.
   */
  backpropagate(beforeLayer?: (layer: Layer, wires: Wires, pass: Pass) => void): void {
    const { wires, merges } = this.#wired();
    for (let i = this.layers.length - 1; i >= 0; i--) {
      beforeLayer?.(this.layers[i], wires[i], this.#pass);
      this.layers[i].backward(wires[i], this.#pass);
      merge(merges[i], this.#pass.rows, this.backend);
    }
  }

  /**
   * The backward pass of the last forward pass from the gradient of the loss with respect to the outputs (rows × outputs).
   *
   * @throws ParameterError before the first pass; ShapeError when the length does not fit the last one.
   */
  backward(outputGradient: ArrayLike<number>): void {
    const offset = this.outputGradientOffset;
    const expected = this.#pass.rows * this.outputs;
    if (outputGradient.length !== expected) {
      throw new ShapeError(
        `The last forward pass gave ${this.#pass.rows} rows × ${this.outputs} outputs = ${expected} values; their gradient has ${outputGradient.length}`,
      );
    }
    this.arena.write(offset, outputGradient);
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
    if (name === inputName) throw new ParameterError('The gradient with respect to the input is not kept');
    const { gradient, width } = this.#tap(name);
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
    const { block, statistics } = this;
    return {
      shapes: this.#shapes,
      parameters: values.slice(block.parameters, block.parameters + block.length),
      statistics: values.slice(statistics.offset, statistics.offset + statistics.length),
    };
  }

  /**
   * Sets all parameters and running statistics back to a snapshot of this network, or of another one of the same layers.
   *
   * @throws ShapeError when the snapshot is of a network with other shapes, which names the first difference.
   */
  restore(snapshot: Snapshot): void {
    checkSnapshot(snapshot, this.#shapes);
    this.arena.write(this.block.parameters, snapshot.parameters);
    this.arena.write(this.statistics.offset, snapshot.statistics);
  }

  /** Another network of the same layers with the same parameters and statistics, in an arena of its own. */
  clone(options: Pick<NetworkOptions, 'backend' | 'precision'> = {}): Network {
    return new Network({ ...this.#options, ...options }, this.snapshot());
  }

  #wire(rows: number): void {
    this.arena.release(this.#workspace);
    this.#wiring = wire(this.layers, this.inputs, rows, this.arena);
    this.#capacity = rows;
    this.#end = this.arena.mark();
  }

  #canGrow(): boolean {
    return this.arena.mark() === this.#end;
  }

  #rowsOf(x: Float32Array | Float64Array): number {
    checkFloats('The inputs of a network', x);
    const rows = x.length / this.inputs;
    if (Number.isInteger(rows)) return rows;
    throw new ShapeError(
      `The network takes rows of ${this.inputs} inputs; ${x.length} values are no whole number of rows`,
    );
  }

  #wired(): Wiring {
    if (this.#wiring) return this.#wiring;
    throw new ParameterError('There is nothing to read before the first forward pass');
  }

  #lastWires(): Wires {
    const { wires } = this.#wired();
    return wires[wires.length - 1];
  }

  #tap(name: string): Tap {
    const { taps } = this.#wired();
    const tap = taps.get(name);
    if (tap) return tap;
    throw unknownName('layer', name, [...taps.keys()]);
  }
}
