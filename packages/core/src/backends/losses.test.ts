import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type TestedBackend, backendsHere } from '../../test/backends-here.ts';
import { arrayOf, moderateFloat } from '../../test/arbitrary-floats.ts';
import { expectWithin, roundoff } from '../../test/closeness.ts';
import { GuardedArrays } from '../../test/guarded-arrays.ts';
import type { Precision } from '../arena.ts';
import { random } from '../random/random.ts';

interface Result {
  readonly loss: number;
  readonly gradient: number[];
}

function crossEntropy(name: TestedBackend, logits: number[], labels: number[], precision?: Precision): Result {
  const arrays = new GuardedArrays(name, precision);
  const rows = labels.length;
  const classes = rows === 0 ? 3 : logits.length / rows;
  const [logitsAt, gradient] = [arrays.floats(logits), arrays.floats(logits)];
  const loss = arrays.backend.softmaxCrossEntropy(logitsAt, arrays.integers(labels), gradient, rows, classes);
  arrays.expectGuardsUntouched();
  return { loss, gradient: arrays.read(gradient, logits.length) };
}

function squaredError(name: TestedBackend, output: number[], target: number[], precision?: Precision): Result {
  const arrays = new GuardedArrays(name, precision);
  const [outputAt, targetAt, gradient] = [output, target, output].map((values) => arrays.floats(values));
  const loss = arrays.backend.meanSquaredError(outputAt, targetAt, gradient, output.length);
  arrays.expectGuardsUntouched();
  return { loss, gradient: arrays.read(gradient, output.length) };
}

/** Central differences of `loss` at `at`. */
function differences(loss: (at: number[]) => number, at: number[]): number[] {
  const step = 1e-5;
  return at.map((_, i) => {
    const moved = (by: number): number => loss(at.map((value, j) => (j === i ? value + by : value)));
    return (moved(step) - moved(-step)) / (2 * step);
  });
}

describe.each(backendsHere)('softmax cross-entropy in the backend %s', (name) => {
  it('is ln 3 for three equal logits, with the gradient of closed form', () => {
    const { loss, gradient } = crossEntropy(name, [2, 2, 2, -7, -7, -7], [0, 2]);
    expect(loss).toBeCloseTo(Math.log(3), 14);
    const [other, own] = [1 / 3 / 2, (1 / 3 - 1) / 2];
    expectWithin(gradient, [own, other, other, other, other, own], () => 2 * roundoff);
  });

  it('is ln(1 + eᵈ) for two classes whose logits differ by d, to its last digits also where it is tiny', () => {
    for (const d of [-80, -20, -3, 0, 1.5, 30]) {
      const { loss } = crossEntropy(name, [0, d], [0]);
      const exact = d > 0 ? d + Math.log1p(Math.exp(-d)) : Math.log1p(Math.exp(d));
      // Where eᵈ vanishes beside 1, a sum of powers cannot tell it.
      expect(Math.abs(loss - exact)).toBeLessThanOrEqual(2e-7 * exact + 2e-16);
    }
  });

  it('neither overflows nor loses the loss at logits of ±10⁴', () => {
    const { loss, gradient } = crossEntropy(name, [1e4, -1e4, 0, 1e4, -1e4, 0], [0, 1]);
    expect(loss).toBe(1e4);
    expect(gradient.map((value) => value + 0)).toEqual([0, 0, 0, 0.5, -0.5, 0]);
  });

  it('is infinite for a label whose logit is −∞, and NaN when a logit is NaN or +∞', () => {
    expect(crossEntropy(name, [-Infinity, 0], [0])).toEqual({ loss: Infinity, gradient: [-1, 1] });
    for (const bad of [NaN, Infinity]) {
      expect(crossEntropy(name, [0, 1, bad, 2, 1], [0])).toEqual({ loss: NaN, gradient: [NaN, NaN, NaN, NaN, NaN] });
    }
  });

  it.each([-1, 3, 2 ** 31 - 1])('is NaN for the label %i of 3 classes, and writes nowhere else', (label) => {
    expect(crossEntropy(name, [1, 2, 3, 4, 5, 6], [0, label]).loss).toBe(NaN);
  });

  it('is NaN, the mean of nothing, for no rows', () => {
    expect(crossEntropy(name, [], [])).toEqual({ loss: NaN, gradient: [] });
  });

  it('has the float64 formula as its value and gradient, for any numbers of rows and classes', () => {
    const cases = fc
      .record({ rows: fc.integer({ min: 1, max: 6 }), classes: fc.integer({ min: 1, max: 11 }) })
      .chain(({ rows, classes }) =>
        fc.tuple(arrayOf(moderateFloat, rows * classes), arrayOf(fc.nat(classes - 1), rows), fc.constant(classes)),
      );
    fc.assert(
      fc.property(cases, ([logits, labels, classes]) => {
        const rows = labels.length;
        const result = crossEntropy(name, logits, labels);
        let loss = 0;
        const gradient = labels.flatMap((label, r) => {
          const powers = logits.slice(r * classes, (r + 1) * classes).map(Math.exp);
          const total = powers.reduce((a, b) => a + b, 0);
          loss -= Math.log(powers[label] / total) / rows;
          return powers.map((power, c) => (power / total - (c === label ? 1 : 0)) / rows);
        });
        expect(Math.abs(result.loss - loss)).toBeLessThanOrEqual(1e-6);
        expectWithin(result.gradient, gradient, () => 1e-6 / rows);
      }),
    );
  });
});

describe.each(backendsHere)('mean squared error in the backend %s', (name) => {
  it('is as by hand', () => {
    expect(squaredError(name, [1, 2, 3, 4, 5], [1, 0, 6, 4, 1])).toEqual({
      loss: (4 + 9 + 16) / 5,
      gradient: [0, 0.8, -1.2, 0, 1.6].map(Math.fround),
    });
  });

  it('has the float64 formula as its value and gradient, for any length', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 21 }).chain((n) => fc.tuple(arrayOf(moderateFloat, n), arrayOf(moderateFloat, n))),
        ([output, target]) => {
          const n = output.length;
          const errors = output.map((value, i) => value - target[i]);
          const { loss, gradient } = squaredError(name, output, target);
          const exact = errors.reduce((total, error) => total + error * error, 0) / n;
          expect(Math.abs(loss - exact)).toBeLessThanOrEqual(3 * roundoff * exact + 1e-80);
          expectWithin(
            gradient,
            errors.map((error) => (2 * error) / n),
            (i) => 4 * roundoff * Math.abs(errors[i]) + 1e-44,
          );
        },
      ),
    );
  });

  it('is NaN, the mean of nothing, for no elements, and when an element is NaN', () => {
    expect(squaredError(name, [], [])).toEqual({ loss: NaN, gradient: [] });
    expect(squaredError(name, [1, NaN], [1, 1])).toEqual({ loss: NaN, gradient: [0, NaN] });
  });
});

describe('gradients in a float64 reference arena', () => {
  const stream = random(3).stream('losses');
  const normals = Array.from({ length: 12 }, () => 3 * stream.normal());

  it('of softmax cross-entropy are its central differences', () => {
    const labels = [2, 0, 1, 3 - 1];
    const loss = (logits: number[]): number => crossEntropy('reference', logits, labels, 'float64').loss;
    const { gradient } = crossEntropy('reference', normals, labels, 'float64');
    expectWithin(gradient, differences(loss, normals), () => 1e-9);
  });

  it('of the mean squared error are its central differences', () => {
    const target = normals.map((value) => value / 2 + 1);
    const loss = (output: number[]): number => squaredError('reference', output, target, 'float64').loss;
    const { gradient } = squaredError('reference', normals, target, 'float64');
    expectWithin(gradient, differences(loss, normals), () => 1e-8);
  });
});
