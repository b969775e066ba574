import { activation, defineActivation, leakyRelu, normalCumulative, relu, selu, tanh } from '@relu-lab/core';
import { describe, expect, it } from 'vitest';
import { expectRelative } from '../test/closeness.ts';
import { recordedActivation, reference } from '../test/reference.ts';
import { pairMoments, pairQuadrature } from './gaussian-pair.ts';

const correlations = [-1, -0.9, -0.3, 0, 0.2, 0.5, 0.9, 0.999, 1 - 1e-7, 1];

describe('pairMoments', () => {
  it.each(['relu', 'leaky-relu', 'abs', 'identity', 'rrelu'] as const)(
    'in closed form agree with quadrature: %s',
    (name) => {
      const phi = activation(name);
      for (const rho of correlations) {
        const closed = pairMoments(phi, 1.7, rho);
        const quadrature = pairQuadrature({ ...phi, positivelyHomogeneous: false }, 1.7, rho);
        for (const key of ['product', 'derivativeProduct', 'halfSquaredDifference'] as const) {
          expectRelative(quadrature[key], closed[key], 1e-10, Math.abs(closed[key]) + 1e-14);
        }
      }
    },
  );

  it.each(reference.pairs)('agree with a Hermite series: $activation, q = $q, ρ = $rho', (row) => {
    const found = pairMoments(recordedActivation(row.activation), row.q, row.rho);
    // The series of 110 terms is short by ρ¹¹⁰ times what is left, which is most where φ' jumps.
    const cut = Math.abs(row.rho) ** 110;
    expectRelative(found.product, row.product, 1e-10, Math.abs(row.product) + row.q * cut * 1e6);
    expectRelative(found.derivativeProduct, row.derivativeProduct, 1e-10, 1 + cut * 1e10);
  });

  it('of the error function are arcsines', () => {
    const gaussianError = defineActivation({
      name: 'error-function',
      value: (x) => 2 * normalCumulative(Math.SQRT2 * x) - 1,
      derivative: (x) => (2 / Math.sqrt(Math.PI)) * Math.exp(-x * x),
    });
    for (const q of [0.3, 2, 50]) {
      for (const rho of [-0.8, 0.1, 0.7, 0.99]) {
        const { product } = pairMoments(gaussianError, q, rho);
        expect(product).toBeCloseTo((2 / Math.PI) * Math.asin((2 * rho * q) / (1 + 2 * q)), 11);
      }
    }
  });

  it('of a sine and of a square have closed forms', () => {
    const sine = defineActivation({ name: 'sine', value: Math.sin, derivative: Math.cos });
    const square = defineActivation({ name: 'square', value: (x) => x * x, derivative: (x) => 2 * x });
    for (const rho of correlations) {
      expect(pairMoments(sine, 2, rho).product).toBeCloseTo(Math.exp(-2) * Math.sinh(2 * rho), 11);
      expect(pairMoments(square, 3, rho).product).toBeCloseTo(9 * (1 + 2 * rho * rho), 9);
      expect(pairMoments(square, 3, rho).derivativeProduct).toBeCloseTo(12 * rho, 10);
      expectRelative(
        pairMoments(square, 3, rho).halfSquaredDifference,
        18 * (1 - rho) * (1 + rho),
        1e-10,
        18 * (1 - rho) + 1e-14,
      );
    }
  });

  it('keep the difference of two inputs that are all but the same', () => {
    // For a smooth φ, E[(φ(x) − φ(y))²] / 2 → q (1 − ρ) E[φ'²].
    const { halfSquaredDifference } = pairMoments(tanh, 1, 1 - 2 ** -40);
    expectRelative(halfSquaredDifference, 2 ** -40 * 0.46440290244826826, 1e-9);
    expect(pairMoments(relu, 1, 1 - 2 ** -40).halfSquaredDifference).toBeGreaterThan(0);
  });

  it('follow a wide distribution', () => {
    // Far out tanh is the sign, whose product is (2/π) arcsin ρ.
    expect(pairMoments(tanh, 1e8, 0.6).product).toBeCloseTo((2 / Math.PI) * Math.asin(0.6), 3);
    expect(pairMoments(tanh, 1e8, -0.95).product).toBeCloseTo((2 / Math.PI) * Math.asin(-0.95), 3);
  });

  it('of two slopes have the derivative of the first as the second', () => {
    for (const phi of [leakyRelu({ alpha: 0.2 }), selu, tanh]) {
      const [down, up] = [0.39999, 0.40001].map((rho) => pairMoments(phi, 1.3, rho).product);
      expect(pairMoments(phi, 1.3, 0.4).derivativeProduct * 1.3).toBeCloseTo((up - down) / 2e-5, 6);
    }
  });
});
