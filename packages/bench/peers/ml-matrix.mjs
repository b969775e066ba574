/** ml-matrix: float64 arrays of arrays. */
import { Matrix } from 'ml-matrix';
import { versionOf } from './version.mjs';

export function createEngine(_options, { digest, uniform }) {
  const matrix = (seed, n) => Matrix.from1DArray(n, n, Float64Array.from(uniform(seed, n * n)));
  return {
    info: () => ({ 'ml-matrix': versionOf('ml-matrix'), node: process.versions.node }),
    prepare({ kind, n }) {
      if (kind !== 'matrix-product') throw new Error(`${kind} is not written for ml-matrix`);
      const a = matrix(1, n);
      const b = matrix(2, n);
      let c;
      return {
        run: () => {
          c = a.mmul(b);
        },
        result: () => digest(c.to1DArray()),
      };
    },
  };
}
