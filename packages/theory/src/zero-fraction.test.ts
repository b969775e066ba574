import {
  ParameterError,
  defineActivation,
  elu,
  gelu,
  hardSwish,
  leakyRelu,
  normalCumulative,
  random,
  relu,
  relu6,
} from '@relu-lab/core';
import { describe, expect, it } from 'vitest';
import { batchNormZeroFraction, zeroFraction } from './zero-fraction.ts';

describe('zeroFraction', () => {
  it('of ReLU without bias is one half, whatever the length', () => {
    expect(zeroFraction(relu)).toBe(0.5);
    expect(zeroFraction(relu, { q: 17 })).toBe(0.5);
    expect(zeroFraction(relu, { q: 0.3, biasVariance: 4 })).toBe(0.5);
  });

  it('of ReLU with a constant bias is Φ(−b/√q)', () => {
    expect(zeroFraction(relu, { bias: -1, q: 4 })).toBeCloseTo(normalCumulative(0.5), 15);
    expect(zeroFraction(relu, { bias: 0.1, q: 2 })).toBeCloseTo(normalCumulative(-0.1 / Math.SQRT2), 15);
  });

  it('is what is drawn with random biases', () => {
    const stream = random(5).stream('zeros');
    const [bias, biasVariance, q, draws] = [0.4, 0.5, 1.2, 100_000];
    let zeros = 0;
    for (let i = 0; i < draws; i++) {
      const z = stream.normal(bias, Math.sqrt(biasVariance)) + stream.normal(0, Math.sqrt(q));
      if (relu6.value(z) === 0) zeros++;
    }
    expect(zeros / draws).toBeCloseTo(zeroFraction(relu6, { q, bias, biasVariance }), 2);
  });

  it('counts every region where φ is 0, and no other', () => {
    expect(zeroFraction(hardSwish)).toBeCloseTo(normalCumulative(-3), 16);
    const shrink = defineActivation({
      name: 'soft-shrink',
      value: (x) => Math.sign(x) * Math.max(0, Math.abs(x) - 0.5),
      derivative: (x) => (Math.abs(x) > 0.5 ? 1 : 0),
      kinks: [-0.5, 0.5],
    });
    expect(zeroFraction(shrink)).toBeCloseTo(2 * normalCumulative(0.5) - 1, 15);
    for (const phi of [leakyRelu(), gelu, elu()]) expect(zeroFraction(phi)).toBe(0);
  });

  it('keeps its digits where hardly anything is 0', () => {
    const { value } = defineActivation({
      name: 'x',
      value: (x) => Math.min(0, x),
      derivative: (x) => (x < 0 ? 1 : 0),
      kinks: [0],
    });
    const mirrored = { ...relu, name: 'mirrored', value };
    expect(
      zeroFraction({ ...mirrored, derivative: (x) => (x < 0 ? 1 : 0) }, { bias: -20 }) / normalCumulative(-20),
    ).toBeCloseTo(1, 12);
  });

  it('refuses an activation whose value is NaN, and says where', () => {
    const broken = { ...relu, name: 'broken', positivelyHomogeneous: false, value: (x: number) => (x < -2 ? NaN : 0) };
    expect(() => zeroFraction(broken)).toThrow(ParameterError);
    expect(() => zeroFraction(broken)).toThrow(/value of the activation 'broken' must be a number, but at x = -3/);
    expect(() => batchNormZeroFraction(broken)).toThrow(ParameterError);
    expect(() => batchNormZeroFraction(broken, { gamma: 0, beta: -5 })).toThrow(/at x = -5 it is NaN/);
  });

  it('refuses negative variances and unsound activations', () => {
    for (const options of [{ q: 0 }, { q: -1 }, { biasVariance: -1 }, { bias: NaN }]) {
      expect(() => zeroFraction(relu, options)).toThrow(ParameterError);
    }
    expect(() => zeroFraction({ ...relu, kinks: [1, 0] })).toThrow(ParameterError);
  });
});

describe('batchNormZeroFraction', () => {
  it('of ReLU is Φ(−β/γ), whatever the sign of γ', () => {
    expect(batchNormZeroFraction(relu)).toBe(0.5);
    for (const gamma of [0.5, -0.5]) {
      expect(batchNormZeroFraction(relu, { gamma, beta: 1 })).toBeCloseTo(normalCumulative(-2), 16);
    }
  });

  it('is all or nothing where γ is 0', () => {
    expect(batchNormZeroFraction(relu, { gamma: 0, beta: -1 })).toBe(1);
    expect(batchNormZeroFraction(relu, { gamma: 0, beta: 1 })).toBe(0);
  });
});
