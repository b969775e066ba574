import { type Dataset, random } from '@relu-lab/core';
import { BatchFeed, type Layer, type Mode, type Network } from '@relu-lab/nn';
import { meanCosine, meanLikeness } from './cosine.ts';
import type { Patient } from './patient.ts';
import { shareOfCopies } from './copies.ts';
import { typicalSignal } from './typical-signal.ts';
import { type UnitStates, unitStates } from './unit-states.ts';

/** What is measured at one weight layer. */
export interface WeightVitals {
  readonly layer: Layer;
  readonly fanIn: number;
  /** σ_w²: fanIn × variance of the weights. */
  readonly weightVariance: number;
  readonly biasMean: number;
  readonly biasVariance: number;
  /**
   * Share of units that are copies of another one, in weights, bias and the gradients of both: training never parts them. 0 in a
   * layer of one unit.
   */
  readonly copies: number;
  /** Mean cosine of pairs of samples in what the layer reads; NaN for one sample. */
  readonly inputCosine: number;
}

/** What is measured at one activation layer. */
export interface ActivationVitals extends UnitStates {
  readonly layer: Layer;
  /** Mean square of the pre-activations less the biases of the weight layer that they come from: what the signal itself amounts to. */
  readonly signal: number;
  /** Mean cosine of the pre-activations of pairs of samples; NaN for one sample. */
  readonly cosine: number;
  /** Their mean inner product over the mean square: what their lengths tell apart, too. NaN for one sample. */
  readonly likeness: number;
  /** Mean over samples of the squared length of the gradient with respect to the pre-activations (behind a norm, where there is one). */
  readonly squaredGradient: number;
  /** Mean and variance of the layer's outputs over samples and units. */
  readonly mean: number;
  readonly variance: number;
}

/** One look at a network on samples: a pass forward, and one back from a random gradient at the outputs. */
export interface Vitals {
  readonly samples: number;
  /** Mean square of the inputs. */
  readonly inputLength: number;
  readonly inputCosine: number;
  readonly inputLikeness: number;
  readonly outputLength: number;
  /** Root mean square over outputs of their deviation over samples. */
  readonly outputDeviation: number;
  /** Whether there is batch norm. */
  readonly batchNormed: boolean;
  /** The first layer with an output that is not finite; null when all are. What else stands here is then void. */
  readonly brokenAt: string | null;
  readonly weights: readonly WeightVitals[];
  /** Hidden ones: an activation of the outputs is none of them. */
  readonly activations: readonly ActivationVitals[];
  /** Of the last of them: mean square of a sample's pre-activations, less their biases, over that of its input; the median over samples. */
  readonly typicalSignal: number;
  /** Mean loss. */
  readonly loss: number;
}

/**
 * Looks at a network, which is left with other values of the last pass but is otherwise unchanged: in evaluation mode, or, with batch
 * norm and at least two samples, in training mode as one batch, with noise of the seed, as running statistics need not fit yet.
 *
 * The gradient at the outputs is normal and independent of everything, of squared length 1 on average: how gradients grow on the
 * way down is then a property of the network, whatever the loss.
 */
export function takeVitals({ network, data, loss }: Patient, seed: number): Vitals {
  const stream = random(seed).stream('diagnosis');
  return network.withNoise(stream.stream('noise'), () => {
    const lossValue = passForward(network, data, loss, modeFor(network, data));
    const read = (name: string): ArrayLike<number> => network.output(name);
    const broken = network.layers.find(({ name }) => !allFinite(read(name)));
    const gradient = new Float64Array(data.rows * network.outputs);
    stream.stream('gradient').fillNormal(gradient, 0, 1 / Math.sqrt(network.outputs));
    network.backward(gradient);
    const inputs = data.inputs;
    const outputs = read(lastOf(network).name);
    return {
      samples: data.rows,
      inputLength: meanSquare(inputs),
      inputCosine: meanCosine(inputs, data.features),
      inputLikeness: meanLikeness(inputs, data.features),
      outputLength: meanSquare(outputs),
      outputDeviation: deviationOverSamples(outputs, network.outputs),
      batchNormed: network.layers.some(({ kind }) => kind === 'batch-norm'),
      brokenAt: broken?.name ?? null,
      weights: network.layers
        .filter(({ role }) => role === 'weights')
        .map((layer) => weightVitals(network, data, layer)),
      activations: hiddenActivations(network).map((layer) => activationVitals(network, layer)),
      typicalSignal: lastTypicalSignal(network, data),
      loss: lossValue,
    };
  });
}

function lastOf({ layers }: Network): Layer {
  return layers[layers.length - 1];
}

function hiddenActivations(network: Network): readonly Layer[] {
  return network.layers.filter(({ role, name }) => role === 'activation' && name !== lastOf(network).name);
}

function lastTypicalSignal(network: Network, data: Dataset): number {
  const last = hiddenActivations(network).at(-1);
  if (!last) return NaN;
  const [source] = last.from;
  return typicalSignal(data, {
    signals: network.output(source),
    width: last.inputs[0],
    centres: biasesOf(network, source),
  });
}

function modeFor({ layers }: Network, { rows }: Dataset): Mode {
  return rows > 1 && layers.some(({ kind }) => kind === 'batch-norm') ? 'training' : 'evaluation';
}

/** Leaves the values of the pass in the network, and returns the mean loss. */
function passForward(network: Network, data: Dataset, loss: Patient['loss'], mode: Mode): number {
  const feed = new BatchFeed(network, loss, data.rows);
  try {
    feed.load(data, 0, data.rows);
    network.run(data.rows, { mode, updateStatistics: false });
    return feed.measure(data.rows);
  } finally {
    feed.release();
  }
}

function weightVitals(network: Network, data: Dataset, layer: Layer): WeightVitals {
  const values = (role: string): Float32Array => {
    const found = layer.parameters.find((parameter) => parameter.role === role);
    return found ? network.parameterValues(found.name) : new Float32Array(1);
  };
  const weight = spread(values('weight'));
  const bias = spread(values('bias'));
  const [fanIn] = layer.inputs;
  const source = layer.from[0] === 'input' ? data.inputs : network.output(layer.from[0]);
  return {
    layer,
    fanIn,
    weightVariance: fanIn * weight.variance,
    biasMean: bias.mean,
    biasVariance: bias.variance,
    copies: shareOfCopies(network, layer),
    inputCosine: meanCosine(source, fanIn),
  };
}

function activationVitals(network: Network, layer: Layer): ActivationVitals {
  const [source] = layer.from;
  const preActivations = network.output(source);
  const outputs = network.output(layer.name);
  return {
    layer,
    signal: meanSquareAround(preActivations, biasesOf(network, source)),
    cosine: meanCosine(preActivations, layer.inputs[0]),
    likeness: meanLikeness(preActivations, layer.inputs[0]),
    squaredGradient: source === 'input' ? NaN : meanSquare(network.gradient(source)) * layer.inputs[0],
    ...spread(outputs),
    ...unitStates(layer, preActivations, outputs),
  };
}

function spread(values: ArrayLike<number>): { readonly mean: number; readonly variance: number } {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i];
  const mean = sum / values.length;
  let squares = 0;
  for (let i = 0; i < values.length; i++) squares += (values[i] - mean) ** 2;
  return { mean, variance: squares / values.length };
}

function meanSquare(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i] ** 2;
  return sum / values.length;
}

/** Biases of a weight layer; none of any other. */
function biasesOf(network: Network, name: string): Float32Array {
  const parameters = network.layers.find((layer) => layer.name === name && layer.role === 'weights')?.parameters;
  const bias = parameters?.find(({ role }) => role === 'bias');
  return bias ? network.parameterValues(bias.name) : new Float32Array();
}

/** Mean of (value − centre)², with a row-major matrix of values and one centre a column; without centres around 0. */
function meanSquareAround(values: ArrayLike<number>, centres: Float32Array): number {
  if (centres.length === 0) return meanSquare(values);
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += (values[i] - centres[i % centres.length]) ** 2;
  return sum / values.length;
}

function deviationOverSamples(values: ArrayLike<number>, width: number): number {
  const rows = values.length / width;
  let total = 0;
  for (let unit = 0; unit < width; unit++) {
    let sum = 0;
    for (let r = 0; r < rows; r++) sum += values[r * width + unit];
    const mean = sum / rows;
    for (let r = 0; r < rows; r++) total += (values[r * width + unit] - mean) ** 2;
  }
  return Math.sqrt(total / values.length);
}

function allFinite(values: ArrayLike<number>): boolean {
  let zero = 0;
  for (let i = 0; i < values.length; i++) zero += values[i] * 0;
  return zero === 0;
}
