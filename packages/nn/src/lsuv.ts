import { type Dataset, ParameterError, checkDataset, takeRows } from '@relu-lab/core';
import { refuseUnknown } from '@relu-lab/core/options';
import { checkCount, checkNetwork, checkPositive } from './checks.ts';
import type { Network } from './network.ts';
import type { Values } from './snapshot.ts';

export interface LsuvOptions {
  /** Variance that every weight layer's outputs are brought to; default 1. */
  readonly variance?: number;
  /** Largest distance from that variance which is accepted; default 0.01. */
  readonly tolerance?: number;
  /** Rescalings a layer at most; default 10. */
  readonly iterations?: number;
  /** Samples used, the first ones of the data; default 256. */
  readonly rows?: number;
}

/** Variance of a layer's outputs after LSUV, and how often its weights were rescaled. */
export interface LsuvLayer {
  readonly name: string;
  readonly variance: number;
  readonly iterations: number;
}

/**
 * Layer-sequential unit-variance initialisation: layer by layer, the weights are divided by the deviation of the layer's
 * outputs on a batch of data until that is close to the aim. The starting weights should be orthogonal.
 *
 * @throws ParameterError when a layer's outputs do not vary at all, so that no scale can help.
 * @see Mishkin & Matas 2016, https://arxiv.org/abs/1511.06422
 */
export function lsuv(network: Network, data: Dataset, options: LsuvOptions = {}): readonly LsuvLayer[] {
  checkNetwork(network);
  refuseUnknown('lsuv', options, ['variance', 'tolerance', 'iterations', 'rows']);
  const { variance = 1, tolerance = 0.01, iterations = 10, rows = 256 } = options;
  checkPositive('variance', variance);
  checkPositive('tolerance', tolerance);
  checkCount('iterations', iterations);
  checkCount('rows', rows);
  checkDataset(data);
  const { inputs } = takeRows(data, Math.min(rows, data.rows));
  return network.layers
    .filter(({ role }) => role === 'weights')
    .map(({ name }) => {
      let found = outputVariance(network, inputs, name);
      let count = 0;
      while (Math.abs(found - variance) > tolerance && count < iterations) {
        if (!(found > 0)) {
          throw new ParameterError(
            `LSUV cannot scale '${name}': its outputs have variance ${found} on '${data.name}'; start from other weights or use more rows`,
          );
        }
        const weights = network.parameterValues(`${name}.weight`);
        const factor = Math.sqrt(variance / found);
        network.setParameter(
          `${name}.weight`,
          weights.map((weight) => weight * factor),
        );
        found = outputVariance(network, inputs, name);
        count++;
      }
      return { name, variance: found, iterations: count };
    });
}

function outputVariance(network: Network, inputs: Float32Array, layer: string): number {
  network.forward(inputs);
  return variance(network.output(layer));
}

function variance(values: Values): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i];
  const mean = sum / values.length;
  let squares = 0;
  for (let i = 0; i < values.length; i++) squares += (values[i] - mean) ** 2;
  return squares / values.length;
}
