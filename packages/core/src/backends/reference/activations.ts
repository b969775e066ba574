import type { Arena } from '../../arena.ts';
import type { Backend } from '../../backend.ts';

/**
 * Activations from their own definitions, element by element: the reference, and what the compiled kernels fall back on
 * for an activation that has none.
 */
export function referenceActivations(arena: Arena): Pick<Backend, 'activationForward' | 'activationBackward'> {
  return {
    activationForward(activation, x, y, length) {
      const values = arena.values;
      for (let i = 0; i < length; i++) values[y + i] = activation.value(values[x + i]);
    },

    activationBackward(activation, x, y, upstream, out, length) {
      const values = arena.values;
      if (activation.derivativeFromOutput === undefined) {
        for (let i = 0; i < length; i++) values[out + i] = activation.derivative(values[x + i]) * values[upstream + i];
      } else {
        for (let i = 0; i < length; i++) {
          values[out + i] = activation.derivativeFromOutput(values[y + i]) * values[upstream + i];
        }
      }
    },
  };
}
