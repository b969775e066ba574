import { decideClaim } from '@relu-lab/report';
import type { Row } from '@relu-lab/sweep';
import { describe, expect, it } from 'vitest';
import { claimsOf } from './claims.ts';
import type { Counts } from './counts.ts';

const seeds = [1, 2, 3, 4, 5, 6, 7, 8];

const asExpected = {
  tent: 2,
  paper: 4,
  montufar: 1,
  randomGrowth: 1.2,
  crossings: 1,
  line: 1,
  plane: 2,
  deeper: 0.8,
  /** The same of the networks with the fewest neurons. */
  deeperOfFew: 0.4,
  trained: 0.2,
  digits: 0.001,
  atOne: 0.6,
  atTen: 0.0003,
  few: 0.9,
  most: 0.1,
  random: 1,
};

/** Counts of made-up networks, in each of eight seeds up to a small wobble. */
function countsOf(made: typeof asExpected): Counts {
  const each = (rows: (seed: number, wobble: number) => readonly Row[]): readonly Row[] =>
    seeds.flatMap((seed) => rows(seed, 1 + (seed - 4.5) / 2000));
  const deeper = (neurons: number): number => (neurons === 10 ? made.deeperOfFew : made.deeper);
  const draw = { weightVariance: 2, biasDeviation: 0.5, halfWidth: 2 };
  const growth = { tent: made.tent, paper: made.paper };
  const noise = {
    few: { 0.01: 1, 0.03: made.few, 0.1: 0.5 },
    most: { 0.01: made.atOne, 0.03: made.most, 0.1: made.atTen },
  };
  return {
    folds: [
      ...Object.entries(growth).flatMap(([construction, factor]) =>
        [1, 2, 3].map((layers) => ({ kind: 'folds', construction, layers, count: factor ** layers })),
      ),
      ...[1, 2].map((layers) => ({ construction: 'montufar', layers, predicted: 100, count: 100 * made.montufar })),
    ],
    folding: each((seed, wobble) => [
      { network: 'trained', folds: 6, seed, attainable: 64, count: 64 * made.trained * wobble },
    ]),
    crossings: each((seed, wobble) => [
      { seed, layer: 1, expectedPerUnit: 0.8, crossingsPerUnit: 0.8 * made.crossings * wobble },
    ]),
    byDepth: each((seed, wobble) =>
      (['line', 'plane'] as const).flatMap((window) =>
        [10, 100].flatMap((neurons) =>
          [1, 2, 4].map((layers) => ({
            ...draw,
            window,
            neurons,
            layers,
            width: neurons / layers,
            seed,
            count: neurons ** made[window] * (layers === 4 ? deeper(neurons) * wobble : 1),
          })),
        ),
      ),
    ),
    growing: each((seed, wobble) => [
      { layers: 4, seed, count: 50 },
      { layers: 8, seed, count: 50 * made.randomGrowth ** 4 * wobble },
    ]),
    training: each((seed, wobble) => [
      { data: 'digits', isLast: true, status: 'completed', seed, attainable: 1e6, count: 1e6 * made.digits * wobble },
    ]),
    noise: each((seed, wobble) => [
      ...Object.entries(noise).flatMap(([which, levels]) =>
        Object.entries(levels).map(([level, kept]) => ({
          network: 'folded',
          layers: which === 'few' ? 4 : 12,
          level: Number(level),
          seed,
          kept: kept * wobble,
        })),
      ),
      { network: 'random', layers: 4, level: 0.01, seed, kept: made.random * wobble },
    ]),
  };
}

function verdict(id: string, change: Partial<typeof asExpected> = {}): string {
  const claim = claimsOf(countsOf({ ...asExpected, ...change })).find((candidate) => candidate.id === id);
  if (!claim) throw new Error(`There is no claim '${id}'`);
  return decideClaim(claim, 'full').verdict;
}

describe('the rule of each claim decides on both sides', () => {
  it.each([
    ['tent-doubles', 'supported', { tent: 1.9 }, 'refuted'],
    ['paper-quadruples', 'supported', { paper: 3 }, 'refuted'],
    ['montufar-attained', 'supported', { montufar: 0.99 }, 'refuted'],
    ['multiply-with-every-layer', 'only-if', { randomGrowth: 2 }, 'supported'],
    ['multiply-with-every-layer', 'only-if', { tent: 1.5 }, 'refuted'],
    ['crossings-by-layer', 'supported', { crossings: 1.1 }, 'refuted'],
    ['grow-with-neurons', 'supported', { line: 1.3 }, 'refuted'],
    ['grow-with-neurons-squared', 'supported', { plane: 1.5 }, 'refuted'],
    ['depth-adds-regions', 'refuted', { deeper: 1.3 }, 'supported'],
    ['whatever-the-depth', 'only-if', { deeperOfFew: 0.8 }, 'supported'],
    ['whatever-the-depth', 'only-if', { deeper: 0.68 }, 'refuted'],
    ['whatever-the-depth', 'only-if', { deeper: 1.32 }, 'refuted'],
    ['training-finds-folds', 'refuted', { trained: 0.8 }, 'supported'],
    ['training-uses-depth', 'refuted', { digits: 0.1 }, 'supported'],
    ['one-percent-collapses', 'refuted', { atOne: 0.3 }, 'supported'],
    ['ten-percent-collapses', 'supported', { atTen: 0.2 }, 'refuted'],
    ['deeper-collapses-sooner', 'supported', { most: 0.95 }, 'refuted'],
    ['random-hardly-notices', 'supported', { random: 0.8 }, 'refuted'],
  ] as const)('%s: %s', (id, expected, against, otherwise) => {
    expect(verdict(id)).toBe(expected);
    expect(verdict(id, against)).toBe(otherwise);
  });

  it('leaves training that diverged out', () => {
    const counts = countsOf({ ...asExpected, digits: 0.1 });
    const training = counts.training.map((row) => ({ ...row, status: 'diverged' }));
    const claim = claimsOf({ ...counts, training }).find(({ id }) => id === 'training-uses-depth');
    expect(claim && decideClaim(claim, 'full').verdict).toBe('inconclusive');
  });

  it('compares the deepest network with the shallowest by theory too', () => {
    const claim = claimsOf(countsOf(asExpected)).find(({ id }) => id === 'depth-adds-regions');
    const per = (layer: number): number => (2 / Math.PI) * Math.atan((2 * Math.SQRT2) / (0.5 * Math.sqrt(layer)));
    expect(claim?.prediction?.value).toBeCloseTo(
      (1 + 25 * (per(1) + per(2) + per(3) + per(4))) / (1 + 100 * per(1)),
      12,
    );
  });
});
