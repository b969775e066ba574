import { type Initializer, ParameterError, initializer } from '@relu-lab/core';
import { refuseUnknown } from '@relu-lab/core/options';
import type { LayerDefinition, Placement } from '../layer.ts';
import { checkCount, checkInitializer } from '../checks.ts';
import { placement } from '../placement.ts';

export interface DenseOptions extends Placement {
  /** Width of the layer. */
  readonly units: number;
  /** Rule for the initial weights and biases; default `he-normal`. */
  readonly weights?: Initializer;
  /** Constant for the initial biases; default: what `weights` says, which is 0 for all but `pytorch-default`. */
  readonly bias?: number;
}

/**
 * Dense layer z = W a + b, with W `units × inputs` and b `units`.
 *
 * Backward: ∂W = ∂zᵀ a, ∂b = Σ_rows ∂z, ∂a = ∂z W.
 *
 * @throws ParameterError when `units` is not a whole number ≥ 1, or `bias` is not finite.
 */
export function dense(options: DenseOptions): LayerDefinition {
  refuseUnknown('dense', options, ['units', 'weights', 'bias', 'name', 'from']);
  const { units, bias, weights = initializer('he-normal') } = options;
  checkCount('units of a dense layer', units);
  checkInitializer(weights);
  if (bias !== undefined && !Number.isFinite(bias)) {
    throw new ParameterError(`bias of a dense layer must be a finite number, not ${bias}`);
  }
  return {
    kind: 'dense',
    stem: 'dense',
    arity: 'one',
    ...placement(options),
    create: ({ name, from, inputs: widths, arena, backend, parameter }) => {
      const [inputs] = widths;
      const weight = parameter('weight', [units, inputs]);
      const shift = parameter('bias', [units]);
      return {
        name,
        kind: 'dense',
        role: 'weights',
        from,
        inputs: widths,
        outputs: units,
        parameters: [weight, shift],
        statistics: [],
        initialize: (stream) => {
          const drawn = new Float32Array(units * inputs);
          weights.weights(drawn, inputs, units, stream.stream('weight'));
          arena.write(weight.offset, drawn);
          const biases = new Float32Array(units);
          if (bias === undefined) weights.biases(biases, inputs, units, stream.stream('bias'));
          else biases.fill(bias);
          arena.write(shift.offset, biases);
        },
        forward: ({ inputs: [a], output }, { rows }) => {
          backend.denseForward(a, weight.offset, shift.offset, output, rows, inputs, units);
        },
        backward: ({ inputs: [a], outputGradient, inputGradients: [da] }, { rows }) => {
          const { gradient } = weight;
          backend.denseBackward(a, weight.offset, outputGradient, gradient, shift.gradient, da, rows, inputs, units);
        },
      };
    },
  };
}
