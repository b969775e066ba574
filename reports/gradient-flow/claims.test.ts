import { decideClaim } from '@relu-lab/report';
import type { Row } from '@relu-lab/sweep';
import { describe, expect, it } from 'vitest';
import { atBestRate } from './best-rate.ts';
import { claimsOf, deepest, largestDeparture } from './claims.ts';

/** What a made-up study measured, in every one of five seeds up to a small wobble. Keys are `activation rule`, and `activation rule depth`. */
interface Made {
  readonly growth: Readonly<Record<string, number>>;
  /** Growth measured over growth expected. */
  readonly departure: number;
  readonly tanhChange: number;
  /** Loss of tanh's gradient a layer, in the logarithm, in the lower half of the layers and in the upper. */
  readonly tanhLoss: { readonly lower: number; readonly upper: number };
  /** Tanh's mean square at the top over that at the bottom. */
  readonly tanhSignal: number;
  /** Growth of SELU's signals a layer. */
  readonly seluSignal: number;
  readonly accuracy: Readonly<Record<string, number>>;
  /** By hidden layer. */
  readonly saturation: Readonly<Record<'tanh' | 'sigmoid', readonly number[]>>;
}

const asExpected: Made = {
  growth: {
    'relu he-normal': 1,
    'relu xavier-normal': 0.5,
    'sigmoid xavier-normal': 0.055,
    'selu lecun-normal': 1.0716,
  },
  departure: 1.01,
  tanhChange: 0.12,
  tanhLoss: { lower: 0.2, upper: 0.05 },
  tanhSignal: 0.02,
  seluSignal: 1.003,
  accuracy: {
    'relu he-normal 30': 0.8,
    'relu xavier-normal 30': 0.11,
    'tanh xavier-normal 30': 0.9,
    'sigmoid xavier-normal 30': 0.1,
    'sigmoid he-normal 30': 0.1,
    'sigmoid lecun-normal 30': 0.11,
    'sigmoid xavier-normal 3': 0.7,
  },
  saturation: { tanh: [0.3, 0.1, 0.05], sigmoid: [0, 0, 0.9] },
};

function rowsOf(made: Made): readonly Row[] {
  return [1, 2, 3, 4, 5].flatMap((seed) => {
    const wobble = 1 + (seed - 3) / 1000;
    const named = (key: string) => {
      const [activation, initializer, depth = '30'] = key.split(' ');
      return { activation, initializer, depth: Number(depth), seed };
    };
    return [
      ...Object.entries(made.growth).map(([key, growth]) => ({
        ...named(key),
        kind: 'flow',
        growth: growth * wobble,
        expectedGrowth: (growth * wobble) / made.departure,
        change: 1,
        signalGrowth: made.seluSignal * wobble,
      })),
      {
        ...named('tanh xavier-normal'),
        kind: 'flow',
        growth: 0.87,
        expectedGrowth: 0.87 / made.departure,
        change: made.tanhChange * wobble,
        expectedChange: 0.12,
      },
      ...[1, 2, 3].map((layer) => ({
        ...named('tanh xavier-normal'),
        ...{ kind: 'layer', layer, expectedSize: 1, expectedSignal: 1 },
        size: Math.exp([-made.tanhLoss.lower - made.tanhLoss.upper, -made.tanhLoss.upper, 0][layer - 1] * wobble),
        signal: layer === 3 ? made.tanhSignal * wobble : 1,
      })),
      ...Object.entries(made.accuracy).map(([key, accuracy]) => ({
        ...named(key),
        kind: 'run',
        trainingLoss: 1,
        accuracy: accuracy * wobble,
      })),
      ...Object.entries(made.saturation).flatMap(([activation, layers]) =>
        layers.map((saturatedFraction, i) => ({
          ...named(`${activation} pytorch-default 5`),
          kind: 'saturation',
          layer: i + 1,
          saturatedFraction: saturatedFraction * wobble,
        })),
      ),
    ];
  });
}

function verdict(id: string, change: Partial<Made> = {}): string {
  const claim = claimsOf(rowsOf({ ...asExpected, ...change }), 30).find((candidate) => candidate.id === id);
  if (!claim) throw new Error(`There is no claim '${id}'`);
  return decideClaim(claim, 'full').verdict;
}

const growth = (change: Readonly<Record<string, number>>): Partial<Made> => ({
  growth: { ...asExpected.growth, ...change },
});
const accuracy = (change: Readonly<Record<string, number>>): Partial<Made> => ({
  accuracy: { ...asExpected.accuracy, ...change },
});

describe('the rule of each claim decides on both sides', () => {
  it.each<[string, string, string, Partial<Made>]>([
    ['gradients-preserved', 'only-if', 'refuted', growth({ 'relu he-normal': 0.5 })],
    ['gradients-preserved', 'only-if', 'supported', growth({ 'relu xavier-normal': 1 })],
    ['half-lost', 'supported', 'refuted', growth({ 'relu xavier-normal': 0.6 })],
    ['growth-is-predicted', 'supported', 'refuted', { departure: 1.2 }],
    ['sigmoid-vanishes', 'supported', 'refuted', growth({ 'sigmoid xavier-normal': 0.07 })],
    ['tanh-vanishes', 'refuted', 'supported', { tanhLoss: { lower: 0.2, upper: 0.152 } }],
    ['tanh-loss-is-predicted', 'supported', 'refuted', { tanhChange: 0.095 }],
    ['tanh-loss-is-predicted', 'supported', 'refuted', { tanhChange: 0.145 }],
    ['xavier-keeps-tanh-signals', 'refuted', 'supported', { tanhSignal: 0.52 }],
    ['selu-holds-signals', 'supported', 'refuted', { seluSignal: 1.024 }],
    ['selu-grows', 'supported', 'refuted', growth({ 'selu lecun-normal': 1 })],
    ['relu-trains-deep', 'only-if', 'refuted', accuracy({ 'relu he-normal 30': 0.2 })],
    ['relu-trains-deep', 'only-if', 'supported', accuracy({ 'relu xavier-normal 30': 0.7 })],
    ['xavier-stalls', 'supported', 'refuted', accuracy({ 'relu xavier-normal 30': 0.7 })],
    ['sigmoid-does-not-train', 'supported', 'refuted', accuracy({ 'sigmoid he-normal 30': 0.6 })],
    ['deeper-than-sigmoid', 'supported', 'refuted', accuracy({ 'sigmoid xavier-normal 30': 0.6 })],
    ['deeper-than-tanh', 'refuted', 'supported', accuracy({ 'tanh xavier-normal 30': 0.5 })],
    ['tanh-saturates-from-below', 'supported', 'refuted', { saturation: { tanh: [0, 0, 0.3], sigmoid: [0, 0, 1] } }],
    ['sigmoid-saturates-from-above', 'supported', 'refuted', { saturation: { tanh: [1, 0, 0], sigmoid: [0.9, 0, 0] } }],
  ])('%s: %s, or %s', (id, usual, otherwise, against) => {
    expect(verdict(id)).toBe(usual);
    expect(verdict(id, against)).toBe(otherwise);
  });

  it('holds tanh’s loss to three quarters of an exponential one', () => {
    expect(verdict('tanh-vanishes', { tanhLoss: { lower: 0.2, upper: 0.148 } })).toBe('refuted');
  });
});

describe('what claims rest on', () => {
  const run = (seed: number, depth: number, learningRate: number, trainingLoss: number | null, right: number) => ({
    ...{ kind: 'run', activation: 'relu', initializer: 'he-normal' },
    ...{ seed, depth, learningRate, trainingLoss, accuracy: right },
  });

  it('takes the learning rate that fits the training digits best, and a diverged run where there is no other', () => {
    const rows = [
      run(1, 30, 0.01, 0.5, 0.7),
      run(1, 30, 0.1, 0.4, 0.6),
      run(1, 30, 1, null, 0.1),
      run(2, 30, 1, null, 0.1),
    ];
    expect(atBestRate(rows).map(({ seed, learningRate }) => [seed, learningRate])).toEqual([
      [1, 0.1],
      [2, 1],
    ]);
  });

  it('finds the deepest network that learns, seed by seed', () => {
    const rows = [run(1, 3, 0.1, 1, 0.9), run(1, 10, 0.1, 1, 0.8), run(1, 30, 0.1, 1, 0.1), run(2, 3, 0.1, 1, 0.2)];
    expect([...deepest(rows, 'relu', 'he-normal')]).toEqual([
      [1, 10],
      [2, 0],
    ]);
  });

  it('takes the largest departure from theory of all networks, and none where theory is silent', () => {
    const flow = (seed: number, measured: number, expectedGrowth: number | null) => ({
      ...{ kind: 'flow', seed, growth: measured, expectedGrowth },
    });
    const found = largestDeparture([flow(1, 0.5, 0.5), flow(1, 0.9, 1), flow(2, 1, null)]);
    expect(found.get(1)).toBeCloseTo(0.1, 12);
    expect(found.get(2)).toBeNaN();
  });
});
