import {
  type ElementwiseActivation,
  type Initializer,
  ParameterError,
  checkActivation,
  initializer,
  relu,
} from '@relu-lab/core';
import { readOptions, refuseUnknown, wholeFrom } from '@relu-lab/core/options';
import { Network, type Parameter, activate, dense } from '@relu-lab/nn';

/** A rule that says, for every width, how a network is initialised and at which rate each parameter learns. */
export interface Parametrization {
  readonly name: string;
  /** The network of that width, for a seed. */
  network(width: number, seed: number): Network;
  /** Factor on the learning rate of a parameter of the network of that width; default 1. */
  rateFactor?(parameter: Parameter, width: number): number;
}

export interface ParametrizationOptions {
  readonly inputs: number;
  readonly outputs: number;
  /** Default ReLU. */
  readonly activation?: ElementwiseActivation;
  /** Weight layers, the output among them; at least 3. Default 3. */
  readonly depth?: number;
  /** μP: the width at which it is the standard parametrisation. Default 64. */
  readonly baseWidth?: number;
  /** μP: the kind of optimiser that it is for. Default `sgd`. */
  readonly optimizer?: 'sgd' | 'adam';
}

/**
 * Ready-made parametrisations of a multi-layer perceptron without initial biases.
 *
 * - `standard`: He weights everywhere, one learning rate.
 * - `mup`: the maximal update parametrisation. With r = width / baseWidth, the output weights' variance is divided by r once more; for SGD the
 *   rates of the input weights and of all hidden biases are multiplied by r and that of the output weights divided by r; for Adam the
 *   rates of hidden and output weights are divided by r. Then every layer's outputs move by an amount that does not depend on width.
 *
 * @throws ParameterError for another name, and options out of range.
 * @see Yang et al. 2022, table 3, https://arxiv.org/abs/2203.03466
 */
export function parametrization(name: 'standard' | 'mup', options: ParametrizationOptions): Parametrization {
  refuseUnknown('parametrization', options, ['inputs', 'outputs', 'activation', 'depth', 'baseWidth', 'optimizer']);
  const { activation = relu, optimizer = 'sgd', ...rest } = options;
  checkActivation(activation);
  const shape = readOptions('parametrization', rest, {
    inputs: wholeFrom(1, 1),
    outputs: wholeFrom(1, 1),
    depth: wholeFrom(3, 3),
    baseWidth: wholeFrom(1, 64),
  });
  if (name !== 'standard' && name !== 'mup') {
    throw new ParameterError(`There are the parametrisations 'standard' and 'mup', not '${String(name)}'`);
  }
  if (optimizer !== 'sgd' && optimizer !== 'adam') {
    throw new ParameterError(`optimizer of parametrization must be 'sgd' or 'adam', not '${String(optimizer)}'`);
  }
  const ratio = (width: number): number => (name === 'mup' ? width / shape.baseWidth : 1);
  const network = (width: number, seed: number): Network => {
    const hidden = Array.from({ length: shape.depth - 1 }, () => [dense({ units: width }), activate(activation)]);
    const top = dense({ units: shape.outputs, weights: shrunk(initializer('he-normal'), ratio(width)) });
    return new Network({ inputs: shape.inputs, layers: [...hidden.flat(), top], seed });
  };
  if (name === 'standard') return { name, network };
  const factors = optimizer === 'sgd' ? sgdFactor : adamFactor;
  return {
    name: `mup, ${optimizer}`,
    network,
    rateFactor: (parameter, width) => factors(parameter, ratio(width), `dense${shape.depth}`),
  };
}

function sgdFactor({ role, layer }: Parameter, ratio: number, top: string): number {
  if (layer === top) return role === 'weight' ? 1 / ratio : 1;
  return role === 'bias' || layer === 'dense1' ? ratio : 1;
}

function adamFactor({ role, layer }: Parameter, ratio: number): number {
  return role === 'weight' && layer !== 'dense1' ? 1 / ratio : 1;
}

/** The same draw with a variance that is `ratio` times smaller. */
function shrunk(rule: Initializer, ratio: number): Initializer {
  return {
    ...rule,
    variance: (fanIn, fanOut) => rule.variance(fanIn, fanOut) / ratio,
    weights: (out, fanIn, fanOut, stream) => {
      rule.weights(out, fanIn, fanOut, stream);
      for (let i = 0; i < out.length; i++) out[i] /= Math.sqrt(ratio);
    },
  };
}
