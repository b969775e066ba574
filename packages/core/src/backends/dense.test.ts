import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { backendsHere } from '../../test/backends-here.ts';
import { expectWithin, roundoff } from '../../test/closeness.ts';
import { GuardedArrays } from '../../test/guarded-arrays.ts';
import { random } from '../random/random.ts';

interface Shape {
  readonly rows: number;
  readonly inputs: number;
  readonly units: number;
}

/** A dense layer's numbers from a stream. */
function layer({ rows, inputs, units }: Shape, seed: number) {
  const stream = random(seed).stream('dense');
  const normal = (length: number): Float32Array => Float32Array.from({ length }, () => stream.normal());
  return { a: normal(rows * inputs), weight: normal(units * inputs), bias: normal(units), dz: normal(rows * units) };
}

/** Σ_i x[i] y[i] + start for two lists of k numbers, and how far rounding may take a sum in float32 from it. */
function dot(k: number, term: (i: number) => number, start = 0): { readonly sum: number; readonly bound: number } {
  let sum = start;
  let size = Math.abs(start);
  for (let i = 0; i < k; i++) {
    sum += term(i);
    size += Math.abs(term(i));
  }
  return { sum, bound: (k + 2) * roundoff * size };
}

function expectSums(
  actual: ArrayLike<number>,
  width: number,
  sumAt: (row: number, column: number) => ReturnType<typeof dot>,
) {
  const sums = Array.from(actual, (_, i) => sumAt(Math.floor(i / width), i % width));
  expectWithin(
    actual,
    sums.map(({ sum }) => sum),
    (i) => sums[i].bound,
    (i) => `[${Math.floor(i / width)}, ${i % width}]`,
  );
}

const shapes: fc.Arbitrary<Shape> = fc.record({
  rows: fc.nat(21),
  inputs: fc.integer({ min: 1, max: 21 }),
  units: fc.integer({ min: 1, max: 37 }),
});

/** Shapes that reach across the blocks of a product: more than 256 inputs, rows or units. */
const large: readonly Shape[] = [
  { rows: 70, inputs: 300, units: 270 },
  { rows: 3, inputs: 513, units: 9 },
  { rows: 260, inputs: 16, units: 16 },
];

describe.each(backendsHere)('a dense layer of the backend %s', (name) => {
  it('is a Wᵀ + b forward, by hand', () => {
    const arrays = new GuardedArrays(name);
    const [a, weight, bias] = [
      [1, 2, 3, 4, 5, 6],
      [1, 0, -1, 2, 1, 0],
      [10, 20],
    ].map((x) => arrays.floats(x));
    const z = arrays.floats([9, 9, 9, 9]);
    arrays.backend.denseForward(a, weight, bias, z, 2, 3, 2);
    expect(arrays.read(z, 4)).toEqual([8, 24, 8, 33]);
    arrays.expectGuardsUntouched();
  });

  it('has the gradients ∂zᵀ a, Σ ∂z and ∂z W backward, by hand', () => {
    const arrays = new GuardedArrays(name);
    const [a, weight, dz] = [
      [1, 2, 3, 4, 5, 6],
      [1, 0, -1, 2, 1, 0],
      [1, 2, -1, 3],
    ].map((x) => arrays.floats(x));
    const [dWeight, dBias, da] = [6, 2, 6].map((length) => arrays.floats(new Float32Array(length).fill(9)));
    arrays.backend.denseBackward(a, weight, dz, dWeight, dBias, da, 2, 3, 2);
    expect(arrays.read(dWeight, 6)).toEqual([-3, -3, -3, 14, 19, 24]);
    expect(arrays.read(dBias, 2)).toEqual([0, 5]);
    expect(arrays.read(da, 6)).toEqual([5, 2, -1, 5, 3, 1]);
    arrays.expectGuardsUntouched();
  });

  const check = (shape: Shape, seed: number): void => {
    const { rows, inputs, units } = shape;
    const { a, weight, bias, dz } = layer(shape, seed);
    const arrays = new GuardedArrays(name);
    const [aAt, weightAt, biasAt, dzAt] = [a, weight, bias, dz].map((x) => arrays.floats(x));
    const lengths = [rows * units, units * inputs, units, rows * inputs];
    const [z, dWeight, dBias, da] = lengths.map((length) => arrays.floats(new Float32Array(length).fill(9)));
    arrays.backend.denseForward(aAt, weightAt, biasAt, z, rows, inputs, units);
    arrays.backend.denseBackward(aAt, weightAt, dzAt, dWeight, dBias, da, rows, inputs, units);
    arrays.expectGuardsUntouched();
    const [zValues, dWeightValues, dBiasValues, daValues] = [z, dWeight, dBias, da].map((at, i) =>
      arrays.read(at, lengths[i]),
    );
    expectSums(zValues, units, (r, u) => dot(inputs, (i) => a[r * inputs + i] * weight[u * inputs + i], bias[u]));
    expectSums(dWeightValues, inputs, (u, i) => dot(rows, (r) => dz[r * units + u] * a[r * inputs + i]));
    expectSums(dBiasValues, units, (_, u) => dot(rows, (r) => dz[r * units + u]));
    expectSums(daValues, inputs, (r, i) => dot(units, (u) => dz[r * units + u] * weight[u * inputs + i]));
  };

  it('errs by no more than sums in float32 do, for all shapes', () => {
    fc.assert(fc.property(shapes, fc.nat(), check));
  });

  it.each(large)('is right across the blocks of a product: $rows × $inputs × $units', (shape) => check(shape, 1));

  it('leaves the inputs’ gradient alone where none is wanted', () => {
    const arrays = new GuardedArrays(name);
    const [a, weight, dz, dWeight, dBias] = [[1], [2], [3], [9], [9]].map((x) => arrays.floats(x));
    arrays.backend.denseBackward(a, weight, dz, dWeight, dBias, 0, 1, 1, 1);
    expect([arrays.read(dWeight, 1), arrays.read(dBias, 1)]).toEqual([[3], [3]]);
    arrays.expectGuardsUntouched();
  });
});
