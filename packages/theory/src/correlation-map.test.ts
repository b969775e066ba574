import { ParameterError, elu, relu, selu, tanh } from '@relu-lab/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expectRelative } from '../test/closeness.ts';
import { correlationFixedPoint } from './correlation-fixed-point.ts';
import { correlationMap, correlationSlope } from './correlation-map.ts';
import { meanField } from './mean-field.ts';

describe('correlationMap', () => {
  it('of ReLU without bias is the arc-cosine kernel of order 1', () => {
    for (const rho of [-1, -0.5, 0, 0.3, 0.9, 1]) {
      const expected = (Math.sqrt(1 - rho * rho) + (Math.PI - Math.acos(rho)) * rho) / Math.PI;
      expect(correlationMap(relu, { weightVariance: 2, biasVariance: 0, q: 1 }, rho)).toBeCloseTo(expected, 14);
      // At any length and any weight variance.
      expect(correlationMap(relu, { weightVariance: 0.3 }, rho)).toBeCloseTo(expected, 14);
      expect(correlationSlope(relu, { weightVariance: 2, q: 5 }, rho)).toBeCloseTo(1 - Math.acos(rho) / Math.PI, 14);
    }
  });

  it('of He-initialised ReLU networks brings correlations to 1 like 9π²/(2L²)', () => {
    let rho = 0;
    const depth = 2000;
    for (let layer = 0; layer < depth; layer++) rho = correlationMap(relu, { weightVariance: 2, q: 1 }, rho);
    expectRelative(1 - rho, (9 * Math.PI ** 2) / (2 * depth ** 2), 0.05);
  });

  it('keeps 1, with the slope χ₁ at a fixed point', () => {
    for (const options of [
      { weightVariance: 1.5, biasVariance: 0.05 },
      { weightVariance: 3, biasVariance: 0.1 },
    ]) {
      const { q, chi1 } = meanField(tanh, options);
      expect(correlationMap(tanh, { ...options, q: q ?? 1 }, 1)).toBe(1);
      expectRelative(correlationSlope(tanh, options, 1), chi1 ?? NaN, 1e-9);
    }
  });

  it('has its slope as derivative', () => {
    for (const phi of [tanh, elu(), selu]) {
      const at = (rho: number): number => correlationMap(phi, { weightVariance: 1.2, biasVariance: 0.2, q: 0.8 }, rho);
      for (const rho of [-0.6, 0.1, 0.95]) {
        const slope = correlationSlope(phi, { weightVariance: 1.2, biasVariance: 0.2, q: 0.8 }, rho);
        expect(slope).toBeCloseTo((at(rho + 1e-5) - at(rho - 1e-5)) / 2e-5, 6);
      }
    }
  });

  it('is a correlation, and grows with the one that goes in', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(tanh, selu, relu),
        fc.double({ min: 0.1, max: 4, noNaN: true }),
        fc.double({ min: 0, max: 0.95, noNaN: true }),
        (phi, q, rho) => {
          const options = { weightVariance: 1.5, biasVariance: 0.1, q };
          const [next, further] = [rho, rho + 0.05].map((each) => correlationMap(phi, options, Math.min(1, each)));
          expect(next).toBeGreaterThanOrEqual(-1);
          expect(further).toBeLessThanOrEqual(1);
          expect(further).toBeGreaterThan(next);
        },
      ),
      { numRuns: 30 },
    );
  });

  it('refuses what is no correlation, and a length that there is not', () => {
    for (const rho of [1.1, -2, NaN]) {
      expect(() => correlationMap(relu, { weightVariance: 2, q: 1 }, rho)).toThrow(ParameterError);
    }
    expect(() => correlationMap(relu, { weightVariance: 2, q: 0 }, 0)).toThrow(ParameterError);
    expect(() => correlationMap(relu, { weightVariance: -2, q: 1 }, 0)).toThrow(ParameterError);
    expect(() => correlationMap(relu, { weightVariance: 2, biasVariance: 1 }, 0)).toThrow('lengths grow without end');
    expect(() => correlationMap(tanh, { weightVariance: 0.5 }, 0)).toThrow('lengths shrink to 0');
    expect(() => correlationMap(tanh, { weightVariance: 0, q: 1 }, 0)).toThrow('all signals are 0');
  });
});

describe('correlationFixedPoint', () => {
  it('is 1 in the ordered phase, with ξ_c = −1/ln χ₁', () => {
    const options = { weightVariance: 1.5, biasVariance: 0.05 };
    const { correlation, correlationScale } = correlationFixedPoint(tanh, options);
    expect(correlation).toBe(1);
    expectRelative(correlationScale, meanField(tanh, options).correlationScale ?? NaN, 1e-9);
  });

  it('is 1, approached algebraically, at the edge of chaos', () => {
    expect(correlationFixedPoint(relu, { weightVariance: 2 })).toEqual({
      correlation: 1,
      slope: 1,
      correlationScale: Infinity,
    });
  });

  it('is where iteration ends in the chaotic phase', () => {
    const options = { weightVariance: 3, biasVariance: 0.05, q: 1.2 };
    const { correlation, slope } = correlationFixedPoint(tanh, options);
    let rho = 0.9;
    for (let layer = 0; layer < 300; layer++) rho = correlationMap(tanh, options, rho);
    expect(correlation).toBeLessThan(0.99);
    expectRelative(correlation, rho, 1e-9);
    expect(slope).toBeLessThan(1);
  });

  it('is 0 in the chaotic phase of an odd activation without bias, where R(0) = 0', () => {
    expect(correlationFixedPoint(tanh, { weightVariance: 3 }).correlation).toBe(0);
    let rho = 0.9;
    for (let layer = 0; layer < 300; layer++) rho = correlationMap(tanh, { weightVariance: 3 }, rho);
    expect(rho).toBeCloseTo(0, 9);
  });

  it('is found close to the edge, where iteration would take for ever', () => {
    const options = { weightVariance: 1.7612, biasVariance: 0.05 };
    const { correlation, slope } = correlationFixedPoint(tanh, options);
    const chi1 = meanField(tanh, options).chi1 ?? NaN;
    expect(correlation).toBeLessThan(1);
    expect(correlation).toBeGreaterThan(0.999);
    // The slopes of a parabola at its two fixed points lie on both sides of 1.
    expectRelative(1 - slope, chi1 - 1, 0.02);
  });

  it('of an odd activation without bias is 0', () => {
    expect(correlationFixedPoint(tanh, { weightVariance: 2 }).correlation).toBe(0);
    expect(correlationFixedPoint(selu, { weightVariance: 1 }).correlation).toBeCloseTo(0, 10);
  });
});
