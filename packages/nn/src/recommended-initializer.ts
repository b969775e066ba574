import { type Activation, type Initializer, initializer } from '@relu-lab/core';

/**
 * The initialiser that an activation is made for, by its literature: He for the ReLU family (with the slope of the negative
 * side), ELU, GELU, SiLU and Mish; LeCun for SELU (which needs weight variance 1 / fanIn) and for maxout (whose second
 * moment LeCun keeps for two pieces: E[max(z₁, z₂)²] = 1); Xavier for the rest, sigmoid and tanh among them.
 */
export function recommendedInitializer(activation: Activation): Initializer {
  switch (activation.name) {
    case 'relu':
    case 'relu6':
    case 'elu':
    case 'celu':
    case 'gelu':
    case 'silu':
    case 'mish':
    case 'hard-swish':
      return initializer('he-normal');
    case 'leaky-relu':
    case 'prelu':
      return initializer('he-normal', { slope: activation.parameters.alpha });
    case 'rrelu':
      return initializer('he-normal', { slope: (activation.parameters.lower + activation.parameters.upper) / 2 });
    case 'selu':
    case 'maxout':
      return initializer('lecun-normal');
    default:
      return initializer('xavier-normal');
  }
}
