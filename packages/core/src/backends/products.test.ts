import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type TestedBackend, backendsHere, buildsHere } from '../../test/backends-here.ts';
import { arrayOf } from '../../test/arbitrary-floats.ts';
import { expectWithin, roundoff } from '../../test/closeness.ts';
import { GuardedArrays } from '../../test/guarded-arrays.ts';
import { random } from '../random/random.ts';

/** How a matrix lies in memory: element (i, j) at `i row + j column`. */
interface Layout {
  readonly row: number;
  readonly column: number;
}

interface Product {
  readonly m: number;
  readonly n: number;
  readonly k: number;
  readonly a: Layout;
  readonly b: Layout;
  readonly cRow: number;
  readonly accumulate: boolean;
}

/** The layouts of a rows × columns matrix that a network meets: as it is, transposed, and both inside a wider one. */
function layouts(rows: number, columns: number): Layout[] {
  return [
    { row: columns, column: 1 },
    { row: 1, column: rows },
    { row: columns + 3, column: 1 },
    { row: 1, column: rows + 5 },
    { row: 2 * columns, column: 2 },
  ];
}

function extent(layout: Layout, rows: number, columns: number): number {
  return rows === 0 || columns === 0 ? 0 : (rows - 1) * layout.row + (columns - 1) * layout.column + 1;
}

/** Runs the product; a, b and c hold what `numbers` gives, in this order. */
function run(
  name: TestedBackend,
  product: Product,
  numbers: (length: number) => ArrayLike<number>,
  precision?: 'float64',
) {
  const { m, n, k, a, b, cRow, accumulate } = product;
  const arrays = new GuardedArrays(name, precision);
  const lengths = [extent(a, m, k), extent(b, k, n), extent({ row: cRow, column: 1 }, m, n)];
  const [aAt, bAt, cAt] = lengths.map((length) => arrays.floats(numbers(length)));
  const [A, B, before] = [aAt, bAt, cAt].map((at, i) => arrays.read(at, lengths[i]));
  arrays.backend.matmul(cAt, cRow, aAt, a.row, a.column, bAt, b.row, b.column, m, n, k, accumulate);
  arrays.expectGuardsUntouched();
  return { A, B, before, after: arrays.read(cAt, lengths[2]) };
}

/** Holds a product against plain sums in float64: exactly, or within the rounding errors of sums in float32. */
function expectProduct(product: Product, result: ReturnType<typeof run>, unit: number): void {
  const { m, n, k, a, b, cRow, accumulate } = product;
  const { A, B, before, after } = result;
  const expected = [...before];
  const bounds = before.map(() => 0);
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < n; j++) {
      const at = i * cRow + j;
      let total = accumulate ? before[at] : 0;
      let size = Math.abs(total);
      for (let l = 0; l < k; l++) {
        const term = A[i * a.row + l * a.column] * B[l * b.row + j * b.column];
        total += term;
        size += Math.abs(term);
      }
      expected[at] = total;
      bounds[at] = (k + 1) * unit * size;
    }
  }
  // Columns between the rows of C are not C's: they keep what they held.
  expectWithin(
    after,
    expected,
    (i) => bounds[i],
    (i) => `C[${Math.floor(i / cRow)}, ${i % cRow}]`,
  );
}

const products: fc.Arbitrary<Product> = fc
  .record({ m: fc.nat(21), n: fc.nat(21), k: fc.nat(21) })
  .chain(({ m, n, k }) =>
    fc.record({
      m: fc.constant(m),
      n: fc.constant(n),
      k: fc.constant(k),
      a: fc.constantFrom(...layouts(m, k)),
      b: fc.constantFrom(...layouts(k, n)),
      cRow: fc.constantFrom(n, n + 3),
      accumulate: fc.boolean(),
    }),
  );

describe.each(backendsHere)('matmul of the backend %s', (name) => {
  it('multiplies matrices as by hand, with every transpose', () => {
    const a = [1, 2, 3, 4, 5, 6];
    const aTransposed = [1, 4, 2, 5, 3, 6];
    const b = [7, 8, 9, 10, 11, 12];
    const bTransposed = [7, 9, 11, 8, 10, 12];
    const cases: [number[], Layout, number[], Layout][] = [
      [a, { row: 3, column: 1 }, b, { row: 2, column: 1 }],
      [aTransposed, { row: 1, column: 2 }, b, { row: 2, column: 1 }],
      [a, { row: 3, column: 1 }, bTransposed, { row: 1, column: 3 }],
      [aTransposed, { row: 1, column: 2 }, bTransposed, { row: 1, column: 3 }],
    ];
    for (const [left, l, right, r] of cases) {
      const arrays = new GuardedArrays(name);
      const c = arrays.floats([100, 100, 100, 100]);
      const [x, y] = [arrays.floats(left), arrays.floats(right)];
      arrays.backend.matmul(c, 2, x, l.row, l.column, y, r.row, r.column, 2, 2, 3, false);
      expect(arrays.read(c, 4)).toEqual([58, 64, 139, 154]);
      arrays.backend.matmul(c, 2, x, l.row, l.column, y, r.row, r.column, 2, 2, 3, true);
      expect(arrays.read(c, 4)).toEqual([116, 128, 278, 308]);
    }
  });

  it('is 0 for k = 0, or C itself when it accumulates, and leaves what lies between its rows', () => {
    const arrays = new GuardedArrays(name);
    const c = arrays.floats([1, 2, 9, 3, 4, 9]);
    const empty = arrays.floats([]);
    arrays.backend.matmul(c, 3, empty, 0, 1, empty, 2, 1, 2, 2, 0, true);
    expect(arrays.read(c, 6)).toEqual([1, 2, 9, 3, 4, 9]);
    arrays.backend.matmul(c, 3, empty, 0, 1, empty, 2, 1, 2, 2, 0, false);
    expect(arrays.read(c, 6)).toEqual([0, 0, 9, 0, 0, 9]);
    arrays.expectGuardsUntouched();
  });

  it('is exact on small whole numbers, for all shapes and strides', () => {
    fc.assert(
      fc.property(products, fc.nat(), (product, seed) => {
        const stream = random(seed).stream('whole');
        const whole = (length: number): number[] => Array.from({ length }, () => stream.integer(17) - 8);
        expectProduct(product, run(name, product, whole), 0);
      }),
      { numRuns: 300 },
    );
  });

  it('errs by at most (k + 1) roundings of Σ |a| |b|, for all shapes and strides', () => {
    fc.assert(
      fc.property(products, fc.nat(), (product, seed) => {
        const stream = random(seed).stream('normal');
        const normal = (length: number): number[] => Array.from({ length }, () => stream.normal());
        expectProduct(product, run(name, product, normal), roundoff);
      }),
    );
  });

  it.each([
    [70, 270, 300],
    [5, 9, 513],
    [1, 257, 256],
    [65, 1, 257],
    [128, 10, 784],
  ])('is right across its blocks: %i × %i × %i', (m, n, k) => {
    for (const [aLayout, bLayout] of [
      [0, 1],
      [1, 0],
      [4, 4],
    ]) {
      const product: Product = {
        m,
        n,
        k,
        a: layouts(m, k)[aLayout],
        b: layouts(k, n)[bLayout],
        cRow: n,
        accumulate: bLayout === 0,
      };
      const stream = random(m * n * k).stream('blocks');
      const normal = (length: number): number[] => Array.from({ length }, () => stream.normal());
      expectProduct(product, run(name, product, normal), roundoff);
    }
  });

  it('carries NaN and infinity into the elements that they belong to, and no others', () => {
    const special = fc.constantFrom(0, 1, -2, Infinity, -Infinity, NaN);
    fc.assert(
      fc.property(
        products.chain((product) => fc.tuple(fc.constant(product), arrayOf(special, 64 * 21))),
        ([product, pool]) => {
          let taken = 0;
          const fromPool = (length: number): number[] => Array.from({ length }, () => pool[taken++ % pool.length]);
          expectProduct(product, run(name, product, fromPool), 0);
        },
      ),
    );
  });
});

describe('matmul', () => {
  it('accumulates in float64 in a float64 reference arena', () => {
    const product: Product = {
      m: 3,
      n: 4,
      k: 50,
      a: { row: 50, column: 1 },
      b: { row: 1, column: 50 },
      cRow: 4,
      accumulate: false,
    };
    const stream = random(1).stream('float64');
    const normal = (length: number): number[] => Array.from({ length }, () => stream.normal());
    expectProduct(product, run('reference', product, normal, 'float64'), 2 ** -53);
  });

  it.each(buildsHere)(
    'gives a row the same bytes whatever rows and columns stand beside it, in the build %s',
    (build) => {
      fc.assert(
        fc.property(fc.integer({ min: 1, max: 70 }), fc.integer({ min: 1, max: 40 }), fc.nat(), (m, n, row) => {
          const k = 300;
          const stream = random(7).stream('rows');
          const arrays = new GuardedArrays(build);
          const a = arrays.floats(Array.from({ length: m * k }, () => stream.normal()));
          const b = arrays.floats(Array.from({ length: n * k }, () => stream.normal()));
          const whole = arrays.floats(new Float32Array(m * n));
          const alone = arrays.floats([0]);
          arrays.backend.matmul(whole, n, a, k, 1, b, 1, k, m, n, k, false);
          const i = row % m;
          const j = row % n;
          arrays.backend.matmul(alone, 1, a + i * k, k, 1, b + j * k, 1, k, 1, 1, k, false);
          expect(arrays.read(alone, 1)).toEqual(arrays.read(whole + i * n + j, 1));
        }),
      );
    },
  );
});
