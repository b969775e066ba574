import { ParameterError, defineActivation, relu, tanh } from '@relu-lab/core';
import { describe, expect, it } from 'vitest';
import { expectRelative } from '../test/closeness.ts';
import { lengthMap } from './length-map.ts';
import { ntk } from './ntk.ts';

describe('ntk', () => {
  it('of ReLU at σ_w² = 2 without bias has the diagonal 1, 2, …, depth + 1', () => {
    const { kernel, nngp } = ntk(relu, { weightVariance: 2, biasVariance: 0, depth: 5, rho: 1, q: 1 });
    expect(kernel).toEqual([1, 2, 3, 4, 5, 6].map((entry) => expect.closeTo(entry, 12)));
    expect(nngp).toEqual([1, 1, 1, 1, 1, 1].map((entry) => expect.closeTo(entry, 12)));
  });

  it('of ReLU follows the recursion of arc-cosine kernels', () => {
    const { kernel, nngp } = ntk(relu, { weightVariance: 2, depth: 10, rho: -0.3, q: 2.5 });
    let [rho, theta] = [-0.3, -0.3];
    for (let layer = 1; layer <= 10; layer++) {
      const angle = Math.acos(rho);
      theta *= 1 - angle / Math.PI;
      rho = (Math.sin(angle) + (Math.PI - angle) * rho) / Math.PI;
      theta += rho;
      expectRelative(nngp[layer], rho, 1e-12);
      expectRelative(kernel[layer], theta, 1e-12);
    }
  });

  it('has depth + 1 entries, the first for the first pre-activation', () => {
    expect(ntk(tanh, { weightVariance: 1.5, depth: 0, rho: 0.4 })).toEqual({ kernel: [0.4], nngp: [0.4] });
    expect(ntk(tanh, { weightVariance: 1.5, depth: 3, rho: 0.4 }).kernel).toHaveLength(4);
  });

  it('of a linear network is linear: K is ρ σ_w^2l, Θ its (l + 1)-fold', () => {
    const line = defineActivation({ name: 'line', value: (x) => x, derivative: () => 1 });
    const { kernel, nngp } = ntk(line, { weightVariance: 1.3, depth: 4, rho: 0.6, q: 3 });
    for (let layer = 0; layer <= 4; layer++) {
      expectRelative(nngp[layer], 0.6 * 1.3 ** layer, 1e-11);
      expectRelative(kernel[layer], 0.6 * 1.3 ** layer * (layer + 1), 1e-11);
    }
  });

  it('has the length map on the diagonal', () => {
    const options = { weightVariance: 1.7, biasVariance: 0.2 };
    const { nngp } = ntk(tanh, { ...options, depth: 3, rho: 1, q: 0.5 });
    let q = 0.5;
    for (const covariance of nngp) {
      expectRelative(covariance * 0.5, q, 1e-12);
      q = lengthMap(tanh, { ...options, q });
    }
  });

  it('refuses a correlation outside [−1, 1], a depth that is no whole number, and a length of 0', () => {
    const sound = { weightVariance: 2, depth: 2, rho: 0.5 };
    for (const wrong of [{ rho: 1.5 }, { depth: -1 }, { depth: 1.5 }, { q: 0 }, { weightVariance: -1 }]) {
      expect(() => ntk(relu, { ...sound, ...wrong })).toThrow(ParameterError);
    }
    expect(() => ntk(relu, { weightVariance: 2, depth: 2 } as never)).toThrow('ntk needs rho');
  });
});
