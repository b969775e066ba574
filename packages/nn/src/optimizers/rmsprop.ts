import { refuseUnknown } from '@relu-lab/core/options';
import { checkFraction, checkNotNegative, checkPositive } from '../checks.ts';
import type { Optimizer } from './optimizer.ts';

export interface RmspropOptions {
  /** Default 0.01. */
  readonly learningRate?: number;
  /** Share of the past in the running mean of g²; default 0.99. */
  readonly decay?: number;
  /** Default 1e-8. */
  readonly epsilon?: number;
  /** λ of an L2 penalty, added to the gradient; default 0. */
  readonly weightDecay?: number;
}

/**
 * RMSprop as in PyTorch: s = decay s + (1 − decay) g²; p −= rate g / (√s + ε).
 *
 * @throws ParameterError for a rate or epsilon that is not positive, a decay outside [0, 1), or a negative weight decay.
 */
export function rmsprop(options: RmspropOptions = {}): Optimizer {
  refuseUnknown('rmsprop', options, ['learningRate', 'decay', 'epsilon', 'weightDecay']);
  const { learningRate = 0.01, decay = 0.99, epsilon = 1e-8, weightDecay = 0 } = options;
  checkPositive('learningRate', learningRate);
  checkFraction('decay', decay);
  checkPositive('epsilon', epsilon);
  checkNotNegative('weightDecay', weightDecay);
  return {
    name: 'rmsprop',
    learningRate,
    states: 1,
    update: (backend, { parameters, gradients, states: [square], length, decays }, _step, rate) =>
      backend.rmspropStep(parameters, gradients, square, length, rate, decay, epsilon, decays ? weightDecay : 0),
  };
}
