import { type ElementwiseActivation, ParameterError } from '@relu-lab/core';
import type { LayerDefinition, Placement } from '../layer.ts';
import { placement } from '../placement.ts';
import { refuseSubgradient } from './refuse-subgradient.ts';

/** One slope for each unit, or one for the whole layer. */
export type SlopeSharing = 'unit' | 'shared';

export interface LearnedPreluOptions extends Placement {
  /** Default `unit`. */
  readonly slopes?: SlopeSharing;
}

/**
 * PReLU with learned slopes: a = z for z > 0, α z otherwise, starting from the activation's own α.
 *
 * Backward: ∂z = ∂a × (1 or α), ∂α = Σ ∂a min(z, 0). Slopes take no weight decay (He et al. 2015, https://arxiv.org/abs/1502.01852).
 *
 * At 0 the slope is α.
 *
 * @throws ParameterError when `slopes` is neither `unit` nor `shared`, or the activation has a `subgradient` other than 0.
 */
export function learnedPrelu(activation: ElementwiseActivation, options: LearnedPreluOptions = {}): LayerDefinition {
  const { slopes = 'unit' } = options;
  if (slopes !== 'unit' && slopes !== 'shared') {
    throw new ParameterError(`slopes of PReLU must be 'unit' or 'shared', not '${String(slopes)}'`);
  }
  refuseSubgradient(activation);
  const shared = slopes === 'shared';
  const { alpha = 0.25 } = activation.parameters;
  return {
    kind: 'prelu',
    stem: 'prelu',
    arity: 'one',
    ...placement(options),
    create: ({ name, from, inputs, arena, backend, parameter }) => {
      const [width] = inputs;
      const slope = parameter('slope', [shared ? 1 : width], { decays: false });
      let unread = 0;
      return {
        name,
        kind: 'prelu',
        role: 'activation',
        from,
        inputs,
        outputs: width,
        parameters: [slope],
        statistics: [],
        activation,
        slopeAt: (z, unit) => (z > 0 ? 1 : z <= 0 ? arena.values[slope.offset + (shared ? 0 : unit)] : NaN),
        initialize: () => backend.fill(slope.offset, slope.length, alpha),
        reserve: (rows) => {
          if (from.includes('input')) unread = arena.allocate(rows * width);
        },
        forward: ({ inputs: [z], output }, { rows }) =>
          backend.preluForward(z, slope.offset, output, rows, width, shared),
        backward: ({ inputs: [z], outputGradient, inputGradients: [dz] }, { rows }) => {
          backend.fill(slope.gradient, slope.length, 0);
          backend.preluBackward(z, slope.offset, outputGradient, dz || unread, slope.gradient, rows, width, shared);
        },
      };
    },
  };
}
