import {
  type Activation,
  type BackendName,
  type BackendOptions,
  type Dataset,
  type Initializer,
  ParameterError,
  type Precision,
  checkActivation,
} from '@relu-lab/core';
import { refuseUnknown } from '@relu-lab/core/options';
import { checkArray, checkCount, checkFraction, checkInitializer } from './checks.ts';
import type { LayerDefinition } from './layer.ts';
import { activate } from './layers/activate.ts';
import { batchNorm } from './layers/batch-norm.ts';
import { dense } from './layers/dense.ts';
import { alphaDropout, dropout } from './layers/dropout.ts';
import { layerNorm } from './layers/layer-norm.ts';
import type { SlopeSharing } from './layers/learned-prelu.ts';
import { lsuv } from './lsuv.ts';
import { Network } from './network.ts';
import { recommendedInitializer } from './recommended-initializer.ts';

export interface MlpOptions {
  /** Features of a sample. */
  readonly inputs: number;
  /** Width of each hidden layer; may be empty. */
  readonly hidden: readonly number[];
  /** Values or classes to predict; the last layer has no activation. */
  readonly outputs: number;
  readonly activation: Activation;
  /** Rule for the weights of all dense layers; default {@link recommendedInitializer}. */
  readonly weights?: Initializer;
  /** Constant for the initial biases of the hidden layers; default: what `weights` says. */
  readonly bias?: number;
  /** Normalisation between each hidden dense layer and its activation; default `none`. */
  readonly normalization?: 'none' | 'batch' | 'layer';
  /** Rate of dropout after each hidden activation (alpha dropout for SELU); default 0: none. */
  readonly dropout?: number;
  /** For PReLU: one learned slope a unit (default), or one a layer. */
  readonly slopes?: SlopeSharing;
  /** Samples for a data-dependent initialiser (LSUV), which needs them. */
  readonly data?: Dataset;
  /** Seed of the initial parameters; default 0. */
  readonly seed?: number;
  /** A name, or with a build, as `createBackend` of core takes it. Default `wasm`. */
  readonly backend?: BackendName | BackendOptions;
  /** Default `float32`; `float64` needs the backend `reference`. */
  readonly precision?: Precision;
}

const optionNames = [
  'inputs',
  'hidden',
  'outputs',
  'activation',
  'weights',
  'bias',
  'normalization',
  'dropout',
  'slopes',
  'data',
  'seed',
  'backend',
  'precision',
];

/**
 * A multi-layer perceptron: for each hidden layer a dense layer, where asked for a normalisation, the activation, and where
 * asked for dropout; then a dense layer for the outputs. Layers are named `dense1`, `relu1`, `dense2`, …
 *
 * A hidden maxout layer of width n has a dense layer of n × pieces before it.
 *
 * @throws ParameterError for a width that is no whole number ≥ 1, something that is no activation, a rate outside [0, 1), or
 * a data-dependent initialiser without data.
 */
export function mlp(options: MlpOptions): Network {
  refuseUnknown('mlp', options, optionNames);
  const { inputs, hidden, outputs, seed, backend, precision, data } = options;
  checkCount('inputs', inputs);
  checkCount('outputs', outputs);
  checkArray('hidden', hidden);
  hidden.forEach((width, i) => checkCount(`hidden[${i}]`, width));
  checkActivation(options.activation);
  const weights = options.weights ?? recommendedInitializer(options.activation);
  checkInitializer(weights);
  const network = new Network({
    inputs,
    layers: [...hidden.flatMap((width) => hiddenLayers(width, weights, options)), dense({ units: outputs, weights })],
    ...(seed !== undefined && { seed }),
    ...(backend && { backend }),
    ...(precision && { precision }),
  });
  if (weights.outputVariance === undefined) return network;
  if (!data) throw new ParameterError(`The initialiser '${weights.name}' needs samples: pass them as 'data'`);
  lsuv(network, data, { variance: weights.outputVariance });
  return network;
}

function hiddenLayers(width: number, weights: Initializer, options: MlpOptions): readonly LayerDefinition[] {
  const { activation, bias, normalization = 'none', dropout: rate = 0, slopes } = options;
  checkFraction('dropout', rate);
  const pieces = activation.kind === 'maxout' ? activation.pieces : 1;
  const layers = [dense({ units: width * pieces, weights, ...(bias !== undefined && { bias }) })];
  if (normalization === 'batch') layers.push(batchNorm());
  else if (normalization === 'layer') layers.push(layerNorm());
  else if (normalization !== 'none') {
    throw new ParameterError(`normalization must be 'none', 'batch' or 'layer', not '${String(normalization)}'`);
  }
  layers.push(activate(activation, { ...(slopes && { slopes }) }));
  if (rate > 0) layers.push(activation.name === 'selu' ? alphaDropout({ rate }) : dropout({ rate }));
  return layers;
}
