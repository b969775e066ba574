import { decideClaim } from '@relu-lab/report';
import type { Row } from '@relu-lab/sweep';
import { bornDeadProbability } from '@relu-lab/theory';
import { describe, expect, it } from 'vitest';
import { claimsOf } from './claims.ts';

const theory = bornDeadProbability({ width: 4, depth: 16 });
const setting = {
  ...{ sensibleRate: 0.03, middleRate: 0.1, highRate: 0.3, momentum: 0.9 },
  ...{ negativeBias: -1, smallVariance: 1, largeVariance: 4, deepLayers: 2 },
};

const asExpected = {
  /** Of units, after training at the sensible rate, where half of the outputs are 0. */
  deadAtSensible: 0.03,
  firstBack: 0,
  /** Of the first layer, with momentum and with decay. */
  firstBackOtherwise: 0,
  deepBack: 0.9,
  silentOnOne: theory.singleInput,
  silentOnAll: (theory.lowerBound + theory.upperBound) / 2,
  wideSilent: 0,
  died: { 0.03: 0.01, 0.1: 0.02, 0.3: 0.2, 0.5: 0.9 } as Readonly<Record<number, number>>,
  /** The highest learning rate at which networks train: beyond it they are stuck, and at 1 they diverge. */
  trainsUpTo: 0.3,
  diedWithMomentumAtTenth: 0.25,
  diedWithMomentum: 0.2,
  bornWithXavier: 0.01,
  /** In training, by σ_w². */
  diedByScale: { 1: 0.02, 2: 0.02, 4: 0.3 } as Readonly<Record<number, number>>,
  bornWithBias: 0.4,
  deadDeep: 0.25,
  leaky: 0,
};

/** What made-up networks did, in each of five seeds up to a small wobble. */
function rowsOf(made: typeof asExpected): readonly Row[] {
  return [1, 2, 3, 4, 5].flatMap((seed) => {
    const wobble = 1 + (seed - 3) / 2000;
    const plain = { kind: 'dose', activation: 'relu', initializer: 'recommended', bias: 0, momentum: 0, seed };
    const run = { ...plain, status: 'completed', learningRate: 0.1, deadStart: 0.01, died: 0, deadEnd: 0 };
    const fates = { kind: 'fates', seed, status: 'completed', units: 100, zeroFraction: 0.5 };
    const layers = [
      { layer: 1, everDead: 100, cameBack: 100 * made.firstBack },
      { layer: 2, everDead: 100, cameBack: 100 * made.deepBack * wobble },
    ];
    return [
      ...[0.03, 0.3].flatMap((learningRate) =>
        layers.map((layer) => ({
          ...{ ...fates, ...layer, learningRate, momentum: 0, weightDecay: 0 },
          deadAtEnd: 100 * made.deadAtSensible * wobble,
        })),
      ),
      ...[
        { learningRate: 0.03, momentum: 0.9, weightDecay: 0 },
        { learningRate: 0.3, momentum: 0, weightDecay: 0.01 },
      ].map((training) => ({
        ...{ ...fates, ...training, layer: 1, everDead: 100, cameBack: 100 * made.firstBackOtherwise, deadAtEnd: 1 },
      })),
      ...Object.entries(made.diedByScale).map(([weightVariance, died]) => ({
        ...{ kind: 'scale', seed, learningRate: 0.1, weightVariance: Number(weightVariance) },
        ...{ status: 'completed', deadStart: 0.01, died: died * wobble },
      })),
      { kind: 'scale', seed, learningRate: 0.1, weightVariance: 8, status: 'diverged', deadStart: 0.01, died: null },
      ...Object.entries(made.died).map(([learningRate, died]) => ({
        ...run,
        learningRate: Number(learningRate),
        trains: Number(learningRate) <= made.trainsUpTo,
        died: died * wobble,
      })),
      // A run that diverged has no dead units to count.
      { ...run, learningRate: 1, status: 'diverged', trains: false, died: null, deadEnd: null },
      { ...run, momentum: 0.9, died: made.diedWithMomentum * wobble },
      { ...run, momentum: 0.9, learningRate: 0.03, died: made.diedWithMomentumAtTenth * wobble },
      { ...run, initializer: 'xavier-normal', deadStart: made.bornWithXavier },
      { ...run, bias: -1, deadStart: made.bornWithBias * wobble },
      { ...run, activation: 'leaky-relu', deadEnd: made.leaky },
      ...[
        { width: 4, depth: 16, silentOnOne: made.silentOnOne * 1e5, silentOnAll: made.silentOnAll * 1e5 },
        { width: 16, depth: 32, silentOnOne: 0, silentOnAll: made.wideSilent * 1e5 },
      ].map(({ silentOnOne, silentOnAll, ...shape }) => ({
        ...{ kind: 'born-dead', seed, networks: 1e5, ...shape },
        ...{ silentOnOne: Math.round(silentOnOne), silentOnAll: Math.round(silentOnAll) },
      })),
      { kind: 'deep-he', seed, layer: 1, dead: 0.5, expectedDead: null },
      { kind: 'deep-he', seed, layer: 2, dead: made.deadDeep * wobble, expectedDead: 0.24 },
    ];
  });
}

function verdict(id: string, change: Partial<typeof asExpected> = {}): string {
  const claim = claimsOf(rowsOf({ ...asExpected, ...change }), setting).find((candidate) => candidate.id === id);
  if (!claim) throw new Error(`There is no claim '${id}'`);
  return decideClaim(claim, 'full').verdict;
}

describe('the rule of each claim decides on both sides', () => {
  it.each([
    ['deeper-units-revive', { deepBack: 0.2 }],
    ['born-dead-on-one-input', { silentOnOne: theory.singleInput + 0.05 }],
    ['born-dead-between-bounds', { silentOnAll: theory.lowerBound - 0.02 }],
    ['born-dead-between-bounds', { silentOnAll: theory.upperBound + 0.02 }],
    ['width-prevents-born-dead', { wideSilent: 0.01 }],
    // As many at the highest rate that trains, or fewer, whatever happens beyond it.
    ['too-large-rate-kills', { died: { 0.03: 0.02, 0.3: 0.02, 0.5: 0.9 } }],
    ['too-large-rate-kills', { died: { 0.03: 0.02, 0.3: 0.01, 0.5: 0.9 } }],
    ['too-large-rate-kills', { trainsUpTo: 0.03 }],
    ['momentum-is-a-larger-rate', { diedWithMomentumAtTenth: 0.5 }],
    ['momentum-is-a-larger-rate', { diedWithMomentumAtTenth: 0.05 }],
    ['momentum-kills', { diedWithMomentum: 0.01 }],
    ['large-weights-kill', { diedByScale: { 1: 0.02, 2: 0.02, 4: 0.019 } }],
    ['poor-bias-kills', { bornWithBias: 0 }],
    ['theory-of-dead-units', { deadDeep: 0.4 }],
    ['leaky-never-dies', { leaky: 0.01 }],
  ] as const)('%s is supported, or refuted', (id, against) => {
    expect(verdict(id)).toBe('supported');
    expect(verdict(id, against)).toBe('refuted');
  });

  it.each([
    ['inactive-is-dead', { deadAtSensible: 0.4 }],
    ['common-at-sensible-rates', { died: { 0.03: 0.3, 0.3: 0.4 } }],
    ['poor-scale-kills', { bornWithXavier: 0.3 }],
    ['small-weights-kill', { diedByScale: { 1: 0.13, 2: 0.02, 4: 0.3 } }],
    ['he-prevents-dead-units', { deadDeep: 0 }],
  ] as const)('%s is refuted, or supported', (id, otherwise) => {
    expect(verdict(id)).toBe('refuted');
    expect(verdict(id, otherwise)).toBe('supported');
  });

  it('says that death is permanent only in the first layer', () => {
    expect(verdict('permanently-inactive')).toBe('only-if');
    expect(verdict('permanently-inactive', { deepBack: 0 })).toBe('supported');
    expect(verdict('permanently-inactive', { firstBack: 0.5 })).toBe('refuted');
    // Momentum and decay count too.
    expect(verdict('permanently-inactive', { firstBackOtherwise: 0.5 })).toBe('refuted');
  });

  it('chooses the highest rate by training, and counts no run that is stuck or diverged', () => {
    const found = claimsOf(rowsOf(asExpected), setting).find(({ id }) => id === 'too-large-rate-kills');
    expect(found?.measurement).toMatchObject({ seeds: 5, estimate: expect.closeTo(0.19, 12) as number });
  });

  it('holds theory only to the layers for which it speaks', () => {
    const found = claimsOf(rowsOf(asExpected), setting).find(({ id }) => id === 'theory-of-dead-units');
    expect(found?.measurement).toMatchObject({ seeds: 5, estimate: expect.closeTo(0.01, 12) as number });
  });
});
