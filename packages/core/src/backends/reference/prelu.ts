import type { Arena } from '../../arena.ts';
import type { Backend } from '../../backend.ts';

/** The rectifier with learned slopes. */
export function referencePrelu(arena: Arena): Pick<Backend, 'preluForward' | 'preluBackward'> {
  return {
    preluForward(x, slopes, y, rows, columns, shared) {
      const values = arena.values;
      for (let r = 0; r < rows; r++) {
        for (let c = 0; c < columns; c++) {
          const at = r * columns + c;
          const input = values[x + at];
          values[y + at] = input > 0 ? input : values[slopes + (shared ? 0 : c)] * input;
        }
      }
    },

    preluBackward(x, slopes, upstream, dx, dSlopes, rows, columns, shared) {
      const values = arena.values;
      let whole = 0;
      for (let c = 0; c < columns; c++) {
        const slope = values[slopes + (shared ? 0 : c)];
        let total = 0;
        for (let r = 0; r < rows; r++) {
          const at = r * columns + c;
          const input = values[x + at];
          const above = values[upstream + at];
          total += above * Math.min(input, 0);
          values[dx + at] = above * (input > 0 ? 1 : input <= 0 ? slope : NaN);
        }
        if (shared) whole += total;
        else values[dSlopes + c] += total;
      }
      if (shared) values[dSlopes] += whole;
    },
  };
}
