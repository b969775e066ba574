import { ShapeError } from '@relu-lab/core';
import type { LayerDefinition, Placement } from '../layer.ts';
import { placement } from '../placement.ts';

export interface AddOptions extends Placement {
  /** Names of the layers to sum, at least two; `input` is the network's input. */
  readonly from: readonly string[];
}

/**
 * Sum of layers of one width: y = Σ xᵢ, which closes a residual connection. Backward: ∂xᵢ = ∂y.
 *
 * @throws ShapeError when the widths differ.
 */
export function add(options: AddOptions): LayerDefinition {
  return {
    kind: 'add',
    stem: 'add',
    arity: 'many',
    ...placement(options),
    create: ({ name, from, inputs, backend }) => {
      const [width] = inputs;
      if (inputs.some((other) => other !== width)) {
        const widths = from.map((source, i) => `'${source}' has ${inputs[i]}`).join(', ');
        throw new ShapeError(`${name} sums layers of one width, but ${widths}`);
      }
      return {
        name,
        kind: 'add',
        role: 'structure',
        from,
        inputs,
        outputs: width,
        parameters: [],
        statistics: [],
        forward: ({ inputs: [first, ...others], output }, { rows }) => {
          backend.copy(output, first, rows * width);
          for (const other of others) backend.addScaled(output, other, rows * width, 1);
        },
        backward: ({ outputGradient, inputGradients }, { rows }) => {
          for (const dx of inputGradients) if (dx !== 0) backend.copy(dx, outputGradient, rows * width);
        },
      };
    },
  };
}
