import { power } from '@relu-lab/core';
import { checkCount, checkNotNegative, checkPositive } from './checks.ts';

/** Factor on the learning rate at a step (from 0) of a run of `steps` steps. */
export type Schedule = (step: number, steps: number) => number;

/** The same rate throughout. */
export const constant: Schedule = () => 1;

/**
 * Multiplies the rate by `factor` every `every` steps.
 *
 * @throws ParameterError when `every` is no whole number ≥ 1 or `factor` is not positive.
 */
export function stepDecay({ every, factor }: { readonly every: number; readonly factor: number }): Schedule {
  checkCount('every', every);
  checkPositive('factor', factor);
  return (step) => power(factor, Math.floor(step / every));
}

/**
 * Half a cosine from 1 down to `final` at the end of the run.
 *
 * @throws ParameterError when `final` is negative.
 * @see Loshchilov & Hutter 2017, https://arxiv.org/abs/1608.03983
 */
export function cosine({ final = 0 }: { readonly final?: number } = {}): Schedule {
  checkNotNegative('final', final);
  return (step, steps) => final + ((1 - final) * (1 + Math.cos((Math.PI * step) / Math.max(steps, 1)))) / 2;
}

/**
 * Rises in a straight line to 1 over the first `steps` steps, then follows `then` (default constant) over the rest.
 *
 * @throws ParameterError when `steps` is no whole number ≥ 1.
 */
export function warmup({ steps, then = constant }: { readonly steps: number; readonly then?: Schedule }): Schedule {
  checkCount('steps of the warm-up', steps);
  return (step, total) => (step < steps ? (step + 1) / steps : then(step - steps, Math.max(total - steps, 1)));
}
