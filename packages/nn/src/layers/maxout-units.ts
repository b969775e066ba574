import { type MaxoutActivation, ShapeError } from '@relu-lab/core';
import type { LayerDefinition, Placement } from '../layer.ts';
import { placement } from '../placement.ts';

/**
 * Maxout: unit u returns the largest of its k pre-activations z[u k], …, z[u k + k − 1], so the layer before it has
 * k units for each of this one's. Backward: the whole slope goes to the piece that won, the first of equals.
 *
 * @throws ShapeError when the width of the layer before is no multiple of k.
 * @see Goodfellow et al. 2013, https://arxiv.org/abs/1302.4389
 */
export function maxoutUnits(activation: MaxoutActivation, options: Placement = {}): LayerDefinition {
  const { pieces } = activation;
  return {
    kind: 'maxout',
    stem: 'maxout',
    arity: 'one',
    ...placement(options),
    create: ({ name, from, inputs, arena, backend }) => {
      const [width] = inputs;
      if (width % pieces !== 0) {
        throw new ShapeError(
          `${name} takes ${pieces} pre-activations a unit, but '${from[0]}' has ${width}, which is no multiple of ${pieces}`,
        );
      }
      const units = width / pieces;
      let winners = 0;
      return {
        name,
        kind: 'maxout',
        role: 'activation',
        from,
        inputs,
        outputs: units,
        parameters: [],
        statistics: [],
        activation,
        slopeAt: () => 1,
        reserve: (rows) => {
          winners = arena.allocateIntegers(rows * units);
        },
        forward: ({ inputs: [z], output }, { rows }) => backend.maxoutForward(z, output, winners, rows, units, pieces),
        backward: ({ outputGradient, inputGradients: [dz] }, { rows }) => {
          if (dz !== 0) backend.maxoutBackward(outputGradient, winners, dz, rows, units, pieces);
        },
      };
    },
  };
}
