import type { Arena } from '../../arena.ts';
import type { Backend } from '../../backend.ts';

/** Matrix products: each element is one sum in float64, rounded once. */
export function referenceProducts(arena: Arena): Pick<Backend, 'matmul'> {
  return {
    matmul(c, cRow, a, aRow, aColumn, b, bRow, bColumn, m, n, k, accumulate) {
      const values = arena.values;
      for (let i = 0; i < m; i++) {
        for (let j = 0; j < n; j++) {
          const at = c + i * cRow + j;
          let total = accumulate ? values[at] : 0;
          for (let l = 0; l < k; l++) {
            total += values[a + i * aRow + l * aColumn] * values[b + l * bRow + j * bColumn];
          }
          values[at] = total;
        }
      }
    },
  };
}
