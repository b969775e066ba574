import type { Arena } from '../../arena.ts';
import type { Backend } from '../../backend.ts';

/** Sums and counts, in float64. */
export function referenceReductions(
  arena: Arena,
): Pick<Backend, 'columnSums' | 'sum' | 'sumOfSquares' | 'countZeros' | 'allFinite'> {
  return {
    columnSums(out, x, rows, columns, accumulate) {
      const values = arena.values;
      for (let c = 0; c < columns; c++) {
        let total = accumulate ? values[out + c] : 0;
        for (let r = 0; r < rows; r++) total += values[x + r * columns + c];
        values[out + c] = total;
      }
    },

    sum(x, length) {
      const values = arena.values;
      let total = 0;
      for (let i = 0; i < length; i++) total += values[x + i];
      return total;
    },

    sumOfSquares(x, length) {
      const values = arena.values;
      let total = 0;
      for (let i = 0; i < length; i++) total += values[x + i] * values[x + i];
      return total;
    },

    allFinite(x, length) {
      const values = arena.values;
      for (let i = 0; i < length; i++) if (!Number.isFinite(values[x + i])) return false;
      return true;
    },

    countZeros(x, length) {
      const values = arena.values;
      let count = 0;
      for (let i = 0; i < length; i++) if (values[x + i] === 0) count++;
      return count;
    },
  };
}
