import {
  type ElementwiseActivation,
  ParameterError,
  abs,
  defineActivation,
  elu,
  gelu,
  identity,
  leakyRelu,
  mish,
  relu,
  selu,
  sigmoid,
  silu,
  softplus,
  tanh,
} from '@relu-lab/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expectRelative } from '../test/closeness.ts';
import { recordedActivation, reference } from '../test/reference.ts';
import { lengthMap } from './length-map.ts';
import { meanField } from './mean-field.ts';

/** ReLU, defined by someone who does not know that it is homogeneous. */
const ownRelu = defineActivation({
  name: 'own-relu',
  value: (x) => (x > 0 ? x : 0),
  derivative: (x) => (x > 0 ? 1 : 0),
  kinks: [0],
});

describe('mean field of ReLU', () => {
  it('is marginal at σ_w² = 2 without bias: every length is kept', () => {
    const found = meanField(relu, { weightVariance: 2 });
    expect(found.status).toBe('marginal');
    expect(found).toEqual({
      status: 'marginal',
      q: 1,
      chi1: 1,
      lengthScale: Infinity,
      correlationScale: Infinity,
      fixedPoints: [{ q: 1, chi1: 1, stable: false }],
    });
  });

  it('has q = σ_b²/(1 − σ_w²/2) below 2', () => {
    const { status, q, chi1, lengthScale, correlationScale } = meanField(relu, {
      weightVariance: 1.5,
      biasVariance: 0.1,
    });
    expect(status).toBe('converged');
    expect(q).toBeCloseTo(0.4, 14);
    expect(chi1).toBe(0.75);
    expect(lengthScale).toBeCloseTo(-1 / Math.log(0.75), 14);
    expect(correlationScale).toBe(lengthScale);
    expect(meanField(relu, { weightVariance: 1.5 })).toMatchObject({ status: 'converged', q: 0, chi1: 0.75 });
  });

  it('diverges above 2, and at 2 with bias', () => {
    const nowhere = { status: 'diverges', q: null, chi1: null, lengthScale: null, correlationScale: null };
    expect(meanField(relu, { weightVariance: 3 })).toEqual({
      ...nowhere,
      fixedPoints: [{ q: 0, chi1: 1.5, stable: false }],
    });
    expect(meanField(relu, { weightVariance: 2, biasVariance: 0.01 })).toEqual({ ...nowhere, fixedPoints: [] });
    expect(meanField(relu, { weightVariance: 2.0000001 }).status).toBe('diverges');
    expect(meanField(relu, { weightVariance: 1.9999999 }).status).toBe('converged');
  });

  it('is the same for one who does not know that it is homogeneous', () => {
    for (const weightVariance of [0.5, 1.999, 2, 2.001, 5]) {
      for (const biasVariance of [0, 0.2]) {
        const [known, unknown] = [relu, ownRelu].map((phi) => meanField(phi, { weightVariance, biasVariance }));
        expect(unknown.status, `${weightVariance}, ${biasVariance}`).toBe(known.status);
        if (known.q !== null) expectRelative(unknown.q ?? NaN, known.q, 1e-8);
      }
    }
  });
});

describe('mean field of the homogeneous family', () => {
  it('is marginal at 2/(1 + α²)', () => {
    for (const alpha of [0.01, 0.25, 1 / 3, -0.5, 0.9999]) {
      expect(meanField(leakyRelu({ alpha }), { weightVariance: 2 / (1 + alpha * alpha) }).status).toBe('marginal');
    }
    expect(meanField(abs, { weightVariance: 1 }).status).toBe('marginal');
    expect(meanField(identity, { weightVariance: 1 }).status).toBe('marginal');
  });
});

describe('mean field of smooth activations', () => {
  it.each(reference.fixedPoints)(
    'has the fixed points that mpmath finds: $activation at $weightVariance, $biasVariance',
    ({ activation, weightVariance, biasVariance, q, chi1, lengthSlope }) => {
      const { fixedPoints, ...limit } = meanField(recordedActivation(activation), { weightVariance, biasVariance });
      const point = fixedPoints.find((candidate) => Math.abs(candidate.q / q - 1) < 1e-3);
      expectRelative(point?.q ?? NaN, q, 1e-8);
      expectRelative(point?.chi1 ?? NaN, chi1, 1e-8);
      expect(point?.stable).toBe(lengthSlope < 1);
      if (limit.q === point?.q) expectRelative(limit.lengthScale ?? NaN, -1 / Math.log(Math.abs(lengthSlope)), 1e-6);
    },
  );

  it('is that of the table', () => {
    const ofSelu = meanField(selu, { weightVariance: 1 });
    expect(ofSelu.status).toBe('converged');
    expect(ofSelu.q).toBeCloseTo(1, 12);
    expect(ofSelu.chi1).toBeCloseTo(1.071575, 7);
    expect((ofSelu.chi1 ?? 0) ** 40).toBeCloseTo(15.9, 1);
    expect(ofSelu.correlationScale).toBeNull();
    const ofSigmoid = meanField(sigmoid, { weightVariance: 1 });
    expect(ofSigmoid.q).toBeCloseTo(0.26468688, 8);
    expect(ofSigmoid.chi1).toBeCloseTo(0.05572071, 8);
  });

  it('of tanh at σ_w² = 1 is 0, however slowly it is approached', () => {
    expect(meanField(tanh, { weightVariance: 1 })).toMatchObject({
      status: 'converged',
      q: 0,
      chi1: 1,
      fixedPoints: [{ q: 0, stable: true }],
    });
  });

  it('of tanh close above σ_w² = 1 is (σ_w² − 1)/2 to first order', () => {
    for (const excess of [1e-3, 1e-5, 1e-7]) {
      const { q, fixedPoints } = meanField(tanh, { weightVariance: 1 + excess });
      expectRelative(q ?? NaN, excess / 2, 2 * excess + 1e-8);
      expect(fixedPoints.map(({ stable }) => stable)).toEqual([false, true]);
    }
  });

  it('of ELU close above σ_w² = 1 is smaller than any iteration would find: (√(π/2) (1 − 1/σ_w²))² to first order', () => {
    // E[φ²]/q = 1 − E[|z|³; z < 0] √q = 1 − √(2q/π).
    for (const excess of [1e-3, 1e-6, 1e-9]) {
      const { q } = meanField(elu(), { weightVariance: 1 + excess });
      expectRelative(q ?? NaN, (Math.PI / 2) * (1 - 1 / (1 + excess)) ** 2, 3 * excess + 1e-6);
    }
  });

  it('takes no slow drift for a fixed point: ELU at σ_w² = 2 has none but 0', () => {
    expect(meanField(elu(), { weightVariance: 2 })).toEqual({
      status: 'diverges',
      q: null,
      chi1: null,
      lengthScale: null,
      correlationScale: null,
      fixedPoints: [{ q: 0, chi1: 2, stable: false }],
    });
    // Just below there is one, far away: (1 − σ_w²/2) q = σ_w² E[(1 − eˣ)²; x < 0] → σ_w²/2.
    const { status, q } = meanField(elu(), { weightVariance: 2 - 1e-6 });
    expect(status).toBe('converged');
    expectRelative(q ?? NaN, 2e6, 1e-2);
  });

  it('of a saturating activation follows any variance', () => {
    const { status, q } = meanField(tanh, { weightVariance: 1e18, biasVariance: 1e16 });
    expect(status).toBe('converged');
    expectRelative(q ?? NaN, 1.01e18, 1e-6);
    expectRelative(meanField(tanh, { weightVariance: 0.5, biasVariance: 1e-20 }).q ?? NaN, 2e-20, 1e-8);
  });

  it('without weights is the bias', () => {
    expect(meanField(tanh, { weightVariance: 0, biasVariance: 0.3 })).toEqual({
      status: 'converged',
      q: 0.3,
      chi1: 0,
      lengthScale: 0,
      correlationScale: 0,
      fixedPoints: [{ q: 0.3, chi1: 0, stable: true }],
    });
  });
});

describe('mean field of GELU, SiLU and Mish', () => {
  it.each([gelu, silu, mish])('with He’s variance lets the signal of $name vanish', (phi) => {
    expect(meanField(phi, { weightVariance: 2 })).toMatchObject({ status: 'converged', q: 0 });
  });

  it.each([gelu, silu, mish])(
    'is bistable for $name at 2.2: lengths below the unstable point vanish, above it explode',
    (phi) => {
      const { status, fixedPoints, q } = meanField(phi, { weightVariance: 2.2 });
      expect(status).toBe('bistable');
      expect(fixedPoints.map(({ stable }) => stable)).toEqual([true, false]);
      const unstable = fixedPoints[1].q;
      expect(q).toBe(unstable > 1 ? 0 : null);
      for (const [start, grows] of [
        [0.99 * unstable, false],
        [1.01 * unstable, true],
      ] as const) {
        let length = start;
        for (let layer = 0; layer < 20; layer++) length = lengthMap(phi, { weightVariance: 2.2, q: length });
        expect(length > start).toBe(grows);
      }
    },
  );

  it('goes to infinity from 1 where the unstable point is below', () => {
    expect(meanField(gelu, { weightVariance: 3 })).toMatchObject({
      status: 'bistable',
      q: null,
      chi1: null,
      lengthScale: null,
      correlationScale: null,
    });
    expect(meanField(mish, { weightVariance: 3 }).status).toBe('diverges');
  });

  it('stays at 1 where the weights are made to keep it, although that is unstable', () => {
    const found = meanField(gelu, { weightVariance: 1 / 0.4252214825702986 });
    expect(found.status).toBe('bistable');
    expect(found.q).toBeCloseTo(1, 10);
    expect(found.lengthScale).toBeNull();
  });
});

describe('mean field of activations of one’s own', () => {
  it('is bistable with two finite attractors', () => {
    // Nearly flat below 1, nearly saturated above 4: small signals stay small, large ones large.
    const ramp = defineActivation({
      name: 'two-levels',
      value: (x) => Math.min(Math.max(Math.abs(x) - 2, 0), 1) * 4,
      derivative: (x) => (Math.abs(x) > 2 && Math.abs(x) < 3 ? 4 * Math.sign(x) : 0),
      kinks: [-3, -2, 2, 3],
    });
    const { status, fixedPoints, q } = meanField(ramp, { weightVariance: 3, biasVariance: 0.3 });
    expect(status).toBe('bistable');
    expect(fixedPoints.map(({ stable }) => stable)).toEqual([true, false, true]);
    for (const point of fixedPoints) {
      expectRelative(lengthMap(ramp, { weightVariance: 3, biasVariance: 0.3, q: point.q }), point.q, 1e-10);
    }
    // Iteration from 1 agrees.
    let length = 1;
    for (let layer = 0; layer < 200; layer++)
      length = lengthMap(ramp, { weightVariance: 3, biasVariance: 0.3, q: length });
    expectRelative(q ?? NaN, length, 1e-8);
  });

  it('agrees with iteration where the map falls', () => {
    const bump = defineActivation({
      name: 'bump',
      value: (x) => Math.exp(-x * x),
      derivative: (x) => -2 * x * Math.exp(-x * x),
    });
    for (const weightVariance of [0.5, 5, 100]) {
      const { status, q } = meanField(bump, { weightVariance });
      expect(status).toBe('converged');
      let length = 1;
      for (let layer = 0; layer < 200; layer++) length = lengthMap(bump, { weightVariance, q: length });
      expectRelative(q ?? NaN, length, 1e-8);
      // V(q) = σ_w² / √(1 + 4q).
      expectRelative(q ?? NaN, weightVariance / Math.sqrt(1 + 4 * (q ?? NaN)), 1e-8);
    }
  });

  it('diverges for one that grows faster than a line', () => {
    const grower = defineActivation({ name: 'sinh', value: Math.sinh, derivative: Math.cosh });
    expect(meanField(grower, { weightVariance: 2 }).status).toBe('diverges');
    expect(meanField(grower, { weightVariance: 0.1 })).toMatchObject({ status: 'bistable', q: 0 });
  });

  it('may overflow where φ itself would not', () => {
    const naive = defineActivation({
      name: 'naive-softplus',
      value: (x) => Math.log(1 + Math.exp(x)),
      derivative: (x) => Math.exp(x) / (1 + Math.exp(x)),
    });
    for (const options of [{ weightVariance: 1, biasVariance: 0.1 }, { weightVariance: 1.5 }]) {
      const [ours, theirs] = [softplus, naive].map((phi) => meanField(phi, options));
      expect(theirs.status).toBe(ours.status);
      expectRelative(theirs.q ?? NaN, ours.q ?? NaN, 1e-8);
    }
  });
});

describe('every fixed point', () => {
  it('is one, and the limit of 1 is listed, for any activation and variances', () => {
    const anyActivation = fc.constantFrom<ElementwiseActivation>(
      tanh,
      elu(),
      gelu,
      selu,
      sigmoid,
      silu,
      softplus,
      ownRelu,
    );
    fc.assert(
      fc.property(
        anyActivation,
        fc.double({ min: 0.05, max: 20, noNaN: true }),
        fc.double({ min: 0, max: 5, noNaN: true }),
        (phi, weightVariance, biasVariance) => {
          const { fixedPoints, q, status } = meanField(phi, { weightVariance, biasVariance });
          for (const point of fixedPoints) {
            expectRelative(
              lengthMap(phi, { weightVariance, biasVariance, q: point.q }),
              point.q,
              1e-9,
              Math.max(point.q, 1e-12),
            );
          }
          if (status === 'converged') expect(fixedPoints.some((point) => point.q === q)).toBe(true);
          if (status === 'diverges') expect(fixedPoints.every(({ stable }) => !stable)).toBe(true);
        },
      ),
      { numRuns: 100 },
    );
  });
});

describe('meanField refuses', () => {
  it('negative variances, what is missing and what is unknown', () => {
    expect(() => meanField(tanh, { weightVariance: -1 })).toThrow(ParameterError);
    expect(() => meanField(tanh, { weightVariance: 1, biasVariance: -0.1 })).toThrow(ParameterError);
    expect(() => meanField(tanh, {} as never)).toThrow('meanField needs weightVariance');
    expect(() => meanField(tanh, { weightvariance: 1 } as never)).toThrow("did you mean 'weightVariance'");
    expect(() => meanField({ ...tanh, value: () => NaN }, { weightVariance: 1 })).toThrow('must be a number');
    expect(() => meanField({ ...tanh, kinks: [2, 1] }, { weightVariance: 1 })).toThrow('ascending');
  });
});
