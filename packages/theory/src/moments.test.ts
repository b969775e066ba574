import {
  type ElementwiseActivation,
  ParameterError,
  activation,
  activationNames,
  defineActivation,
  elu,
  gelu,
  leakyRelu,
  maxout,
  normalCumulative,
  normalDensity,
  relu,
  relu6,
  selu,
  sigmoid,
  tanh,
} from '@relu-lab/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expectRelative } from '../test/closeness.ts';
import { recordedActivation, reference } from '../test/reference.ts';
import { quadratureMoments } from './gaussian-moments.ts';
import { moments } from './moments.ts';

/** The same activation, treated as any other. */
function notHomogeneous(phi: ElementwiseActivation): ElementwiseActivation {
  return { ...phi, positivelyHomogeneous: false };
}

describe('moments of a standard normal pre-activation', () => {
  it('are those of the table', () => {
    const root = Math.sqrt(2 * Math.PI);
    const table: readonly (readonly [ElementwiseActivation, number, number, number, number])[] = [
      [relu, 1 / root, 1 / 2, 1 / 2, Math.SQRT2],
      [leakyRelu({ alpha: 0.2 }), 0.8 / root, 0.52, 0.52, Math.sqrt(2 / 1.04)],
      [elu(), 0.1605205723, 0.6449454175, 0.6681020012, 1.2451983],
      [selu, 0, 1, 1.0715749925, 1],
      [tanh, 0, 0.3942944904, 0.4644029024, 1.59253742],
    ];
    for (const [phi, mean, secondMoment, derivativeSecondMoment, forwardGain] of table) {
      const found = moments(phi);
      expect(found.mean, phi.name).toBeCloseTo(mean, 10);
      expect(found.secondMoment, phi.name).toBeCloseTo(secondMoment, 10);
      expect(found.derivativeSecondMoment, phi.name).toBeCloseTo(derivativeSecondMoment, 10);
      expect(found.forwardGain, phi.name).toBeCloseTo(forwardGain, 8);
      expectRelative(found.backwardGain, 1 / Math.sqrt(derivativeSecondMoment), 1e-10);
    }
    expectRelative(moments(relu).variance, (Math.PI - 1) / (2 * Math.PI), 1e-15);
  });
});

describe('moments of every activation', () => {
  it('are recorded', () => {
    const recorded = new Set(reference.moments.map((row) => recordedActivation(row.activation).name));
    expect([...recorded, 'maxout', 'rrelu'].sort()).toEqual([...activationNames]);
  });

  it.each(reference.moments)('agree with mpmath to 1e-10: $activation under $normal', (row) => {
    const phi = recordedActivation(row.activation);
    const found = moments(phi, row.normal);
    const size = Math.sqrt(row.secondMoment);
    expectRelative(found.mean, row.mean, 1e-10, Math.max(Math.abs(row.mean), 1e-6 * size));
    expectRelative(found.secondMoment, row.secondMoment, 1e-10);
    expectRelative(found.derivativeSecondMoment, row.derivativeSecondMoment, 1e-10);
    // φ(mean) itself is rounded: that matters to what is left of it when the deviation is small.
    const rounding = (2e-16 * Math.abs(phi.value(row.normal.mean))) / Math.sqrt(row.variance);
    expectRelative(found.variance, row.variance, 1e-10 + rounding);
    expectRelative(found.curvatureMoment, row.curvatureMoment, 1e-10, row.derivativeSecondMoment + row.secondMoment);
    expectRelative(found.forwardGain, Math.sqrt(row.normal.variance / row.secondMoment), 1e-10);
  });
});

describe('closed forms', () => {
  const normals = [-12, -3, -0.5, 0, 0.5, 3, 12].flatMap((mean) =>
    [0.3, 1, 2.5].map((deviation) => ({ mean, deviation })),
  );

  it.each(['relu', 'leaky-relu', 'prelu', 'rrelu', 'abs', 'identity'] as const)('%s agrees with quadrature', (name) => {
    const phi = activation(name);
    for (const { mean, deviation } of normals) {
      if (Math.abs(mean) > 20 * deviation) continue;
      const closed = moments(phi, { mean, variance: deviation ** 2 });
      const quadrature = quadratureMoments(notHomogeneous(phi), mean, deviation);
      const label = `mean ${mean}, deviation ${deviation}`;
      for (const key of ['mean', 'secondMoment', 'variance', 'derivativeSecondMoment'] as const) {
        // E[x] = 0, by symmetry, has no digits of its own.
        const scale = Math.max(Math.abs(quadrature[key]), key === 'mean' && mean === 0 ? deviation : 0);
        expect(Math.abs(closed[key] - quadrature[key]) / scale, `${key} at ${label}`).toBeLessThan(1e-10);
      }
      expect(Math.abs(quadrature.curvatureMoment - closed.curvatureMoment), label).toBeLessThan(
        1e-11 * (1 + mean ** 2),
      );
    }
  });

  it('keeps the variance of a ReLU that is all but linear', () => {
    expectRelative(moments(relu, { mean: 1e6, variance: 4 }).variance, 4, 1e-14);
  });

  it('of ELU hold quadrature to account', () => {
    const alpha = 1.7;
    for (const [mean, variance] of [
      [0, 1],
      [1.2, 0.5],
      [-0.8, 3],
    ]) {
      const s = Math.sqrt(variance);
      const below = normalCumulative(-mean / s);
      const once = Math.exp(mean + variance / 2) * normalCumulative(-(mean + variance) / s);
      const twice = Math.exp(2 * mean + 2 * variance) * normalCumulative(-(mean + 2 * variance) / s);
      const above = mean * (1 - below) + s * normalDensity(mean / s);
      const aboveSquare = (mean ** 2 + variance) * (1 - below) + mean * s * normalDensity(mean / s);
      const found = moments(elu({ alpha }), { mean, variance });
      expectRelative(found.mean, above + alpha * (once - below), 1e-12);
      expectRelative(found.secondMoment, aboveSquare + alpha ** 2 * (twice - 2 * once + below), 1e-12);
      expectRelative(found.derivativeSecondMoment, 1 - below + alpha ** 2 * twice, 1e-12);
    }
  });

  it('of GELU hold quadrature to account', () => {
    for (const q of [1e-8, 0.1, 1, 10, 1e6]) {
      const { mean, secondMoment } = moments(gelu, { variance: q });
      expectRelative(mean, q / Math.sqrt(2 * Math.PI * (1 + q)), 1e-12);
      const arcs = Math.asin(q / (1 + q)) + (2 * q) / ((1 + q) * Math.sqrt(1 + 2 * q));
      expectRelative(secondMoment, (q / 4) * (1 + (2 / Math.PI) * arcs), 1e-12);
    }
  });
});

describe('an activation of one’s own', () => {
  it('needs no more than its definition', () => {
    const sine = defineActivation({ name: 'sine', value: Math.sin, derivative: Math.cos });
    for (const variance of [1e-6, 0.3, 1, 25]) {
      const { mean, secondMoment, derivativeSecondMoment, curvatureMoment } = moments(sine, { mean: 0.4, variance });
      const damped = Math.exp(-2 * variance) * Math.cos(0.8);
      expectRelative(mean, Math.sin(0.4) * Math.exp(-variance / 2), 1e-11, Math.sqrt(secondMoment));
      expectRelative(secondMoment, (1 - damped) / 2, 1e-11);
      expectRelative(derivativeSecondMoment, (1 + damped) / 2, 1e-11);
      expectRelative(curvatureMoment, -(1 - damped) / 2, 1e-9);
    }
  });

  it('may be a polynomial', () => {
    const square = defineActivation({ name: 'square', value: (x) => x * x, derivative: (x) => 2 * x });
    const { mean, secondMoment, variance, derivativeSecondMoment, curvatureMoment } = moments(square, {
      mean: 3,
      variance: 4,
    });
    expectRelative(mean, 13, 1e-12);
    expectRelative(secondMoment, 81 + 6 * 9 * 4 + 3 * 16, 1e-12);
    expectRelative(variance, secondMoment - 169, 1e-11);
    expectRelative(derivativeSecondMoment, 4 * 13, 1e-12);
    expectRelative(curvatureMoment, 2 * 13, 1e-11);
  });

  it('counts the jumps of φ’ at kinks in E[φ’’φ]', () => {
    // φ'' of ReLU6 is a point mass of −1 at 6, where φ is 6, and one of 1 at 0, where φ is 0.
    const { curvatureMoment } = moments(relu6, { mean: 4, variance: 2 });
    expectRelative(curvatureMoment, (-6 * normalDensity(2 / Math.SQRT2)) / Math.SQRT2, 1e-11);
  });

  it('is found at its kinks even if nobody names them', () => {
    const step = { ...relu6, kinks: [] };
    for (const mean of [0.1, 5.3]) {
      const named = moments(relu6, { mean });
      const unnamed = moments(step, { mean });
      expectRelative(unnamed.secondMoment, named.secondMoment, 1e-10);
      expectRelative(unnamed.derivativeSecondMoment, named.derivativeSecondMoment, 1e-10);
    }
  });

  it('may bend far from the mean and fast on the scale of the distribution', () => {
    for (const deviation of [1e2, 1e4, 1e7]) {
      // E[tanh'²] → ∫ sech⁴ × density at 0 = 4/3 / (√(2π) σ).
      const { derivativeSecondMoment } = moments(tanh, { variance: deviation ** 2 });
      expectRelative(derivativeSecondMoment, 4 / 3 / (Math.sqrt(2 * Math.PI) * deviation), 1 / deviation);
    }
    // density(20) − 20 Φ(−20), with mpmath.
    expectRelative(moments(relu6, { mean: -20 }).mean, 1.3700124947295799e-90, 1e-9);
  });

  it('gains nothing from a rounded derivative', () => {
    const naive = defineActivation({ name: 'naive', value: Math.tanh, derivative: (x) => 1 - Math.tanh(x) ** 2 });
    for (const mean of [0, 3, 19, 25]) {
      const [ours, theirs] = [moments(tanh, { mean }), moments(naive, { mean })];
      expect(Math.abs(ours.derivativeSecondMoment - theirs.derivativeSecondMoment)).toBeLessThan(1e-15);
    }
  });
});

describe('a variance of 0', () => {
  it('stands for the limit', () => {
    for (const phi of [relu, leakyRelu({ alpha: 0.3 }), elu({ alpha: 2 }), tanh, sigmoid, relu6, gelu]) {
      for (const mean of [0, 0.7, 6]) {
        const limit = moments(phi, { mean, variance: 0 });
        const near = moments(phi, { mean, variance: 1e-14 });
        const label = `${phi.name} at ${mean}`;
        expect(limit.mean, label).toBeCloseTo(near.mean, 6);
        expect(limit.derivativeSecondMoment, label).toBeCloseTo(near.derivativeSecondMoment, 6);
        if (Number.isFinite(limit.curvatureMoment)) {
          expect(limit.curvatureMoment, label).toBeCloseTo(near.curvatureMoment, 6);
        } else {
          expect(Math.abs(near.curvatureMoment), label).toBeGreaterThan(1e5);
        }
        expect(limit.forwardGain, label).toBeCloseTo(near.forwardGain, 5);
      }
    }
  });
});

describe('all moments', () => {
  const anyActivation = fc
    .constantFrom(...activationNames.filter((name) => name !== 'maxout'))
    .map((name) => activation(name as 'relu'));
  const anyNormal = fc.record({
    mean: fc.double({ min: -20, max: 20, noNaN: true }),
    variance: fc.double({ min: 1e-6, max: 1e4, noNaN: true }),
  });

  it('satisfy E[φ²] = Var[φ] + E[φ]² and Poincaré’s inequality Var[φ] ≤ variance × E[φ’²]', () => {
    fc.assert(
      fc.property(anyActivation, anyNormal, (phi, normal) => {
        const { mean, secondMoment, variance, derivativeSecondMoment } = moments(phi, normal);
        expect(variance).toBeGreaterThanOrEqual(0);
        expectRelative(secondMoment, variance + mean * mean, 1e-10);
        const rounding = 1e-14 * secondMoment;
        expect(variance).toBeLessThanOrEqual(normal.variance * derivativeSecondMoment * (1 + 1e-9) + rounding);
      }),
      { numRuns: 300 },
    );
  });

  it('follow a shift of φ', () => {
    fc.assert(
      fc.property(anyNormal, fc.double({ min: -5, max: 5, noNaN: true }), (normal, shift) => {
        const shifted = { ...selu, value: (x: number): number => selu.value(x) + shift };
        const [before, after] = [moments(selu, normal), moments(shifted, normal)];
        expectRelative(after.mean, before.mean + shift, 1e-10, 1 + Math.abs(after.mean));
        const rounding = (4e-16 * (Math.abs(shift) + Math.abs(after.mean))) / Math.sqrt(before.variance);
        expectRelative(after.variance, before.variance, 1e-10 + rounding);
      }),
      { numRuns: 100 },
    );
  });
});

describe('moments refuses', () => {
  it('a φ or φ’ that is NaN, and says where', () => {
    const hole = { ...tanh, name: 'hole', value: (x: number) => (x > 1 ? NaN : x) };
    expect(() => moments(hole)).toThrow(ParameterError);
    expect(() => moments(hole)).toThrow(/value of the activation 'hole' must be a number, but at x = \d/);
    expect(() => moments({ ...tanh, derivative: () => NaN })).toThrow(ParameterError);
    expect(() => moments({ ...tanh, value: () => 'x' as unknown as number })).toThrow(ParameterError);
  });

  it.each([[[1, 0]], [[0, 0]], [[NaN]], [[Infinity]]])('the kinks %j', (kinks) => {
    expect(() => moments({ ...tanh, kinks })).toThrow(ParameterError);
    expect(() => moments({ ...tanh, kinks })).toThrow('must be finite and ascending');
  });

  it('an activation that is not homogeneous although it says so', () => {
    expect(() => moments({ ...tanh, positivelyHomogeneous: true })).toThrow(ParameterError);
    expect(() => moments({ ...relu, derivative: () => 3 })).toThrow('positively homogeneous');
  });

  it('a negative variance, and what is not finite', () => {
    for (const normal of [
      { variance: -1 },
      { variance: NaN },
      { variance: Infinity },
      { mean: Infinity },
      { means: 0 },
    ]) {
      expect(() => moments(relu, normal)).toThrow(ParameterError);
    }
  });

  it('maxout, and points to its own moments', () => {
    expect(() => moments(maxout({ pieces: 3 }) as never)).toThrow('maxoutMoments({ pieces: 3 })');
    expect(() => moments('relu' as never)).toThrow(ParameterError);
  });
});
