import { decideClaim } from '@relu-lab/report';
import type { Row } from '@relu-lab/sweep';
import { describe, expect, it } from 'vitest';
import { claimsOf } from './claims.ts';
import { deep, edgeOf, middle, shallow, xavierDepth } from './design.ts';

const asExpected = {
  trains: { he: 1, xavierShallow: 1, xavierDeep: 0, pytorch: 0 },
  /** Whether deep networks train in less time. */
  brief: { he: 1, xavier: 0 },
  /** Whether they train from Xavier's weights in a longer time. */
  long: 1,
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
  /** How fast −ln of the median, and the variance of the logarithm of squared gradients, grow with β, in wide networks and narrow ones. */
  exponent: { wide: 2.6, narrow: 3.2 },
  spread: { wide: 5.6, narrow: 9 },
  /** Squared length over that of the length map, and correlations at the top. */
  length: 1,
  correlation: { ordered: 0.999, chaotic: 0.3 },
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
      { ...initial('relu', 'he-normal', 17, made.brief.he, growth.he, 1), kind: 'brief' },
      { ...initial('relu', 'xavier-normal', 17, made.brief.xavier, growth.xavier, 0.5), kind: 'brief' },
      { ...initial('relu', 'xavier-normal', 17, made.long, growth.xavier, 0.5), kind: 'long' },
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
      ...Object.entries({ wide: 32, narrow: 8 }).flatMap(([name, width]) => {
        const beta = 15 / width;
        const exponent = made.exponent[name as 'wide' | 'narrow'] * wobble;
        const deviation = Math.sqrt(made.spread[name as 'wide' | 'narrow'] * wobble * beta);
        return [-1, 0, 1].flatMap((network) => [
          {
            ...{ kind: 'finite-width', seed, network, width, depth: 16 },
            squaredLength: Math.exp(network - exponent * beta),
          },
          // Three networks a deviation apart: the variance of the logarithm is its square.
          {
            ...{ kind: 'gradient-spread', seed, network, width, depth: 16 },
            squaredGradient: Math.exp(network * deviation),
          },
        ]);
      }),
      ...Object.entries({ ordered: 1 / 2, critical: 1, chaotic: 2 }).flatMap(([phase, factor]) =>
        [1, 2].map((layer) => ({
          ...{ kind: 'phase', seed, layer, weightVariance: factor * edgeOf('tanh', 0.05) },
          ...{ q: made.length * wobble, expectedQ: 1, expectedCorrelation: 1 },
          // At the top only.
          correlation: layer === 1 ? 0.5 : phase === 'critical' ? 0.9 : made.correlation[phase as 'ordered'] * wobble,
        })),
      ),
    ];
  });
}

function verdict(id: string, change: Partial<typeof asExpected> = {}): string {
  const claim = claimsOf(rowsOf({ ...asExpected, ...change }), { briefEpochs: 2 }).find(
    (candidate) => candidate.id === id,
  );
  if (!claim) throw new Error(`There is no claim '${id}'`);
  return decideClaim(claim, 'full').verdict;
}

const { trains, growth, exponent, spread } = asExpected;

describe('the rule of each claim decides on both sides', () => {
  it.each([
    ['he-is-crucial-in-brief', { brief: { he: 0, xavier: 0 } }],
    ['he-is-crucial-in-brief', { brief: { he: 1, xavier: 1 } }],
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
    ['patience-for-xavier', { long: 0 }],
    ['patience-for-xavier', { brief: { he: 1, xavier: 1 } }],
    ['tanh-length-map', { length: 1.12 }],
    ['tanh-length-map', { length: 0.88 }],
  ] as const)('%s is supported, or refuted', (id, against) => {
    expect(verdict(id)).toBe('supported');
    expect(verdict(id, against)).toBe('refuted');
  });

  it.each([
    ['defaults-are-proper', { trains: { ...trains, pytorch: 1 } }],
    ['he-for-gelu', { growth: { ...growth, gelu: 0.96 } }],
    ['he-for-silu', { growth: { ...growth, silu: 1.04 } }],
    ['relu-not-beyond-six-xi', { long: 0 }],
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

describe('the laws of finite width', () => {
  it('hold for wide networks only', () => {
    expect(verdict('finite-width-law')).toBe('only-if');
    expect(verdict('finite-width-law', { exponent: { ...exponent, narrow: 2.6 } })).toBe('supported');
    expect(verdict('finite-width-law', { exponent: { ...exponent, wide: 3 } })).toBe('refuted');
    expect(verdict('finite-width-law', { exponent: { ...exponent, wide: 1.98 } })).toBe('refuted');
    expect(verdict('gradients-spread-with-beta')).toBe('only-if');
    expect(verdict('gradients-spread-with-beta', { spread: { ...spread, narrow: 5.6 } })).toBe('supported');
    expect(verdict('gradients-spread-with-beta', { spread: { ...spread, wide: 6.4 } })).toBe('refuted');
    expect(verdict('gradients-spread-with-beta', { spread: { ...spread, wide: 3.6 } })).toBe('refuted');
  });
});

describe('order-and-chaos', () => {
  it('needs inputs that become alike in order, and stay apart in chaos', () => {
    expect(verdict('order-and-chaos')).toBe('only-if');
    expect(verdict('order-and-chaos', { correlation: { ordered: 0.94, chaotic: 0.3 } })).toBe('refuted');
    expect(verdict('order-and-chaos', { correlation: { ordered: 0.999, chaotic: 0.96 } })).toBe('supported');
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
