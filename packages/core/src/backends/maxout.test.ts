import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type TestedBackend, backendsHere } from '../../test/backends-here.ts';
import { anyFloat, arrayOf } from '../../test/arbitrary-floats.ts';
import { GuardedArrays } from '../../test/guarded-arrays.ts';
import { maxout } from '../activations/catalogue.ts';

interface Case {
  readonly rows: number;
  readonly units: number;
  readonly pieces: number;
  readonly x: number[];
}

function run(name: TestedBackend, { rows, units, pieces, x }: Case) {
  const arrays = new GuardedArrays(name);
  const outputs = rows * units;
  const upstream = Array.from({ length: outputs }, (_, i) => i + 1);
  const [xAt, y, upstreamAt, dx] = [
    arrays.floats(x),
    arrays.floats(upstream),
    arrays.floats(upstream),
    arrays.floats(x),
  ];
  const winners = arrays.integers(upstream.map(() => -1));
  arrays.backend.maxoutForward(xAt, y, winners, rows, units, pieces);
  arrays.backend.maxoutBackward(upstreamAt, winners, dx, rows, units, pieces);
  arrays.expectGuardsUntouched();
  return {
    y: arrays.read(y, outputs),
    winners: arrays.readIntegers(winners, outputs),
    dx: arrays.read(dx, outputs * pieces),
  };
}

describe.each(backendsHere)('maxout in the backend %s', (name) => {
  it('takes the largest of each group, and gives it the whole gradient', () => {
    expect(run(name, { rows: 2, units: 2, pieces: 3, x: [1, 3, 2, -5, -4, -6, 0, 0, 0, 7, 8, 9] })).toEqual({
      y: [3, -4, 0, 9],
      winners: [1, 1, 0, 2],
      dx: [0, 1, 0, 0, 2, 0, 3, 0, 0, 0, 0, 4],
    });
  });

  it('agrees with the definition of each unit, for all shapes and any floats', () => {
    const cases = fc
      .record({ rows: fc.nat(4), units: fc.nat(7), pieces: fc.integer({ min: 1, max: 5 }) })
      .chain(({ rows, units, pieces }) =>
        fc.record({
          rows: fc.constant(rows),
          units: fc.constant(units),
          pieces: fc.constant(pieces),
          // Few different numbers, so that ties are common.
          x: arrayOf(fc.oneof(fc.constantFrom(-1, 0, 2, NaN, -Infinity), anyFloat), rows * units * pieces),
        }),
      );
    fc.assert(
      fc.property(cases, (given) => {
        const { rows, units, pieces, x } = given;
        const phi = maxout({ pieces });
        const result = run(name, given);
        for (let u = 0; u < rows * units; u++) {
          const group = x.slice(u * pieces, (u + 1) * pieces);
          const winner = phi.winner(group);
          expect(result.winners[u]).toBe(winner);
          expect(result.y[u]).toBe(group[winner]);
          expect(result.dx.slice(u * pieces, (u + 1) * pieces)).toEqual(
            group.map((_, p) => (p === winner ? u + 1 : 0)),
          );
        }
      }),
      { numRuns: 300 },
    );
  });
});
