import { describe, expect, it } from 'vitest';
import type { ElementwiseActivation } from '../activation.ts';
import { activation, activationNames } from './by-name.ts';
import { elu, gelu, hardSwish, leakyRelu, mish, relu, relu6, selu, silu, softplus, tanh } from './catalogue.ts';

const elementwise = activationNames
  .map((name) => activation(name))
  .filter((phi): phi is ElementwiseActivation => phi.kind === 'elementwise');

/** lim φ and lim φ' for x → −∞ and for x → ∞. */
const limits: Readonly<Record<string, readonly [readonly [number, number], readonly [number, number]]>> = {
  abs: [
    [Infinity, -1],
    [Infinity, 1],
  ],
  celu: [
    [-1, 0],
    [Infinity, 1],
  ],
  elu: [
    [-1, 0],
    [Infinity, 1],
  ],
  gelu: [
    [0, 0],
    [Infinity, 1],
  ],
  'hard-sigmoid': [
    [0, 0],
    [1, 0],
  ],
  'hard-swish': [
    [0, 0],
    [Infinity, 1],
  ],
  identity: [
    [-Infinity, 1],
    [Infinity, 1],
  ],
  'leaky-relu': [
    [-Infinity, 0.01],
    [Infinity, 1],
  ],
  mish: [
    [0, 0],
    [Infinity, 1],
  ],
  prelu: [
    [-Infinity, 0.25],
    [Infinity, 1],
  ],
  relu: [
    [0, 0],
    [Infinity, 1],
  ],
  relu6: [
    [0, 0],
    [6, 0],
  ],
  rrelu: [
    [-Infinity, 11 / 48],
    [Infinity, 1],
  ],
  // λ α and λ, Klambauer et al. 2017.
  selu: [
    [-1.7580993408473769, 0],
    [Infinity, 1.0507009873554805],
  ],
  sigmoid: [
    [0, 0],
    [1, 0],
  ],
  silu: [
    [0, 0],
    [Infinity, 1],
  ],
  softplus: [
    [0, 0],
    [Infinity, 1],
  ],
  tanh: [
    [-1, 0],
    [1, 0],
  ],
};

describe.each(elementwise)('$name at the edges', (phi) => {
  const [[lowest, lowestSlope], [highest, highestSlope]] = limits[phi.name];

  it('gives NaN for NaN', () => {
    expect(phi.value(NaN)).toBeNaN();
    expect(phi.derivative(NaN)).toBeNaN();
    if (phi.derivativeFromOutput !== undefined) expect(phi.derivativeFromOutput(NaN)).toBeNaN();
  });

  it('has its limits at ±∞', () => {
    // Adding 0 takes −0 for 0.
    expect(phi.value(-Infinity) + 0).toBe(lowest);
    expect(phi.value(Infinity)).toBe(highest);
    expect(phi.derivative(-Infinity) + 0).toBe(lowestSlope);
    expect(phi.derivative(Infinity)).toBe(highestSlope);
  });

  it.each([1e4, 1e154, 1e200, 1e308])('does not overflow at ±%d', (size) => {
    const above = phi.value(size);
    const below = phi.value(-size);
    if (Number.isFinite(highest)) expect(above).toBe(highest);
    else expect(above / size).toBeCloseTo(highestSlope, 14);
    if (Number.isFinite(lowest)) expect(below + 0).toBe(lowest);
    else expect(below / -size).toBeCloseTo(lowestSlope, 14);
    expect(phi.derivative(size)).toBe(highestSlope);
    expect(phi.derivative(-size) + 0).toBe(lowestSlope);
  });

  it('treats −0 as 0', () => {
    expect(phi.value(-0)).toBeCloseTo(phi.value(0), 20);
    expect(phi.derivative(-0)).toBe(phi.derivative(0));
  });
});

describe('relu and relu6', () => {
  it('return +0, never −0', () => {
    for (const phi of [relu, relu6, leakyRelu({ alpha: 0 })]) {
      for (const x of [-0, -1, -1e-320, -Infinity]) expect(Object.is(phi.value(x), 0)).toBe(true);
    }
  });
});

describe("near 0, where φ(x) = φ'(0) x to the last digit", () => {
  it.each([
    [elu(), 1],
    [elu({ alpha: 1.7 }), 1.7],
    [selu, 1.7580993408473769],
    [tanh, 1],
    [gelu, 0.5],
    [silu, 0.5],
    [mish, 0.6],
    [hardSwish, 0.5],
  ])('%o', (phi, slope) => {
    for (const x of [-1e-20, -1e-100, -1e-290]) expect(phi.value(x) / x).toBeCloseTo(slope, 15);
  });
});

describe('far to the left', () => {
  it('softplus is eˣ', () => {
    expect(softplus.value(-700)).toBe(Math.exp(-700));
  });

  it('leaky ReLU with slope 0 is ReLU, also at −∞', () => {
    expect(leakyRelu({ alpha: 0 }).value(-Infinity)).toBe(0);
  });
});
