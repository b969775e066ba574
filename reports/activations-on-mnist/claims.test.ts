import type { Claim } from '@relu-lab/report';
import type { Row } from '@relu-lab/sweep';
import { describe, expect, it } from 'vitest';
import { triedRules } from '../tried-rules.ts';
import { claimsOf } from './claims.ts';
import { lossOfGradient } from './he-example.ts';

/** What a made-up study measured, in every one of five seeds up to a small wobble. */
interface Made {
  readonly accuracy: Readonly<Record<string, number>>;
  readonly zerosAtStart: number;
  readonly zerosAtEnd: number;
  readonly died: number;
  readonly deadLeaky: number;
  readonly growth: Readonly<Record<string, number>>;
}

const asExpected: Made = {
  accuracy: { relu: 0.98, sigmoid: 0.9, tanh: 0.97, 'leaky-relu': 0.985 },
  zerosAtStart: 0.5,
  zerosAtEnd: 0.7,
  died: 1,
  deadLeaky: 0,
  growth: { relu: 1, sigmoid: 0.05 },
};

const everything = { activations: Object.keys(asExpected.accuracy), trainingDigits: 60_000 };

function rowsOf(made: Made): readonly Row[] {
  return [1, 2, 3, 4, 5].flatMap((seed) => {
    const wobble = 1 + (seed - 3) / 2000;
    return [
      ...Object.entries(made.accuracy).map(([activation, accuracy]) => ({
        kind: 'run',
        activation,
        seed,
        testAccuracy: accuracy * wobble,
      })),
      ...Object.entries(made.growth).map(([activation, growth]) => ({
        kind: 'gradient',
        moment: 'start',
        layer: 1,
        activation,
        seed,
        growthPerLayer: growth * wobble,
      })),
      ...(['start', 'end'] as const).map((moment) => ({
        kind: 'units',
        moment,
        layer: 1,
        activation: 'relu',
        seed,
        units: 256,
        hasZeroRegion: true,
        zeroFraction: (moment === 'start' ? made.zerosAtStart : made.zerosAtEnd) * wobble,
        died: made.died,
        dead: made.died,
      })),
      {
        kind: 'units',
        moment: 'end',
        layer: 1,
        activation: 'leaky-relu',
        seed,
        units: 256,
        hasZeroRegion: false,
        zeroFraction: 0,
        died: 0,
        dead: made.deadLeaky,
      },
    ];
  });
}

const { verdict: decide, oneSided } = triedRules();

function verdict(id: string, change: Partial<Made> = {}, trainingDigits = 60_000): string {
  const made = { ...asExpected, ...change };
  return decide(claimsOf(rowsOf(made), { activations: Object.keys(made.accuracy), trainingDigits }), id);
}

describe('the rule of each claim decides on both sides', () => {
  it.each([
    ['relu-learns', { accuracy: { ...asExpected.accuracy, relu: 0.96 } }],
    ['half-zero-at-initialisation', { zerosAtStart: 0.6 }],
    ['sparse-after-training', { zerosAtEnd: 0.4 }],
    ['few-relu-units-die', { died: 20 }],
    ['only-relu-dies', { deadLeaky: 1 }],
    ['he-keeps-gradients', { growth: { relu: 2, sigmoid: 0.05 } }],
    ['sigmoid-vanishes', { growth: { relu: 1, sigmoid: 0.064 } }],
    ['relu-beats-sigmoid', { accuracy: { ...asExpected.accuracy, sigmoid: 0.99 } }],
    ['relu-beats-tanh', { accuracy: { ...asExpected.accuracy, tanh: 0.99 } }],
    ['leaky-beats-relu', { accuracy: { ...asExpected.accuracy, 'leaky-relu': 0.97 } }],
  ] as const)('%s', (id, against) => {
    expect(verdict(id)).toBe('supported');
    expect(verdict(id, against)).toBe('refuted');
  });

  it('says nothing of all digits when trained on fewer', () => {
    for (const id of ['relu-learns', 'relu-beats-tanh', 'leaky-beats-relu']) {
      expect(verdict(id, {}, 59_999)).toBe('inconclusive');
    }
  });

  it('takes from He et al. what does not depend on any result', () => {
    expect(verdict('small-weights-lose-gradients')).toBe('supported');
    const claim = claimsOf([], everything).find(({ id }) => id === 'small-weights-lose-gradients');
    const of = (estimate: number) => [
      { ...claim, measurement: { estimate, interval: [estimate, estimate], seeds: 0 } } as Claim,
    ];
    expect(decide(of(1.75e4), 'small-weights-lose-gradients')).toBe('supported');
    expect(decide(of(1.8e4), 'small-weights-lose-gradients')).toBe('refuted');
  });

  it('is tried of every claim', () => {
    expect(oneSided(claimsOf(rowsOf(asExpected), everything))).toEqual([]);
  });

  it('says nothing of an activation that was left out', () => {
    const made = { ...asExpected, accuracy: { relu: 0.98 } };
    const ids = claimsOf(rowsOf(made), { activations: ['relu'], trainingDigits: 60_000 }).map(({ id }) => id);
    expect(ids).toEqual([
      'relu-learns',
      'half-zero-at-initialisation',
      'sparse-after-training',
      'few-relu-units-die',
      'he-keeps-gradients',
      'small-weights-lose-gradients',
    ]);
  });

  it('rests on the runs that did not diverge, and says how many they are', () => {
    const rows = rowsOf(asExpected).flatMap((row) => {
      if (row.activation !== 'relu' || row.seed !== 2 || row.moment === 'start') return [row];
      return row.kind === 'run' ? [{ ...row, status: 'diverged', testAccuracy: null }] : [];
    });
    const found = (id: string) => claimsOf(rows, everything).find((claim) => claim.id === id)?.measurement;
    const whole = claimsOf(rowsOf(asExpected), everything).find(({ id }) => id === 'relu-learns')?.measurement;
    // Without the second of the wobbles −2, −1, 0, 1, 2 their mean is 1/4.
    expect(found('relu-learns')?.estimate).toBeCloseTo(0.98 * (1 + 0.25 / 2000), 12);
    expect(whole?.seeds).toBe(5);
    const seeds = [
      'relu-learns',
      'sparse-after-training',
      'few-relu-units-die',
      'relu-beats-tanh',
      'leaky-beats-relu',
      'half-zero-at-initialisation',
      'he-keeps-gradients',
      'only-relu-dies',
    ].map((id) => found(id)?.seeds);
    expect(seeds).toEqual([4, 4, 4, 4, 4, 5, 5, 5]);
  });

  it('leaves no share beyond 0 and 1', () => {
    // One unit of 256 in one seed of five: the mean is 0.08 %, and Student’s interval of it would begin below 0.
    const rows = rowsOf({ ...asExpected, died: 0 }).map((row) =>
      row.kind === 'units' && row.activation === 'relu' && row.moment === 'end' && row.seed === 4
        ? { ...row, died: 1 }
        : row,
    );
    const interval = claimsOf(rows, everything).find(({ id }) => id === 'few-relu-units-die')?.measurement.interval;
    expect(interval?.[0]).toBe(0);
    expect(interval?.[1]).toBeGreaterThan(1 / 1280);
  });
});

describe('lossOfGradient', () => {
  it('is the product over the layers that one writes down by hand', () => {
    const product = [64, 128, 128, 256, 256, 512, 512, 512, 512].reduce(
      (loss, n) => loss * Math.sqrt(2 / (9 * n)) * 100,
      1,
    );
    expect(lossOfGradient(0.01) / product).toBeCloseTo(1, 9);
  });
});
