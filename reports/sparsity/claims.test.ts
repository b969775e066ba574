import type { Row } from '@relu-lab/sweep';
import { describe, expect, it } from 'vitest';
import { triedRules } from '../tried-rules.ts';
import { spreadOverTheory } from './claims-of-start.ts';
import { claimsOf } from './claims.ts';
import { skippingAgainstBest, timedClaims } from './skipping-pays.ts';

/** What a made-up network of the study came to, in every one of five seeds up to a small wobble. */
interface Net {
  readonly zeros: number;
  readonly accuracy: number;
  readonly lossGap: number;
  readonly purity: number;
  readonly selectivity: number;
}

interface Made {
  readonly exceptions: number;
  readonly zeros: number;
  readonly biased: number;
  /** By layer. */
  readonly normalised: readonly [number, number];
  readonly aboutHalf: number;
  readonly spread: number;
  readonly relu: Net;
  /** Zeros with the larger learning rate. */
  readonly fastZeros: number;
  readonly penalised: Net;
  readonly leaky: Net;
  readonly tanh: Net;
  readonly savedInHidden: number;
  readonly savedInAll: number;
  readonly directionPurity: number;
}

const relu: Net = { zeros: 0.53, accuracy: 0.87, lossGap: 0.6, purity: 0.65, selectivity: 0.6 };
const leaky: Net = { zeros: 0, accuracy: 0.869, lossGap: 0.6, purity: 0.66, selectivity: 0.75 };
const tanh: Net = { zeros: 0, accuracy: 0.865, lossGap: 0.47, purity: 0.56, selectivity: 0.76 };
const penalised: Net = { zeros: 0.75, accuracy: 0.85, lossGap: 0.45, purity: 0.63, selectivity: 0.5 };

const asExpected: Made = {
  exceptions: 0,
  zeros: 0.5,
  biased: 0.77,
  normalised: [0.842, 0.895],
  aboutHalf: 0.22,
  spread: 1,
  relu,
  fastZeros: 0.71,
  penalised,
  leaky,
  tanh,
  savedInHidden: 0.6,
  savedInAll: 0.17,
  directionPurity: 0.63,
};

const setting = { learningRates: [0.01, 0.03], penalties: [0.001, 0.003], shifts: [-1, 0, 1], trainingDigits: 1000 };

function rowsOf(made: Made): readonly Row[] {
  return [1, 2, 3, 4, 5].flatMap((seed) => {
    const wobble = (seed - 3) / 5000;
    const start = (way: string, shift: number, layer: number, rest: Row): Row => ({
      ...{ kind: 'start', way, shift, layer, seed, activeWithoutReason: made.exceptions },
      ...rest,
    });
    const trained = (activation: string, penalty: number, net: Net, fastZeros = net.zeros) =>
      setting.learningRates.flatMap((learningRate): readonly Row[] => {
        const common = { activation, penalty, learningRate, seed };
        const zeroFraction = (learningRate === 0.03 ? fastZeros : net.zeros) * (1 + wobble);
        const testAccuracy = net.accuracy + wobble * (activation === 'relu' ? 1 : 2);
        return [
          {
            ...{ ...common, kind: 'run', status: 'completed', zeroFraction, testAccuracy },
            gap: 1 - testAccuracy,
            lossGap: net.lossGap + (penalty + 1) * wobble,
            savedInHidden: made.savedInHidden + wobble,
            savedInAll: made.savedInAll + wobble,
          },
          {
            ...{ ...common, kind: 'layer', layer: 1, directionPurity: made.directionPurity },
            purity: net.purity + wobble * (activation === 'relu' ? 1 + penalty : 2),
            selectivity: net.selectivity + wobble * (activation === 'relu' ? 1 + penalty : 2),
          },
        ];
      });
    return [
      ...[1, 2].flatMap((layer) => [
        start('bias', 0, layer, { zeroFraction: made.zeros + wobble, expected: 0.5 }),
        start('bias', -1, layer, { zeroFraction: made.biased + wobble, expected: 0.767 }),
        start('batch-norm', -1, layer, { zeroFraction: made.normalised[layer - 1] + wobble, expected: 0.841 }),
        {
          ...{ kind: 'spread', layer, seed, aboutHalf: made.aboutHalf + wobble, expectedAboutHalf: 0.23 },
          ...{ unitDeviation: 0.2 * made.spread * (1 + wobble), expectedUnitDeviation: 0.2 },
        },
      ]),
      ...trained('relu', 0, made.relu, made.fastZeros),
      ...trained('relu', 0.003, made.penalised),
      ...trained('leaky-relu', 0, made.leaky),
      ...trained('tanh', 0, made.tanh),
    ];
  });
}

const { verdict: decide, oneSided } = triedRules();

function verdict(id: string, change: Partial<Made> = {}): string {
  return decide(claimsOf(rowsOf({ ...asExpected, ...change }), setting), id);
}

const cases: readonly (readonly [id: string, usual: string, otherwise: string, against: Partial<Made>])[] = [
  ['active-means-positive', 'supported', 'refuted', { exceptions: 0.001 }],
  ['half-at-initialisation', 'supported', 'refuted', { zeros: 0.6 }],
  ['half-of-every-unit', 'refuted', 'supported', { aboutHalf: 0.7 }],
  ['spread-is-predicted', 'supported', 'refuted', { spread: 0.9 }],
  ['bias-moves-it', 'supported', 'refuted', { biased: 0.72 }],
  ['batch-norm-sets-it', 'only-if', 'supported', { normalised: [0.842, 0.842] }],
  ['batch-norm-sets-it', 'only-if', 'refuted', { normalised: [0.895, 0.895] }],
  ['sparse-after-training', 'supported', 'refuted', { relu: { ...relu, zeros: 0.3 }, fastZeros: 0.4 }],
  ['steps-decide', 'supported', 'refuted', { fastZeros: 0.54 }],
  ['others-have-no-zeros', 'supported', 'refuted', { tanh: { ...tanh, zeros: 0.4 } }],
  ['glorot-range', 'only-if', 'supported', { relu: { ...relu, zeros: 0.7 } }],
  ['glorot-range', 'only-if', 'refuted', { penalised: { ...penalised, zeros: 0.9 } }],
  ['sparsity-is-free', 'refuted', 'supported', { penalised: { ...penalised, accuracy: 0.868 } }],
  ['saves-work', 'supported', 'refuted', { savedInHidden: 0.2 }],
  ['fewer-without-penalty', 'supported', 'refuted', { relu: { ...relu, zeros: 0.7 } }],
  ['halves-the-pass', 'refuted', 'supported', { savedInAll: 0.6 }],
  ['smaller-gap-than-leaky', 'refuted', 'supported', { leaky: { ...leaky, accuracy: 0.85 } }],
  ['smaller-gap-than-tanh', 'refuted', 'supported', { tanh: { ...tanh, accuracy: 0.85 } }],
  ['sparser-smaller-gap', 'refuted', 'supported', { penalised: { ...penalised, accuracy: 0.89 } }],
  ['smaller-loss-gap-than-tanh', 'refuted', 'supported', { tanh: { ...tanh, lossGap: 0.8 } }],
  ['sparser-smaller-loss-gap', 'supported', 'refuted', { penalised: { ...penalised, lossGap: 0.8 } }],
  ['purer-than-tanh', 'supported', 'refuted', { tanh: { ...tanh, purity: 0.7 } }],
  ['purer-than-leaky', 'refuted', 'supported', { leaky: { ...leaky, purity: 0.6 } }],
  ['purer-when-sparser', 'refuted', 'supported', { penalised: { ...penalised, purity: 0.7 } }],
  ['more-selective-than-leaky', 'refuted', 'supported', { leaky: { ...leaky, selectivity: 0.5 } }],
  ['units-above-directions', 'supported', 'refuted', { directionPurity: 0.7 }],
];

describe('the rule of each claim decides on both sides', () => {
  it.each(cases)('%s: %s, or %s', (id, usual, otherwise, against) => {
    expect(verdict(id)).toBe(usual);
    expect(verdict(id, against)).toBe(otherwise);
  });

  it('is tried of every claim', () => {
    expect(oneSided(claimsOf(rowsOf(asExpected), setting))).toEqual([]);
  });
});

describe('what claims rest on', () => {
  it('compares the spread with theory over all layers, by the geometric mean', () => {
    const layer = (unitDeviation: number) => ({ kind: 'spread', seed: 1, unitDeviation, expectedUnitDeviation: 0.1 });
    expect(spreadOverTheory([layer(0.2), layer(0.1)]).get(1)).toBeCloseTo(Math.SQRT2, 12);
  });

  it('leaves diverged runs out of comparisons', () => {
    const diverged = rowsOf(asExpected).map((row) =>
      row.kind === 'run' && row.activation === 'tanh' && row.seed === 1
        ? { ...row, status: 'diverged', gap: null, lossGap: null }
        : row,
    );
    const claim = claimsOf(diverged, setting).find(({ id }) => id === 'smaller-gap-than-tanh');
    expect(claim?.measurement.seeds).toBe(4);
  });
});

/** Six rounds of products whose times, in units of the dense one, fall from `skippingZeroless` with the zeros to nothing. */
function timingsOf(skippingZeroless: Readonly<Record<number, number>>): readonly Row[] {
  return Object.entries(skippingZeroless).flatMap(([batch, zeroless]) =>
    [0, 0.5, 0.75].flatMap((zeroFraction) =>
      [1, 2, 3, 4, 5, 6].flatMap((round) => {
        const wobble = 1 + (round - 3.5) / 1000;
        const common = { batch: Number(batch), zeroFraction, round };
        return [
          { ...common, kernel: 'dense', seconds: 1 },
          { ...common, kernel: 'skippingRows', seconds: zeroless * (1 - zeroFraction) * wobble },
        ];
      }),
    ),
  );
}

describe('the claim on time', () => {
  const { verdict: ofTime, oneSided: untried } = triedRules();
  const claims = (timings: readonly Row[]) => timedClaims(rowsOf(asExpected), timings);
  // Networks have zeros of 0.53 and 0.71: 0.62 on average, at which 0.5^0.52 0.25^0.48 = 0.358 of the time without is left.
  const left = 0.358;

  it('holds for the batches in which skipping beats every kernel that has no use of zeros', () => {
    expect(ofTime(claims(timingsOf({ 1: 0.4, 64: 1.02 / left })), 'skipping-saves-time')).toBe('only-if');
    expect(ofTime(claims(timingsOf({ 1: 0.4, 64: 0.98 / left })), 'skipping-saves-time')).toBe('supported');
    expect(ofTime(claims(timingsOf({ 1: 1.02 / left, 64: 3 })), 'skipping-saves-time')).toBe('refuted');
    expect(untried(claims(timingsOf({ 1: 1, 64: 1 })))).toEqual([]);
  });

  it('gives zeros no credit for what the kernel gains without any', () => {
    const ratios = [...skippingAgainstBest(timingsOf({ 1: 0.1 }), 1, 0).values()];
    for (const ratio of ratios) expect(ratio).toBeCloseTo(1, 12);
  });

  it('takes times between those measured, by a line through the logarithms', () => {
    const [ratio] = skippingAgainstBest(timingsOf({ 64: 4 }), 64, 0.625).values();
    expect(ratio).toBeCloseTo(4 * (1 - 2.5 / 1000) * Math.sqrt(0.5 * 0.25), 12);
  });
});
