import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { random } from '../random/random.ts';
import { initializer } from './by-name.ts';
import { orthonormalise } from './householder.ts';

function column(matrix: Float64Array, rows: number, index: number): Float64Array {
  return matrix.subarray(index * rows, (index + 1) * rows);
}

function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  return Array.from(a).reduce((sum, value, i) => sum + value * b[i], 0);
}

const shapes = fc
  .tuple(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 12 }), fc.nat())
  .map(([a, b, seed]) => ({ rows: Math.max(a, b), columns: Math.min(a, b), seed }));

describe('orthonormalise', () => {
  it('gives orthonormal columns Q for which QᵀA is upper triangular with a positive diagonal', () => {
    fc.assert(
      fc.property(shapes, ({ rows, columns, seed }) => {
        const a = new Float64Array(rows * columns);
        random(seed).fillNormal(a);
        const q = a.slice();
        orthonormalise(q, rows, columns);
        for (let i = 0; i < columns; i++) {
          for (let j = 0; j < columns; j++) {
            expect(dot(column(q, rows, i), column(q, rows, j))).toBeCloseTo(i === j ? 1 : 0, 13);
            const r = dot(column(q, rows, i), column(a, rows, j));
            if (i > j) expect(r).toBeCloseTo(0, 12);
            if (i === j) expect(r).toBeGreaterThan(0);
          }
        }
      }),
    );
  });

  it('keeps what is orthonormal already, with a positive diagonal', () => {
    const identity = Float64Array.of(1, 0, 0, 0, 1, 0);
    orthonormalise(identity, 3, 2);
    [1, 0, 0, 0, 1, 0].forEach((expected, i) => expect(identity[i]).toBeCloseTo(expected, 15));
  });

  it('gives orthonormal columns even for columns of zeros', () => {
    const zeros = new Float64Array(6);
    orthonormalise(zeros, 3, 2);
    expect(dot(column(zeros, 3, 0), column(zeros, 3, 0))).toBe(1);
    expect(dot(column(zeros, 3, 0), column(zeros, 3, 1))).toBe(0);
  });
});

describe('orthogonal', () => {
  // In float32 an entry is off by at most 2⁻²⁵ of the gain, and a product of two rows of n by about 2⁻²⁴ gain².
  it.each([
    { fanIn: 40, fanOut: 40, gain: 1 },
    { fanIn: 30, fanOut: 70, gain: Math.SQRT2 },
    { fanIn: 70, fanOut: 30, gain: 0.5 },
    { fanIn: 1, fanOut: 9, gain: 1 },
    { fanIn: 9, fanOut: 1, gain: 1 },
    { fanIn: 1, fanOut: 1, gain: 3 },
  ])('has WᵀW = gain² I, or WWᵀ where the layer narrows: $fanIn to $fanOut, gain $gain', ({ fanIn, fanOut, gain }) => {
    const weights = new Float32Array(fanIn * fanOut);
    const rule = initializer('orthogonal', { gain });
    rule.weights(weights, fanIn, fanOut, random(1));
    const unit = (i: number): number[] => [...weights.subarray(i * fanIn, (i + 1) * fanIn)];
    const input = (i: number): number[] => Array.from({ length: fanOut }, (_, row) => weights[row * fanIn + i]);
    const vectors = Array.from({ length: Math.min(fanIn, fanOut) }, (_, i) => (fanOut < fanIn ? unit(i) : input(i)));
    vectors.forEach((a, i) =>
      vectors.forEach((b, j) => expect(Math.abs(dot(a, b) - (i === j ? gain ** 2 : 0))).toBeLessThan(2e-7 * gain ** 2)),
    );
    const meanSquare = dot(weights, weights) / weights.length;
    expect(meanSquare / rule.variance(fanIn, fanOut)).toBeCloseTo(1, 6);
  });

  it('draws both signs of every entry: the mean of its corner over seeds is 0, its variance 1/n', () => {
    // An entry of a uniformly distributed orthogonal 4 × 4 matrix has mean 0, variance ¼ and kurtosis 3 · 4/6 = 2. Without
    // the sign rule of the QR factor the corner would always be negative. Bounds: 4 deviations (chance 6·10⁻⁵ each).
    const draws = 4000;
    const rule = initializer('orthogonal');
    const stream = random(3);
    const corners = Array.from({ length: draws }, () => {
      const weights = new Float32Array(16);
      rule.weights(weights, 4, 4, stream);
      return weights[0];
    });
    const mean = corners.reduce((sum, x) => sum + x, 0) / draws;
    const square = corners.reduce((sum, x) => sum + x * x, 0) / draws;
    expect(Math.abs(mean)).toBeLessThan(4 * Math.sqrt(0.25 / draws));
    expect(Math.abs(square - 0.25)).toBeLessThan(4 * 0.25 * Math.sqrt(1 / draws));
  });
});

describe('lsuv', () => {
  it('starts from the orthogonal weights of the same stream, and says what to rescale the outputs to', () => {
    const [lsuv, orthogonal] = [initializer('lsuv', { outputVariance: 2 }), initializer('orthogonal')].map((rule) => {
      const weights = new Float32Array(12);
      rule.weights(weights, 4, 3, random(8));
      return weights;
    });
    expect(lsuv).toEqual(orthogonal);
    expect(initializer('lsuv', { outputVariance: 2 }).outputVariance).toBe(2);
  });
});
