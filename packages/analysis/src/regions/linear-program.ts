import { DataError, ParameterError } from '@relu-lab/core';
import type { Layer, Network } from '@relu-lab/nn';
import { type LinearPieces, linearPieces, twoPieces } from './linear-pieces.ts';

interface Affine {
  readonly width: number;
  /** Which values it reads: 0 is the input, i + 1 is step i. */
  readonly sources: readonly number[];
}

/** y = W x + b. */
export interface DenseStep extends Affine {
  readonly kind: 'dense';
  readonly inputs: number;
  /** Row-major, one row a unit. */
  readonly weights: Float64Array;
  readonly biases: Float64Array;
  /** Length of each row, for the size of rounding errors. */
  readonly norms: Float64Array;
}

/** y = factor x + shift, unit by unit: batch norm in evaluation. */
export interface ScaleStep extends Affine {
  readonly kind: 'scale';
  readonly factors: Float64Array;
  readonly shifts: Float64Array;
}

/** y = Σ xᵢ. */
export interface SumStep extends Affine {
  readonly kind: 'sum';
}

/** y = φ(x) with a φ of linear pieces for each unit. */
export interface BendStep extends Affine {
  readonly kind: 'bend';
  readonly name: string;
  /** Whether all units are ReLU, for which theory has sharper bounds. */
  readonly isRelu: boolean;
  readonly pieces: readonly LinearPieces[];
}

/** y = the largest of k neighbours. */
export interface MaxoutStep extends Affine {
  readonly kind: 'maxout';
  readonly name: string;
  readonly pieces: number;
}

export type Step = DenseStep | ScaleStep | SumStep | BendStep | MaxoutStep;

/** A network of affine and piecewise-linear steps, with its numbers in float64. */
export interface LinearProgram {
  readonly inputs: number;
  readonly steps: readonly Step[];
  /** By name of a layer (and `input`): which value is its output. Layers that change nothing share one with their source. */
  readonly valueOf: ReadonlyMap<string, number>;
  /** Whether each step reads the one before it alone. */
  readonly isChain: boolean;
}

/**
 * Reads a network as it is in evaluation mode.
 *
 * @throws ParameterError naming the layer that is not piecewise linear, and what can be done; DataError when a parameter is
 *   not finite.
 */
export function linearProgram(network: Network): LinearProgram {
  const steps: Step[] = [];
  const valueOf = new Map([['input', 0]]);
  for (const layer of network.layers) {
    const sources = layer.from.map((name) => valueOf.get(name) ?? 0);
    const step = stepOf(network, layer, sources);
    if (step) steps.push(step);
    valueOf.set(layer.name, step ? steps.length : sources[0]);
  }
  const isChain = steps.every(({ sources }, i) => sources.length === 1 && sources[0] === i);
  return { inputs: network.inputs, steps, valueOf, isChain };
}

/** Null for a layer that changes nothing in evaluation. */
function stepOf(network: Network, layer: Layer, sources: readonly number[]): Step | null {
  const { name, outputs: width } = layer;
  const shape = { sources, width };
  switch (layer.kind) {
    case 'dense': {
      const weights = parameter(network, layer, 'weight');
      const [inputs] = layer.inputs;
      const norms = Float64Array.from({ length: width }, (_, unit) =>
        Math.sqrt(weights.subarray(unit * inputs, (unit + 1) * inputs).reduce((sum, w) => sum + w * w, 0)),
      );
      return { kind: 'dense', ...shape, inputs, weights, biases: parameter(network, layer, 'bias'), norms };
    }
    case 'batch-norm':
      return { kind: 'scale', ...shape, ...frozenBatchNorm(network, layer) };
    case 'add':
      return { kind: 'sum', ...shape };
    case 'prelu': {
      const slopes = parameter(network, layer, 'slope');
      const pieces = Array.from({ length: width }, (_, unit) => twoPieces(slopes[slopes.length === 1 ? 0 : unit]));
      return { kind: 'bend', ...shape, name, pieces, isRelu: slopes.every((slope) => slope === 0) };
    }
    case 'activation':
    case 'rrelu':
      return { kind: 'bend', ...shape, name, ...elementwisePieces(layer) };
    case 'maxout': {
      const pieces = layer.activation?.kind === 'maxout' ? layer.activation.pieces : layer.inputs[0] / width;
      return { kind: 'maxout', ...shape, name, pieces };
    }
    case 'dropout':
    case 'alpha-dropout':
    case 'flatten':
      return null;
    case 'layer-norm':
      throw new ParameterError(
        `'${name}' divides by the deviation of its row, which is not piecewise linear; count the linear regions of a network without layer norm, or with batch norm, which is affine in evaluation`,
      );
    default:
      throw new ParameterError(
        `'${name}' is a layer of kind ${String(layer.kind)}, whose linear regions are not known; there are dense, batch norm, add, flatten, dropout and piecewise-linear activations`,
      );
  }
}

function elementwisePieces({ name, activation, outputs }: Layer): Pick<BendStep, 'pieces' | 'isRelu'> {
  const found = activation?.kind === 'elementwise' ? linearPieces(activation) : null;
  if (found === null) {
    const called = activation === undefined || name.startsWith(activation.name) ? '' : ` (${activation.name})`;
    throw new ParameterError(
      `'${name}'${called} is no piecewise-linear activation: its output has no linear regions to count (one of your own must name its kinks); count those of a network with relu, leaky-relu, prelu, abs, relu6, hard-sigmoid or maxout`,
    );
  }
  const [below, above] = found.slopes;
  const isRelu = found.kinks.length === 1 && found.kinks[0] === 0 && below === 0 && above === 1;
  return { pieces: Array.from({ length: outputs }, () => found), isRelu };
}

/** γ (x − μ) / √(σ² + ε) + β with the running μ and σ². */
function frozenBatchNorm(network: Network, layer: Layer): Pick<ScaleStep, 'factors' | 'shifts'> {
  if (layer.epsilon === undefined) {
    throw new ParameterError(`'${layer.name}' does not tell its epsilon, without which its affine map is not known`);
  }
  const { epsilon } = layer;
  const [mean, variance] = layer.statistics.map(({ name, offset, length }) => read(network, name, offset, length));
  const scale = parameter(network, layer, 'scale');
  const shift = parameter(network, layer, 'shift');
  const factors = scale.map((gamma, unit) => gamma / Math.sqrt(variance[unit] + epsilon));
  return { factors, shifts: shift.map((beta, unit) => beta - factors[unit] * mean[unit]) };
}

function parameter(network: Network, layer: Layer, role: string): Float64Array {
  const { name, offset, length } = network.parameter(`${layer.name}.${role}`);
  return read(network, name, offset, length);
}

function read(network: Network, name: string, offset: number, length: number): Float64Array {
  const values = Float64Array.from(network.arena.values.subarray(offset, offset + length));
  if (values.every(Number.isFinite)) return values;
  throw new DataError(`'${name}' is not finite everywhere; count the linear regions of a network before it diverges`);
}
