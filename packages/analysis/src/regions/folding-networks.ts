import { ParameterError, relu } from '@relu-lab/core';
import { readOptions, wholeFrom } from '@relu-lab/core/options';
import { type LayerDefinition, Network, activate, dense, mlp } from '@relu-lab/nn';
import { tentMap } from '@relu-lab/theory';

/** Beyond this the slope 2^k leaves the digits of float32 parameters and of float64 positions no room. */
const mostFolds = 40;

export interface FoldingOptions {
  /** k, how often the input is folded: a whole number from 1 to 40. */
  readonly folds: number;
}

/**
 * The tent map t(x) = 2 relu(x) − 4 relu(x − 1/2) composed k times, as a network of k hidden layers of two ReLU units: exactly 2^k
 * linear pieces on [0, 1] from 2k units. What depth can do; see {@link tentMap} of `@relu-lab/theory`, whose weights these are.
 *
 * @throws ParameterError unless `folds` is a whole number from 1 to 40.
 * @see Telgarsky 2015, https://arxiv.org/abs/1509.08101
 */
export function tentMapNetwork(options: FoldingOptions): Network {
  const folds = readFolds('tentMapNetwork', options);
  const { layers } = tentMap({ compositions: folds });
  const network = mlp({ inputs: 1, hidden: Array.from({ length: folds }, () => 2), outputs: 1, activation: relu });
  layers.forEach(({ weights, biases }, i) => {
    network.setParameter(`dense${i + 1}.weight`, weights.flat());
    network.setParameter(`dense${i + 1}.bias`, biases);
  });
  return network;
}

/**
 * Folds the unit square like paper, k times in both directions: each of k layers applies the tent map to both coordinates, so that
 * four quarters land on one. 4^k linear regions on [0, 1]² from 4k ReLU units: the construction of Montúfar et al. 2014 with
 * two folds a direction. Between the layers `relu1`, … stand linear layers `fold1`, …, with two units that hold the folded square.
 *
 * @throws ParameterError unless `folds` is a whole number from 1 to 40.
 * @see Montúfar, Pascanu, Cho & Bengio 2014, https://arxiv.org/abs/1402.1869
 */
export function paperFoldingNetwork(options: FoldingOptions): Network {
  const folds = readFolds('paperFoldingNetwork', options);
  const layers = Array.from({ length: folds }, (_, i): readonly LayerDefinition[] => [
    dense({ units: 4, name: `crease${i + 1}` }),
    activate(relu),
    dense({ units: 2, name: `fold${i + 1}` }),
  ]).flat();
  const network = new Network({ inputs: 2, layers });
  for (let i = 1; i <= folds; i++) {
    network.setParameter(`crease${i}.weight`, [1, 0, 1, 0, 0, 1, 0, 1]);
    network.setParameter(`crease${i}.bias`, [0, -0.5, 0, -0.5]);
    network.setParameter(`fold${i}.weight`, [2, -4, 0, 0, 0, 0, 2, -4]);
    network.setParameter(`fold${i}.bias`, [0, 0]);
  }
  return network;
}

function readFolds(owner: string, options: FoldingOptions): number {
  const { folds } = readOptions(owner, options, { folds: wholeFrom(1, 0) });
  if (folds >= 1 && folds <= mostFolds) return folds;
  throw new ParameterError(`folds of ${owner} must be a whole number from 1 to ${mostFolds}, not ${String(folds)}`);
}
