import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ElementwiseActivation } from './activation.ts';
import { activation, activationNames } from './activations/by-name.ts';
import { gelu, identity, leakyRelu, maxout, relu, reluWith, sigmoid, silu, tanh } from './activations/catalogue.ts';
import { backward, forward } from './apply.ts';
import { ParameterError, ShapeError } from './errors.ts';

const elementwise = activationNames
  .map((name) => activation(name))
  .filter((phi): phi is ElementwiseActivation => phi.kind === 'elementwise');

const inputs = fc.float32Array({ min: -80, max: 80, noNaN: true, maxLength: 40 });

const ofOtherSlopes = [0, 0.5, 1].flatMap((subgradient) =>
  [-0.25, 0, 0.25, 1.5].map((alpha) => leakyRelu({ alpha, subgradient })),
);

describe.each([...elementwise, ...ofOtherSlopes])('$name over an array, $parameters', (phi) => {
  it('is φ of each element, to float32', () => {
    fc.assert(
      fc.property(inputs, (x) => {
        const y = forward(phi, x);
        expect(y.length).toBe(x.length);
        for (const [i, element] of x.entries()) {
          expect(close(y[i], phi.value(element)), `φ(${element}) = ${y[i]}, not ${phi.value(element)}`).toBe(true);
        }
      }),
    );
  });

  it('has the gradient upstream × φ′(x) of each element, to float32', () => {
    fc.assert(
      fc.property(inputs, fc.float({ min: -4, max: 4, noNaN: true }), (x, factor) => {
        const upstream = x.map((_, i) => Math.fround(factor + i));
        const dx = backward(phi, x, upstream);
        for (const [i, element] of x.entries()) {
          const expected = upstream[i] * phi.derivative(element);
          expect(close(dx[i], expected, Math.abs(upstream[i])), `at ${element}: ${dx[i]}, not ${expected}`).toBe(true);
        }
      }),
    );
  });

  it('keeps NaN, and 0 × ∞ is NaN', () => {
    expect(forward(phi, new Float32Array([NaN]))[0]).toBeNaN();
    expect(backward(phi, new Float32Array([NaN, 1]), new Float32Array([1, NaN]))).toEqual(new Float32Array([NaN, NaN]));
    for (const x of [-50, 50]) {
      if (phi.derivative(x) !== 0) continue;
      expect(backward(phi, new Float32Array([x]), new Float32Array([Infinity]))[0]).toBeNaN();
    }
  });

  it('takes arrays that are empty', () => {
    expect(forward(phi, new Float32Array(0)).length).toBe(0);
    expect(backward(phi, new Float32Array(0), new Float32Array(0)).length).toBe(0);
  });
});

describe('forward and backward', () => {
  it('write to out, and return it', () => {
    const x = new Float32Array([-1, 2]);
    const out = new Float32Array(2);
    expect(forward(relu, x, out)).toBe(out);
    expect(out).toEqual(new Float32Array([0, 2]));
    expect(backward(leakyRelu(), x, new Float32Array([100, 5]), out)).toBe(out);
    expect(out).toEqual(new Float32Array([1, 5]));
  });

  it('work in place', () => {
    const x = new Float32Array([-1, 2]);
    const upstream = new Float32Array([3, 4]);
    expect(backward(relu, x, upstream, upstream)).toEqual(new Float32Array([0, 4]));
    expect(forward(relu, x, x)).toEqual(new Float32Array([0, 2]));
    const z = new Float32Array([0]);
    expect(backward(tanh, z, new Float32Array([7]), z)).toEqual(new Float32Array([7]));
  });

  it('leave their inputs alone', () => {
    const x = new Float32Array([-1, 2]);
    const upstream = new Float32Array([3, 4]);
    forward(gelu, x);
    backward(gelu, x, upstream);
    expect([x, upstream]).toEqual([new Float32Array([-1, 2]), new Float32Array([3, 4])]);
  });

  it('take arrays of more than one portion', () => {
    const length = 200_003;
    const x = Float32Array.from({ length }, (_, i) => (i % 1001) - 500);
    const y = forward(relu, x);
    const dx = backward(reluWith({ subgradient: 0.5 }), x, x);
    expect(y.every((value, i) => value === Math.max(0, x[i]))).toBe(true);
    expect(dx.every((value, i) => value === Math.max(0, x[i]))).toBe(true);
    const maxima = forward(maxout({ pieces: 7 }), x.subarray(0, 7 * 28_571));
    expect(maxima.every((value, i) => value === Math.max(...x.subarray(7 * i, 7 * i + 7)))).toBe(true);
  });

  it('take a view into the middle of a buffer', () => {
    const whole = new Float32Array([9, -1, 2, 9]);
    forward(relu, whole.subarray(1, 3), whole.subarray(1, 3));
    expect(whole).toEqual(new Float32Array([9, 0, 2, 9]));
  });

  it('keep a derivative that the float32 output has lost', () => {
    // e⁻²⁰/(1 + e⁻²⁰)² and 4 e⁻³⁰/(1 + e⁻³⁰)²; tanh(15) is 1 in float32, and so is sigmoid(20).
    const one = new Float32Array([1]);
    expect(forward(sigmoid, new Float32Array([20]))[0]).toBe(1);
    expect(backward(sigmoid, new Float32Array([20]), one)[0] / 2.0611536139418493e-9).toBeCloseTo(1, 6);
    expect(backward(tanh, new Float32Array([15]), one)[0] / 3.743049183595284e-13).toBeCloseTo(1, 6);
  });
});

describe('maxout over an array', () => {
  it('takes the largest of neighbours, and sends the gradient to it', () => {
    const phi = maxout({ pieces: 3 });
    const x = new Float32Array([1, 5, 2, 7, 7, -1, -3, -2, -2]);
    expect(forward(phi, x)).toEqual(new Float32Array([5, 7, -2]));
    expect(backward(phi, x, new Float32Array([10, 20, 30]))).toEqual(new Float32Array([0, 10, 0, 20, 0, 0, 0, 30, 0]));
  });

  it('agrees with the largest of each group, on any numbers', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 0, max: 9 }), inputs, (pieces, units, pool) => {
        fc.pre(pool.length > 0);
        const x = Float32Array.from({ length: units * pieces }, (_, i) => pool[i % pool.length]);
        const upstream = Float32Array.from({ length: units }, (_, i) => i + 1);
        const y = forward(maxout({ pieces }), x);
        const dx = backward(maxout({ pieces }), x, upstream);
        for (let unit = 0; unit < units; unit++) {
          const group = Array.from(x.subarray(unit * pieces, (unit + 1) * pieces));
          const first = group.indexOf(Math.max(...group));
          expect(y[unit]).toBe(group[first]);
          expect(Array.from(dx.subarray(unit * pieces, (unit + 1) * pieces))).toEqual(
            group.map((_, piece) => (piece === first ? unit + 1 : 0)),
          );
        }
      }),
    );
  });

  it('lets NaN win', () => {
    const x = new Float32Array([1, NaN]);
    expect(forward(maxout(), x)[0]).toBeNaN();
    expect(backward(maxout(), x, new Float32Array([2]))).toEqual(new Float32Array([0, 2]));
  });

  it('refuses lengths that are no whole number of units', () => {
    expect(() => forward(maxout(), new Float32Array(3))).toThrow(
      'x has 3 elements, but maxout of 2 pieces needs a multiple of 2',
    );
    expect(() => backward(maxout(), new Float32Array(4), new Float32Array(4))).toThrow(
      'upstream has 4 elements, but the output of maxout for an x of 4 has 2',
    );
  });
});

describe('refusals', () => {
  const two = new Float32Array(2);
  const three = new Float32Array(3);

  it('name both lengths that do not fit', () => {
    expect(() => forward(relu, two, three)).toThrow(ShapeError);
    expect(() => forward(relu, two, three)).toThrow('out has 3 elements, but the output of relu for an x of 2 has 2');
    expect(() => backward(relu, two, three)).toThrow(ShapeError);
    expect(() => backward(relu, two, three)).toThrow('upstream has 3 elements');
    expect(() => backward(relu, two, two, three)).toThrow('out has 3 elements');
    expect(() => backward(relu, two, two, three)).toThrow(ShapeError);
  });

  it('of what is no activation, or no Float32Array', () => {
    expect(() => forward(leakyRelu as never, two)).toThrow('call it: leakyRelu()');
    expect(() => backward('relu' as never, two, two)).toThrow(ParameterError);
    expect(() => forward(silu, [1, 2] as never)).toThrow('x must be a Float32Array, not Array');
    expect(() => forward(silu, new Float64Array(2) as never)).toThrow('x must be a Float32Array, not Float64Array');
    expect(() => backward(silu, two, undefined as never)).toThrow('upstream must be a Float32Array, not undefined');
    expect(() => forward(identity, two, [] as never)).toThrow(ParameterError);
  });
});

/** Within 4 units in the last place of float32, or of `scale`, below which terms of that size have cancelled. */
function close(ours: number, exact: number, scale = 0): boolean {
  const magnitude = Math.max(Math.abs(exact), scale, 2 ** -126);
  return Object.is(ours, exact) || Math.abs(ours - exact) <= 4 * 2 ** -23 * magnitude;
}
