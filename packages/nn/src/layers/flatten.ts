import type { LayerDefinition, Placement } from '../layer.ts';
import { placement } from '../placement.ts';

/**
 * Flatten: every sample as one row of features. Samples are stored so already, hence the values pass unchanged; the
 * layer marks the place where an imported model stops being spatial.
 */
export function flatten(options: Placement = {}): LayerDefinition {
  return {
    kind: 'flatten',
    stem: 'flatten',
    arity: 'one',
    ...placement(options),
    create: ({ name, from, inputs, backend }) => {
      const [width] = inputs;
      return {
        name,
        kind: 'flatten',
        role: 'structure',
        from,
        inputs,
        outputs: width,
        parameters: [],
        statistics: [],
        forward: ({ inputs: [x], output }, { rows }) => backend.copy(output, x, rows * width),
        backward: ({ outputGradient, inputGradients: [dx] }, { rows }) => {
          if (dx !== 0) backend.copy(dx, outputGradient, rows * width);
        },
      };
    },
  };
}
