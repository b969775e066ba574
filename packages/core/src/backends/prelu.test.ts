import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type TestedBackend, backendsHere, buildsHere } from '../../test/backends-here.ts';
import { anyFloat, arrayOf, arraysOf, moderateFloat } from '../../test/arbitrary-floats.ts';
import { expectWithin, float32Spacing, roundoff } from '../../test/closeness.ts';
import { GuardedArrays } from '../../test/guarded-arrays.ts';

interface Case {
  readonly rows: number;
  readonly columns: number;
  readonly shared: boolean;
  readonly x: number[];
  readonly slopes: number[];
  readonly upstream: number[];
}

function run(name: TestedBackend, { rows, columns, shared, x, slopes, upstream }: Case) {
  const arrays = new GuardedArrays(name);
  const { backend } = arrays;
  const n = rows * columns;
  const [xAt, slopesAt, upstreamAt] = [x, slopes, upstream].map((values) => arrays.floats(values));
  const [y, dx, dSlopes] = [arrays.floats(x), arrays.floats(x), arrays.floats(slopes.map(() => 1))];
  backend.preluForward(xAt, slopesAt, y, rows, columns, shared);
  backend.preluBackward(xAt, slopesAt, upstreamAt, dx, dSlopes, rows, columns, shared);
  arrays.expectGuardsUntouched();
  return { y: arrays.read(y, n), dx: arrays.read(dx, n), dSlopes: arrays.read(dSlopes, slopes.length) };
}

function cases(element: fc.Arbitrary<number>): fc.Arbitrary<Case> {
  return fc.record({ rows: fc.nat(6), columns: fc.nat(11), shared: fc.boolean() }).chain(({ rows, columns, shared }) =>
    fc.record({
      rows: fc.constant(rows),
      columns: fc.constant(columns),
      shared: fc.constant(shared),
      x: arrayOf(element, rows * columns),
      slopes: arrayOf(moderateFloat, shared ? 1 : columns),
      upstream: arrayOf(element, rows * columns),
    }),
  );
}

describe.each(backendsHere)('the rectifier with learned slopes in the backend %s', (name) => {
  it('has a slope for each column, and its gradient sums over rows', () => {
    const result = run(name, {
      rows: 2,
      columns: 3,
      shared: false,
      x: [1, -2, 0, -4, 5, -6],
      slopes: [0.5, 0.25, 2],
      upstream: [1, 10, 100, 2, 20, 200],
    });
    expect(result).toEqual({
      y: [1, -0.5, 0, -2, 5, -12],
      dx: [1, 2.5, 200, 1, 20, 400],
      dSlopes: [1 + 2 * -4, 1 + 10 * -2, 1 + 200 * -6],
    });
  });

  it('has one slope for all when it is shared, and its gradient sums over everything', () => {
    const result = run(name, {
      rows: 2,
      columns: 3,
      shared: true,
      x: [1, -2, 0, -4, 5, -6],
      slopes: [0.5],
      upstream: [1, 10, 100, 2, 20, 200],
    });
    expect(result).toEqual({
      y: [1, -1, 0, -2, 5, -3],
      dx: [1, 5, 50, 1, 20, 100],
      dSlopes: [1 - 20 - 8 - 1200],
    });
  });

  it('is the formula, for all shapes', () => {
    fc.assert(
      fc.property(cases(moderateFloat), (given) => {
        const { rows, columns, shared, x, slopes, upstream } = given;
        const { y, dx, dSlopes } = run(name, given);
        const slopeOf = (i: number): number => slopes[shared ? 0 : i % columns];
        expect(y).toEqual(x.map((value, i) => Math.fround(value > 0 ? value : slopeOf(i) * value)));
        expect(dx).toEqual(x.map((value, i) => Math.fround(upstream[i] * (value > 0 ? 1 : slopeOf(i)))));
        const sums = slopes.map(() => 1);
        for (let i = 0; i < rows * columns; i++) sums[shared ? 0 : i % columns] += upstream[i] * Math.min(x[i], 0);
        // At most 66 terms of at most 64 each, rounded one by one, and the sum once.
        expectWithin(dSlopes, sums, (i) => 66 * 64 * roundoff + float32Spacing(sums[i]));
      }),
    );
  });

  it('carries NaN from its input into the output and both gradients', () => {
    const { y, dx, dSlopes } = run(name, {
      rows: 1,
      columns: 2,
      shared: false,
      x: [NaN, -1],
      slopes: [0.5, 0.5],
      upstream: [1, 1],
    });
    expect([y, dx, dSlopes]).toEqual([
      [NaN, -0.5],
      [NaN, 0.5],
      [NaN, 0],
    ]);
  });
});

it('the rectifier with learned slopes is the same in both backends at any floats', () => {
  fc.assert(
    fc.property(cases(anyFloat), (given) => {
      const [reference, ...compiled] = backendsHere.map((name) => run(name, given));
      for (const { y, dx } of compiled) expect({ y, dx }).toEqual({ y: reference.y, dx: reference.dx });
    }),
  );
});

it.each(buildsHere)('the rectifier with learned slopes works in place in the build %s', (build) => {
  fc.assert(
    fc.property(arraysOf(moderateFloat), (x) => {
      const expected = run(build, { rows: 1, columns: x.length, shared: true, x, slopes: [0.3], upstream: x });
      const arrays = new GuardedArrays(build);
      const [at, slopes] = [arrays.floats(x), arrays.floats([0.3])];
      arrays.backend.preluForward(at, slopes, at, 1, x.length, true);
      expect(arrays.read(at, x.length)).toEqual(expected.y);
    }),
  );
});
