import { decideClaim } from '@relu-lab/report';
import type { Row } from '@relu-lab/sweep';
import { describe, expect, it } from 'vitest';
import { claimsOf } from './claims.ts';

const asExpected = {
  trains: { he: 1, xavierShallow: 1, xavierDeep: 0, pytorch: 0, tanh: 1 },
  growth: { he: 1, xavier: 0.5, gelu: 0.7, silu: 0.6 },
  gradient: 1 / 6,
  /** Whether tanh networks of 30 layers train under σ_w² = 0.6, where 6 ξ is 9. */
  trainsTooDeep: false,
  median: Math.exp((-2.5 * 15) / 64),
};

/** What made-up networks did, in each of five seeds up to a small wobble. */
function rowsOf({ trains, growth, gradient, trainsTooDeep, median }: typeof asExpected): readonly Row[] {
  return [1, 2, 3, 4, 5].flatMap((seed) => {
    const wobble = 1 + (seed - 3) / 2000;
    const initial = (
      activation: string,
      initializer: string,
      depth: number,
      trained: number,
      factor: number,
      expected: number,
    ) => ({
      ...{ kind: 'initial', seed, activation, initializer, depth, trains: trained === 1 },
      ...{ forwardGrowth: factor * wobble, predictedForwardGrowth: expected },
      ...{ backwardGrowth: gradient * wobble, predictedBackwardGrowth: 1 / 6 },
    });
    const map = { kind: 'map', seed, activation: 'tanh', weightVariance: 0.6, biasVariance: 0.05 };
    return [
      initial('relu', 'he-normal', 4, trains.he, growth.he, 1),
      initial('relu', 'he-normal', 20, trains.he, growth.he, 1),
      initial('relu', 'xavier-normal', 4, trains.xavierShallow, growth.xavier, 0.5),
      initial('relu', 'xavier-normal', 20, trains.xavierDeep, growth.xavier, 0.5),
      initial('relu', 'pytorch-default', 20, trains.pytorch, 0.8, 0.8),
      initial('tanh', 'xavier-normal', 20, trains.tanh, 0.8, 0.8),
      initial('gelu', 'he-normal', 20, 0, growth.gelu, 0.7),
      initial('silu', 'he-normal', 20, 0, growth.silu, 0.6),
      { ...map, depth: 4, trains: true },
      { ...map, depth: 30, trains: trainsTooDeep },
      // Evenly about the median, in the logarithm.
      ...Array.from({ length: 41 }, (_, network) => ({
        ...{ kind: 'finite-width', seed, network, width: 64, depth: 16 },
        squaredLength: median * Math.exp((network - 20) / 200),
      })),
    ];
  });
}

function verdict(id: string, change: Partial<typeof asExpected> = {}): string {
  const setting = { shallow: 4, deep: 20 };
  const claim = claimsOf(rowsOf({ ...asExpected, ...change }), setting).find((candidate) => candidate.id === id);
  if (!claim) throw new Error(`There is no claim '${id}'`);
  return decideClaim(claim, 'full').verdict;
}

const { trains, growth } = asExpected;

describe('the rule of each claim decides on both sides', () => {
  it.each([
    ['worse-than-tanh', { trains: { ...trains, tanh: 0 } }],
    ['he-keeps-signals', { growth: { ...growth, he: 1.3 } }],
    ['xavier-halves-signals', { growth: { ...growth, xavier: 0.8 } }],
    ['pytorch-default-gradient', { gradient: 0.5 }],
    ['six-xi', { trainsTooDeep: true }],
    ['finite-width-law', { median: 1 }],
  ] as const)('%s is supported, or refuted', (id, against) => {
    expect(verdict(id)).toBe('supported');
    expect(verdict(id, against)).toBe('refuted');
  });

  it.each([
    ['defaults-are-proper', { trains: { ...trains, pytorch: 1 } }],
    ['he-for-gelu', { growth: { ...growth, gelu: 1 } }],
    ['he-for-silu', { growth: { ...growth, silu: 1 } }],
    ['he-keeps-the-typical-network', { median: 1 }],
  ] as const)('%s is refuted, or supported', (id, otherwise) => {
    expect(verdict(id)).toBe('refuted');
    expect(verdict(id, otherwise)).toBe('supported');
  });

  it('calls He crucial in deep networks only', () => {
    expect(verdict('he-is-crucial')).toBe('only-if');
    expect(verdict('he-is-crucial', { trains: { ...trains, xavierShallow: 0 } })).toBe('supported');
    expect(verdict('he-is-crucial', { trains: { ...trains, xavierDeep: 1 } })).toBe('refuted');
  });
});
