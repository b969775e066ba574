import type { Network } from '@relu-lab/nn';
import { moments } from '@relu-lab/theory';
import { activationChain } from './chain.ts';
import { measuredVariances } from './expected-growth.ts';

/** Mean and variance of pre-activations. */
export interface ExpectedLength {
  readonly mean: number;
  readonly variance: number;
}

/**
 * What theory expects of the pre-activations of each activation layer, by name, along the chain from the input: variance σ_w² E[a²] plus that of
 * the biases, with the weights as large as they are, if they are fresh draws and the layers wide.
 *
 * @param inputSecondMoment - mean square of the network's inputs.
 */
export function expectedLengths(network: Network, inputSecondMoment: number): ReadonlyMap<string, ExpectedLength> {
  const found = new Map<string, ExpectedLength>();
  let square = inputSecondMoment;
  for (const { dense, activation } of activationChain(network)) {
    const { weightVariance, biasVariance, biasMean } = measuredVariances(network, dense);
    const length = { mean: biasMean, variance: weightVariance * square + biasVariance };
    found.set(activation.name, length);
    if (activation.kind !== 'activation' || activation.activation?.kind !== 'elementwise') break;
    square = moments(activation.activation, length).secondMoment;
  }
  return found;
}
