import { type Activation, type ElementwiseActivation, checkActivation } from '@relu-lab/core';
import type { LayerDefinition, Placement } from '../layer.ts';
import { placement } from '../placement.ts';
import { maxoutUnits } from './maxout-units.ts';
import { learnedPrelu, type SlopeSharing } from './learned-prelu.ts';
import { randomizedRelu } from './randomized-relu.ts';

export interface ActivateOptions extends Placement {
  /** For PReLU: one learned slope a unit (default), or one for the layer. */
  readonly slopes?: SlopeSharing;
}

/**
 * The layer that an activation stands for: PReLU learns its slopes, RReLU draws them in training, maxout takes the
 * largest of its pieces, and every other activation is applied to each element.
 *
 * @throws ParameterError when `activation` is no activation.
 */
export function activate(activation: Activation, options: ActivateOptions = {}): LayerDefinition {
  checkActivation(activation);
  if (activation.kind === 'maxout') return maxoutUnits(activation, options);
  if (activation.name === 'prelu') return learnedPrelu(activation, options);
  if (activation.name === 'rrelu') return randomizedRelu(activation, options);
  return elementwise(activation, options);
}

/** a = φ(z), element by element. Backward: ∂z = φ'(z) ∂a, from the saved output where φ' is a function of it. */
export function elementwise(activation: ElementwiseActivation, options: Placement = {}): LayerDefinition {
  return {
    kind: 'activation',
    stem: activation.name,
    arity: 'one',
    ...placement(options),
    create: ({ name, from, inputs, backend }) => {
      const [width] = inputs;
      return {
        name,
        kind: 'activation',
        role: 'activation',
        from,
        inputs,
        outputs: width,
        parameters: [],
        statistics: [],
        activation,
        slopeAt: (z) => activation.derivative(z),
        forward: ({ inputs: [z], output }, { rows }) => backend.activationForward(activation, z, output, rows * width),
        backward: ({ inputs: [z], output, outputGradient, inputGradients: [dz] }, { rows }) => {
          if (dz !== 0) backend.activationBackward(activation, z, output, outputGradient, dz, rows * width);
        },
      };
    },
  };
}
