import { type ElementwiseActivation, ParameterError } from '@relu-lab/core';
import type { LayerDefinition, Placement } from '../layer.ts';
import { placement } from '../placement.ts';
import { refuseSubgradient } from './refuse-subgradient.ts';

/**
 * RReLU: a = z for z > 0, r z otherwise; in training r ~ U(lower, upper) for every element, in evaluation the mean slope
 * (lower + upper) / 2.
 *
 * @see Xu, Wang, Chen & Li 2015, https://arxiv.org/abs/1505.00853
 */
export function randomizedRelu(activation: ElementwiseActivation, options: Placement = {}): LayerDefinition {
  const { lower, upper } = activation.parameters;
  refuseSubgradient(activation);
  if (lower === undefined || upper === undefined) {
    throw new ParameterError(`RReLU needs the parameters lower and upper; ${activation.name} has none`);
  }
  return {
    kind: 'rrelu',
    stem: 'rrelu',
    arity: 'one',
    ...placement(options),
    create: ({ name, from, inputs, arena, backend }) => {
      const [width] = inputs;
      let slopes = 0;
      return {
        name,
        kind: 'rrelu',
        role: 'activation',
        from,
        inputs,
        outputs: width,
        parameters: [],
        statistics: [],
        activation,
        slopeAt: (z) => activation.derivative(z),
        reserve: (rows) => {
          slopes = arena.allocate(rows * width);
        },
        forward: ({ inputs: [z], output }, { rows, mode }, noise) => {
          const length = rows * width;
          if (mode === 'evaluation') {
            backend.activationForward(activation, z, output, length);
            return;
          }
          noise.fillUniform(arena.values.subarray(slopes, slopes + length), lower, upper);
          const { values } = arena;
          for (let i = 0; i < length; i++) {
            const x = values[z + i];
            if (x > 0) values[slopes + i] = 1;
            values[output + i] = x * values[slopes + i];
          }
        },
        backward: ({ inputs: [z], output, outputGradient, inputGradients: [dz] }, { rows, mode }) => {
          if (dz === 0) return;
          const length = rows * width;
          if (mode === 'evaluation') {
            backend.activationBackward(activation, z, output, outputGradient, dz, length);
            return;
          }
          const { values } = arena;
          for (let i = 0; i < length; i++) {
            values[dz + i] = values[outputGradient + i] * values[slopes + i];
          }
        },
      };
    },
  };
}
