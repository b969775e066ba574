import { ParameterError, initializer, random, relu } from '@relu-lab/core';
import { type Network, mlp } from '@relu-lab/nn';
import type { RandomInitialization } from './predicted-regions.ts';

/** What a random ReLU network is drawn by. */
export interface RandomReluNetwork extends RandomInitialization {
  readonly inputs: number;
  /** Units of each hidden layer. */
  readonly hidden: readonly number[];
  readonly seed: number;
}

/**
 * A ReLU network with normal weights of variance σ_w² / fanIn, as `mlp` draws them, and in the hidden layers normal biases of deviation
 * σ_b, from the stream `biases` of the seed.
 *
 * @throws ParameterError without options, and what `mlp` throws.
 */
export function randomReluNetwork(options: RandomReluNetwork): Network {
  if (typeof (options as unknown) !== 'object') {
    throw new ParameterError(`randomReluNetwork needs { inputs, hidden, … }, not ${String(options)}`);
  }
  const { inputs, hidden, seed, weightVariance, biasDeviation } = options;
  const weights = initializer('he-normal', { gain: Math.sqrt(weightVariance) });
  const network = mlp({ inputs, hidden, outputs: 1, activation: relu, weights, seed });
  const stream = random(seed).stream('biases');
  hidden.forEach((width, i) => {
    const name = `dense${i + 1}.bias`;
    const biases = new Float32Array(width);
    stream.stream(name).fillNormal(biases, 0, biasDeviation);
    network.setParameter(name, biases);
  });
  return network;
}
