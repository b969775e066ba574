import type { Arena } from '../../arena.ts';
import type { Backend } from '../../backend.ts';

/** The maximum over groups of neighbouring columns, and its gradient. */
export function referenceMaxout(arena: Arena): Pick<Backend, 'maxoutForward' | 'maxoutBackward'> {
  return {
    maxoutForward(x, y, winners, rows, units, pieces) {
      const values = arena.values;
      const integers = arena.integers;
      for (let unit = 0; unit < rows * units; unit++) {
        let winner = 0;
        let best = values[x + unit * pieces];
        for (let p = 1; p < pieces; p++) {
          const candidate = values[x + unit * pieces + p];
          // Once `best` is NaN it stays; a candidate that is NaN beats every number.
          if (candidate > best || (Number.isNaN(candidate) && !Number.isNaN(best))) {
            best = candidate;
            winner = p;
          }
        }
        values[y + unit] = best;
        integers[winners + unit] = winner;
      }
    },

    maxoutBackward(upstream, winners, dx, rows, units, pieces) {
      const values = arena.values;
      const integers = arena.integers;
      for (let unit = 0; unit < rows * units; unit++) {
        const winner = integers[winners + unit];
        for (let p = 0; p < pieces; p++) values[dx + unit * pieces + p] = p === winner ? values[upstream + unit] : 0;
      }
    },
  };
}
