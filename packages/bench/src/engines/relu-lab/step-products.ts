import { Arena, type BackendOptions, createBackend } from '@relu-lab/core';
import type { PreparedWork } from '../../engine.ts';
import { layerWeights, uniform } from '../../inputs.ts';
import { type Work, networkWidths } from '../../work.ts';

/** The matrix products of a step with the strides that a dense layer has: z = a Wᵀ, ∂W = ∂zᵀ a, ∂a = ∂z W. */
export function ourStepProducts(
  { widths: text, rows }: Extract<Work, { kind: 'step-products' }>,
  options: BackendOptions,
): PreparedWork {
  const arena = new Arena();
  const backend = createBackend(arena, options);
  const widths = networkWidths(text);
  const values = widths.map((width) => arena.allocate(rows * width));
  const gradients = widths.map((width) => arena.allocate(rows * width));
  widths.forEach((width, i) => {
    arena.write(values[i], uniform(i, rows * width));
    arena.write(gradients[i], uniform(50 + i, rows * width));
  });
  const layers = widths.slice(1).map((units, i) => {
    const inputs = widths[i];
    const weights = arena.allocate(units * inputs);
    arena.write(weights, layerWeights(i, inputs, units));
    return { inputs, units, weights, weightGradients: arena.allocate(units * inputs) };
  });
  return {
    run() {
      layers.forEach(({ inputs, units, weights }, i) => {
        backend.matmul(values[i + 1], units, values[i], inputs, 1, weights, 1, inputs, rows, units, inputs, false);
      });
      for (let i = layers.length - 1; i >= 0; i--) {
        const { inputs, units, weights, weightGradients } = layers[i];
        const dz = gradients[i + 1];
        backend.matmul(weightGradients, inputs, dz, 1, units, values[i], inputs, 1, units, inputs, rows, false);
        if (i > 0) backend.matmul(gradients[i], inputs, dz, units, 1, weights, inputs, 1, rows, inputs, units, false);
      }
    },
    result: () => [],
  };
}
