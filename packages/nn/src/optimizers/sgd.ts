import { ParameterError } from '@relu-lab/core';
import { refuseUnknown } from '@relu-lab/core/options';
import { checkFraction, checkNotNegative, checkPositive } from '../checks.ts';
import type { Optimizer } from './optimizer.ts';

export interface SgdOptions {
  readonly learningRate: number;
  /** Default 0. */
  readonly momentum?: number;
  /** Nesterov's look-ahead; needs momentum. Default false. */
  readonly nesterov?: boolean;
  /** λ of an L2 penalty λ/2 |p|², added to the gradient; default 0. */
  readonly weightDecay?: number;
}

/**
 * Stochastic gradient descent as in PyTorch: v = momentum v + g; p −= rate v, or rate (g + momentum v) with `nesterov`.
 *
 * @throws ParameterError for a rate that is not positive, a momentum outside [0, 1), a negative decay, or Nesterov
 * without momentum.
 */
export function sgd(options: SgdOptions): Optimizer {
  refuseUnknown('sgd', options, ['learningRate', 'momentum', 'nesterov', 'weightDecay']);
  const { learningRate, momentum = 0, nesterov = false, weightDecay = 0 } = options;
  checkPositive('learningRate', learningRate);
  checkFraction('momentum', momentum);
  checkNotNegative('weightDecay', weightDecay);
  if (nesterov && momentum === 0) throw new ParameterError('nesterov needs a momentum above 0');
  return {
    name: 'sgd',
    learningRate,
    states: momentum === 0 ? 0 : 1,
    update: (backend, { parameters, gradients, states: [velocity = 0], length, decays }, _step, rate) =>
      backend.sgdStep(parameters, gradients, velocity, length, rate, momentum, nesterov, decays ? weightDecay : 0),
  };
}
