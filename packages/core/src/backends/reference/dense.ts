import type { Arena } from '../../arena.ts';
import type { Backend } from '../../backend.ts';

/** A dense layer: products and sums in float64, each element rounded once. */
export function referenceDense(
  arena: Arena,
  { matmul, columnSums }: Pick<Backend, 'matmul' | 'columnSums'>,
): Pick<Backend, 'denseForward' | 'denseBackward'> {
  return {
    denseForward(a, weight, bias, z, rows, inputs, units) {
      const { values } = arena;
      for (let r = 0; r < rows; r++) values.copyWithin(z + r * units, bias, bias + units);
      matmul(z, units, a, inputs, 1, weight, 1, inputs, rows, units, inputs, true);
    },

    denseBackward(a, weight, dz, dWeight, dBias, da, rows, inputs, units) {
      matmul(dWeight, inputs, dz, 1, units, a, inputs, 1, units, inputs, rows, false);
      columnSums(dBias, dz, rows, units, false);
      if (da !== 0) matmul(da, inputs, dz, units, 1, weight, inputs, 1, rows, inputs, units, false);
    },
  };
}
