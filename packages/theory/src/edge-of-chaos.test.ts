import { ParameterError, defineActivation, elu, gelu, leakyRelu, mish, relu, silu, tanh } from '@relu-lab/core';
import { describe, expect, it } from 'vitest';
import { expectRelative } from '../test/closeness.ts';
import { recordedActivation, reference } from '../test/reference.ts';
import { edgeOfChaos } from './edge-of-chaos.ts';
import { meanField } from './mean-field.ts';

describe('edgeOfChaos', () => {
  it('of the ReLU family without bias is 2/(1 + α²), at any length', () => {
    expect(edgeOfChaos(relu, { biasVariance: 0 })).toEqual({ status: 'found', weightVariance: 2, q: 1 });
    expect(edgeOfChaos(relu)).toEqual({ status: 'found', weightVariance: 2, q: 1 });
    expect(edgeOfChaos(leakyRelu({ alpha: 0.5 }))).toEqual({ status: 'found', weightVariance: 1.6, q: 1 });
  });

  it('of the ReLU family with bias is none: the length grows', () => {
    const none = edgeOfChaos(relu, { biasVariance: 0.1 });
    expect(none).toMatchObject({ status: 'none', candidates: [] });
    expect(none).toHaveProperty('reason', expect.stringContaining('homogeneous'));
  });

  it('of tanh is that of the table', () => {
    const withBias = edgeOfChaos(tanh, { biasVariance: 0.05 });
    expect(withBias).toEqual({
      status: 'found',
      weightVariance: expect.closeTo(1.7609546, 7),
      q: expect.closeTo(0.5700479, 7),
    });
    expect(edgeOfChaos(tanh, { biasVariance: 0 })).toEqual({ status: 'found', weightVariance: 1, q: 0 });
  });

  it.each(reference.edges)(
    'agrees with mpmath: $activation with a bias variance of $biasVariance',
    ({ activation, biasVariance, weightVariance, q, lengthSlope }) => {
      const edge = edgeOfChaos(recordedActivation(activation), { biasVariance });
      expect(edge.status).toBe(lengthSlope < 1 ? 'found' : 'none');
      const point = edge.status === 'found' ? edge : edge.candidates.find((one) => Math.abs(one.q / q - 1) < 0.01);
      expectRelative(point?.weightVariance ?? NaN, weightVariance, 1e-8);
      expectRelative(point?.q ?? NaN, q, 1e-8);
    },
  );

  it.each([gelu, silu, mish])('of $name is none, with the points from which the length runs away', (phi) => {
    for (const biasVariance of [0, 0.05]) {
      const edge = edgeOfChaos(phi, { biasVariance });
      expect(edge.status).toBe('none');
      if (edge.status !== 'none') continue;
      expect(edge.reason).toContain('unstable');
      expect(edge.candidates).toHaveLength(1);
      const [{ weightVariance, q }] = edge.candidates;
      const { fixedPoints } = meanField(phi, { weightVariance, biasVariance });
      const point = fixedPoints.find((one) => Math.abs(one.q - q) <= 1e-8 * q);
      expect(point?.chi1).toBeCloseTo(1, 9);
      expect(point?.stable).toBe(false);
    }
  });

  it('of ELU is at 0 without bias, and at a length that the mean field confirms with it', () => {
    expect(edgeOfChaos(elu())).toEqual({ status: 'found', weightVariance: 1, q: 0 });
    const edge = edgeOfChaos(elu({ alpha: 1.3 }), { biasVariance: 0.2 });
    if (edge.status !== 'found') throw new Error(edge.reason);
    const field = meanField(elu({ alpha: 1.3 }), { weightVariance: edge.weightVariance, biasVariance: 0.2 });
    expect(field.status).toBe('converged');
    expectRelative(field.q ?? NaN, edge.q, 1e-8);
    expect(field.chi1).toBeCloseTo(1, 10);
  });

  it('of a ReLU that does not say that it is homogeneous is the same', () => {
    const own = defineActivation({
      name: 'own',
      value: (x) => Math.max(0, x),
      derivative: (x) => (x > 0 ? 1 : 0),
      kinks: [0],
    });
    expect(edgeOfChaos(own)).toEqual({ status: 'found', weightVariance: expect.closeTo(2, 12), q: 1 });
    expect(edgeOfChaos(own, { biasVariance: 0.1 })).toMatchObject({ status: 'none', candidates: [] });
  });

  it('of a step is none, since gradients are 0', () => {
    const step = defineActivation({ name: 'step', value: (x) => (x > 0 ? 1 : 0), derivative: () => 0, kinks: [0] });
    expect(edgeOfChaos(step)).toMatchObject({ status: 'none', candidates: [] });
  });

  it('refuses a negative variance', () => {
    expect(() => edgeOfChaos(tanh, { biasVariance: -1 })).toThrow(ParameterError);
    expect(() => edgeOfChaos({ ...tanh, derivative: () => NaN })).toThrow(ParameterError);
  });
});
