import type { Arena } from '../../arena.ts';
import type { Backend } from '../../backend.ts';

/** Operations that take each element on its own. */
export function referenceElementwise(arena: Arena): Pick<Backend, 'fill' | 'copy' | 'addScaled' | 'scale'> {
  return {
    fill(x, length, value) {
      arena.values.fill(value, x, x + length);
    },

    copy(y, x, length) {
      arena.values.copyWithin(y, x, x + length);
    },

    addScaled(y, x, length, factor) {
      const values = arena.values;
      for (let i = 0; i < length; i++) values[y + i] += factor * values[x + i];
    },

    scale(x, length, factor) {
      const values = arena.values;
      for (let i = 0; i < length; i++) values[x + i] *= factor;
    },
  };
}
