import { ParameterError, elu, gelu, relu, selu, tanh } from '@relu-lab/core';
import { describe, expect, it } from 'vitest';
import { correlationFixedPoint } from './correlation-fixed-point.ts';
import { moments } from './moments.ts';
import { trainableDepth } from './trainable-depth.ts';

describe('trainableDepth', () => {
  it('is six times −1/ln χ₁ in the ordered phase', () => {
    expect(trainableDepth(relu, { weightVariance: 1.5 })).toEqual({
      status: 'finite',
      depth: expect.closeTo(-6 / Math.log(0.75), 12),
      correlationScale: expect.closeTo(-1 / Math.log(0.75), 12),
    });
    const longer = trainableDepth(relu, { weightVariance: 1.5, scales: 12 });
    expect(longer).toMatchObject({ depth: expect.closeTo(-12 / Math.log(0.75), 12) });
  });

  it('is unlimited at the edge of chaos', () => {
    expect(trainableDepth(relu, { weightVariance: 2 })).toEqual({ status: 'unlimited' });
    expect(trainableDepth(tanh, { weightVariance: 1 })).toEqual({ status: 'unlimited' });
  });

  it('takes the slope at c* in the chaotic phase', () => {
    const found = trainableDepth(selu, { weightVariance: 1 });
    const { slope } = correlationFixedPoint(selu, { weightVariance: 1, q: 1 });
    // c* = 0, since SELU has mean 0, where the slope is σ_w² E[φ']².
    expect(found).toMatchObject({ status: 'finite', correlationScale: expect.closeTo(-1 / Math.log(slope), 6) });
  });

  it('is none where lengths run away', () => {
    expect(trainableDepth(elu(), { weightVariance: 2 }).status).toBe('none');
    expect(trainableDepth(relu, { weightVariance: 3 }).status).toBe('none');
    const keepsOne = moments(gelu).forwardGain ** 2;
    expect(trainableDepth(gelu, { weightVariance: keepsOne })).toMatchObject({
      status: 'none',
      reason: expect.stringContaining('runs away'),
    });
  });

  it('refuses negative variances', () => {
    expect(() => trainableDepth(tanh, { weightVariance: -1 })).toThrow(ParameterError);
    expect(() => trainableDepth(tanh, { weightVariance: 1, scales: 0 })).toThrow(ParameterError);
  });
});
