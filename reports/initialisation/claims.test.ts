import { decideClaim } from '@relu-lab/report';
import type { Row } from '@relu-lab/sweep';
import { describe, expect, it } from 'vitest';
import { claimsOf } from './claims.ts';
import { deep, edgeOf, middle, shallow, xavierDepth } from './design.ts';

const asExpected = {
  trains: { he: 1, xavierShallow: 1, xavierDeep: 0, pytorch: 0 },
  /** Whether deep networks train from Xavier's weights in more time. */
  longer: true,
  /** Final loss of the other rules, where He's is 0.1. */
  otherLoss: 0.3,
  growth: { he: 1, xavier: 0.5, gelu: 0.7, silu: 0.6 },
  gradient: 1 / 6,
  /** Whether networks off the edge of chaos train. */
  offEdge: { relu: false, tanh: true },
  /** Whether tanh networks under σ_w² = 0.6, where 6 ξ is 9, train at 4 layers, and at 30. */
  map: { within: true, beyond: false },
  /** At the edge of chaos, with many layers: in the map's time and in longer. */
  edge: { brief: false, long: true },
  median: Math.exp((-2.5 * 15) / 64),
};

/** What made-up networks did, in each of ten seeds up to a small wobble. */
function rowsOf(made: typeof asExpected): readonly Row[] {
  const { trains, growth, gradient, median } = made;
  return Array.from({ length: 10 }, (_, i) => i + 1).flatMap((seed) => {
    const wobble = 1 + (seed - 5.5) / 2000;
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
      lossEnd: (initializer === 'he-normal' ? 0.1 : made.otherLoss) * wobble,
    });
    const tanh = { seed, activation: 'tanh', biasVariance: 0.05 };
    return [
      ...[4, 9, 17].flatMap((depth) => [
        initial('relu', 'he-normal', depth, trains.he, growth.he, 1),
        initial(
          'relu',
          'xavier-normal',
          depth,
          depth < 9 ? trains.xavierShallow : trains.xavierDeep,
          growth.xavier,
          0.5,
        ),
        initial('relu', 'pytorch-default', depth, trains.pytorch, 0.8, 0.8),
      ]),
      { ...initial('relu', 'xavier-normal', 17, made.longer ? 1 : 0, growth.xavier, 0.5), kind: 'longer' },
      initial('gelu', 'he-normal', 17, 0, growth.gelu, 0.7),
      initial('silu', 'he-normal', 17, 0, growth.silu, 0.6),
      ...[1 / 4, 1 / 2, 1, 2, 4].flatMap((factor) =>
        (['relu', 'tanh'] as const).map((activation) => ({
          ...{ kind: 'off-edge', seed, activation, factor },
          // At the edge itself both train.
          trains: factor === 1 || made.offEdge[activation],
        })),
      ),
      { ...tanh, kind: 'map', weightVariance: 0.6, depth: 4, trains: made.map.within },
      { ...tanh, kind: 'map', weightVariance: 0.6, depth: 30, trains: made.map.beyond },
      // Between a half and twice 6 ξ nothing is judged.
      { ...tanh, kind: 'map', weightVariance: 0.6, depth: 9, trains: seed % 2 === 0 },
      { ...tanh, kind: 'map', weightVariance: 3, depth: 32, trains: made.edge.brief },
      { ...tanh, kind: 'patient', weightVariance: 3, depth: 32, trains: made.edge.long },
      // Evenly about the median, in the logarithm.
      ...Array.from({ length: 41 }, (__, network) => ({
        ...{ kind: 'finite-width', seed, network, width: 64, depth: 16 },
        squaredLength: median * Math.exp((network - 20) / 200),
      })),
    ];
  });
}

function verdict(id: string, change: Partial<typeof asExpected> = {}): string {
  const claim = claimsOf(rowsOf({ ...asExpected, ...change })).find((candidate) => candidate.id === id);
  if (!claim) throw new Error(`There is no claim '${id}'`);
  return decideClaim(claim, 'full').verdict;
}

const { trains, growth } = asExpected;

describe('the rule of each claim decides on both sides', () => {
  it.each([
    ['patience-for-xavier', { longer: false }],
    ['he-is-best', { otherLoss: 0.05 }],
    ['worse-than-tanh', { offEdge: { relu: true, tanh: false } }],
    ['worse-than-tanh', { offEdge: { relu: true, tanh: true } }],
    ['he-keeps-signals', { growth: { ...growth, he: 1.3 } }],
    ['xavier-halves-signals', { growth: { ...growth, xavier: 0.8 } }],
    ['pytorch-default-gradient', { gradient: 0.5 }],
    ['six-xi', { map: { within: false, beyond: false } }],
    ['not-beyond-six-xi', { map: { within: true, beyond: true } }],
    ['patience-goes-deeper', { edge: { brief: false, long: false } }],
    ['patience-goes-deeper', { edge: { brief: true, long: true } }],
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

describe('he-is-best', () => {
  it('is inconclusive where losses differ by chance alone', () => {
    expect(verdict('he-is-best', { otherLoss: 0.1 })).toBe('inconclusive');
  });
});

describe('the design', () => {
  it('has depths of a half, one and two times 6 / ln 2, since Xavier’s rule halves squared gradients', () => {
    const limit = 6 / Math.LN2;
    expect(xavierDepth).toBeCloseTo(limit, 9);
    expect([shallow, middle, deep]).toEqual([4, 9, 17]);
  });

  it('measures weight variances from the edge of chaos: 2 for ReLU, 1 for tanh without biases', () => {
    expect(edgeOf('relu', 0)).toBeCloseTo(2, 9);
    expect(edgeOf('tanh', 0)).toBeCloseTo(1, 9);
    expect(edgeOf('tanh', 0.05)).toBeCloseTo(1.7609546, 6);
  });
});
