import { refuseUnknown } from '@relu-lab/core/options';
import { checkFraction, checkNotNegative, checkPositive } from '../checks.ts';
import type { Optimizer } from './optimizer.ts';

export interface AdamOptions {
  /** Default 0.001. */
  readonly learningRate?: number;
  /** Share of the past in the running mean of g; default 0.9. */
  readonly beta1?: number;
  /** Share of the past in the running mean of g²; default 0.999. */
  readonly beta2?: number;
  /** Default 1e-8. */
  readonly epsilon?: number;
  /** λ: for `adam` an L2 penalty added to the gradient (default 0), for `adamW` decoupled decay (default 0.01). */
  readonly weightDecay?: number;
}

/**
 * Adam: m and v are running means of g and g², corrected for their start; p −= rate m̂ / (√v̂ + ε).
 *
 * @throws ParameterError for a rate or epsilon that is not positive, betas outside [0, 1), or a negative weight decay.
 * @see Kingma & Ba 2015, https://arxiv.org/abs/1412.6980
 */
export function adam(options: AdamOptions = {}): Optimizer {
  return adaptiveMoments('adam', { weightDecay: 0, ...options }, false);
}

/**
 * AdamW: Adam with decoupled weight decay, p −= rate λ p.
 *
 * @throws ParameterError as {@link adam}.
 * @see Loshchilov & Hutter 2019, https://arxiv.org/abs/1711.05101
 */
export function adamW(options: AdamOptions = {}): Optimizer {
  return adaptiveMoments('adam-w', { weightDecay: 0.01, ...options }, true);
}

function adaptiveMoments(name: string, options: AdamOptions, decoupled: boolean): Optimizer {
  refuseUnknown(name, options, ['learningRate', 'beta1', 'beta2', 'epsilon', 'weightDecay']);
  const { learningRate = 0.001, beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8, weightDecay = 0 } = options;
  checkPositive('learningRate', learningRate);
  checkFraction('beta1', beta1);
  checkFraction('beta2', beta2);
  checkPositive('epsilon', epsilon);
  checkNotNegative('weightDecay', weightDecay);
  return {
    name,
    learningRate,
    states: 2,
    update: (backend, { parameters, gradients, states: [mean, square], length, decays }, step, rate) =>
      backend.adamStep(
        parameters,
        gradients,
        mean,
        square,
        length,
        step,
        rate,
        beta1,
        beta2,
        epsilon,
        decays ? weightDecay : 0,
        decoupled,
      ),
  };
}
