import type { PreparedWork } from '../../engine.ts';
import { digest, uniform } from '../../inputs.ts';

/** C = A B in three loops. */
export function plainProduct(n: number): PreparedWork {
  const a = uniform(1, n * n);
  const b = uniform(2, n * n);
  const c = new Float32Array(n * n);
  return {
    run() {
      c.fill(0);
      for (let i = 0; i < n; i++) {
        for (let l = 0; l < n; l++) {
          const value = a[i * n + l];
          for (let j = 0; j < n; j++) c[i * n + j] += value * b[l * n + j];
        }
      }
    },
    result: () => digest(c),
  };
}
