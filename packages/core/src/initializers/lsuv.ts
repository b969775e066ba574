import type { Initializer } from '../initializer.ts';
import { positive, readOptions } from '../options.ts';
import { defineInitializer } from './define-initializer.ts';
import { orthogonal } from './orthogonal.ts';

export interface LsuvOptions {
  /** Variance of every layer's pre-activations on a batch of data; above 0. Default 1. */
  readonly outputVariance?: number;
}

/**
 * Layer-sequential unit-variance initialisation: orthogonal weights, then rescaled layer by layer until the
 * pre-activations on a batch of data have the variance `outputVariance`.
 *
 * This draws the orthogonal weights, and `variance` is theirs: 1 / max(fanIn, fanOut). What the rescaling makes of it
 * depends on the data; a network does it (`lsuv` in `@relu-lab/nn`).
 *
 * @throws ParameterError when `outputVariance` is not a finite number above 0.
 * @see Mishkin & Matas 2016, https://arxiv.org/abs/1511.06422
 */
export function lsuv(options: LsuvOptions = {}): Initializer {
  const { outputVariance } = readOptions('lsuv', options, { outputVariance: positive(1) });
  const { variance, weights } = orthogonal();
  return defineInitializer({
    name: 'lsuv',
    parameters: { outputVariance },
    source: { title: 'Mishkin & Matas 2016, All you need is a good init', url: 'https://arxiv.org/abs/1511.06422' },
    outputVariance,
    variance,
    weights,
  });
}
