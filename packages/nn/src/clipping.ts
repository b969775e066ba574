import { checkPositive } from './checks.ts';
import type { Network } from './network.ts';

/** Bounds the gradients of all parameters before an update. `norm` is the length of the whole gradient before. */
export type Clipping = (network: Network, norm: number) => void;

/**
 * Scales the gradient to length `maximum` when it is longer, as PyTorch's clip_grad_norm_.
 *
 * @throws ParameterError when `maximum` is not positive.
 * @see Pascanu, Mikolov & Bengio 2013, https://arxiv.org/abs/1211.5063
 */
export function clipNorm(maximum: number): Clipping {
  checkPositive('maximum of clipNorm', maximum);
  return ({ backend, block }, norm) => {
    const factor = maximum / (norm + 1e-6);
    if (factor < 1) backend.scale(block.gradients, block.length, factor);
  };
}

/**
 * Brings every element of the gradient into [−maximum, maximum].
 *
 * @throws ParameterError when `maximum` is not positive.
 */
export function clipValue(maximum: number): Clipping {
  checkPositive('maximum of clipValue', maximum);
  return ({ arena, block }) => {
    const { values } = arena;
    for (let i = block.gradients; i < block.gradients + block.length; i++) {
      values[i] = Math.min(Math.max(values[i], -maximum), maximum);
    }
  };
}
