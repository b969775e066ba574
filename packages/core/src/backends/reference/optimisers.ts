import type { Arena } from '../../arena.ts';
import type { Backend } from '../../backend.ts';
import { power } from '../../power.ts';

/** Optimiser steps; each element's arithmetic in float64, its state rounded to the arena's precision. */
export function referenceOptimisers(arena: Arena): Pick<Backend, 'sgdStep' | 'rmspropStep' | 'adamStep'> {
  return {
    sgdStep(p, g, velocity, length, rate, momentum, nesterov, weightDecay) {
      const values = arena.values;
      for (let i = 0; i < length; i++) {
        const slope = values[g + i] + weightDecay * values[p + i];
        let direction = slope;
        if (momentum !== 0) {
          const moved = momentum * values[velocity + i] + slope;
          values[velocity + i] = moved;
          direction = nesterov ? slope + momentum * moved : moved;
        }
        values[p + i] -= rate * direction;
      }
    },

    rmspropStep(p, g, square, length, rate, decay, epsilon, weightDecay) {
      const values = arena.values;
      for (let i = 0; i < length; i++) {
        const slope = values[g + i] + weightDecay * values[p + i];
        const moved = decay * values[square + i] + (1 - decay) * slope * slope;
        values[square + i] = moved;
        values[p + i] -= (rate * slope) / (Math.sqrt(moved) + epsilon);
      }
    },

    adamStep(p, g, mean, square, length, step, rate, beta1, beta2, epsilon, weightDecay, decoupled) {
      const values = arena.values;
      const correction1 = 1 - power(beta1, step);
      const correction2 = 1 - power(beta2, step);
      const coupledDecay = decoupled ? 0 : weightDecay;
      const shrink = decoupled ? 1 - rate * weightDecay : 1;
      for (let i = 0; i < length; i++) {
        const slope = values[g + i] + coupledDecay * values[p + i];
        const shrunk = shrink * values[p + i];
        const first = beta1 * values[mean + i] + (1 - beta1) * slope;
        const second = beta2 * values[square + i] + (1 - beta2) * slope * slope;
        values[mean + i] = first;
        values[square + i] = second;
        values[p + i] = shrunk - (rate * (first / correction1)) / (Math.sqrt(second / correction2) + epsilon);
      }
    },
  };
}
