import type { Row } from '@relu-lab/sweep';
import { describe, expect, it } from 'vitest';
import { triedRules } from '../tried-rules.ts';
import { claimsOf } from './claims.ts';
import { slopes } from './comparisons.ts';
import { fixedSlope, reference, variants } from './contestants.ts';

const setting = {
  hiddenLayers: 2,
  signalDepth: 4,
  silentEpochs: 2,
  silentRate: 0.1,
  silentDepth: 0.5,
  brinkDepth: 0.02,
};

/** What made-up experiments found. */
const asExpected = {
  passed: 0.01,
  /** Share of silenced units that are back, by slope. */
  back: { 0: 0, 0.01: 0.02, 0.3: 0.9 } as Readonly<Record<number, number>>,
  /** The same with the usual slope, of units just below 0. */
  backFromBrink: 0.2,
  /** Accuracy by slope, and by contestant. */
  bySlope: { 0: 0.97, 0.01: 0.97, 0.1: 0.971, 0.25: 0.98, 0.5: 0.972, 1: 0.9 } as Readonly<Record<number, number>>,
  digits: {
    relu: 0.97,
    'leaky-relu': 0.975,
    prelu: 0.975,
    elu: 0.975,
    selu: 0.975,
    maxout: 0.98,
    'maxout, equal parameters': 0.98,
    [fixedSlope.name]: 0.974,
  } as Readonly<Record<string, number>>,
  toys: { maxout: 0.03, elu: -0.03 } as Readonly<Record<string, number>>,
  /** PReLU's slopes in its two layers. */
  learned: [0.18, 0.21],
  /** ReLU's is 0.5. */
  eluMeanAtStart: 0.2464,
  eluUnitMean: 0.3,
  eluFlat: 1e-3,
  eluDead: 0,
  slopeJump: { 1: 0, 2: 1 } as Readonly<Record<number, number>>,
  curvatureJump: 1,
  least: -1,
  leastDerivativeAbove: 1e-7,
  derivativeBelow: 0,
  derivativeEndsAt: -17,
  wideVariance: 1,
  contraction: 0.7826,
  signals: {
    'as asked for': [0, 1],
    'He weights': [5, 100],
    'pixels from 0 to 255': [0, 1.05],
    'ordinary dropout': [0, 1.6],
    'alpha dropout': [0, 1],
  } as Readonly<Record<string, readonly [mean: number, variance: number]>>,
  /** In the first SELU layer, from pixels of 0 to 255. */
  firstVariance: 1e4,
  seluAfterTraining: 4,
  exponents: { 1: -2, 2: -2 } as Readonly<Record<number, number>>,
  multiplications: 1.99,
  idle: 0,
};

type Made = typeof asExpected;

/** Rows of six seeds that find it so, up to a small wobble; wobbles of compared runs differ. */
function rowsOf(made: Made): readonly Row[] {
  return [
    ...Object.entries(made.slopeJump).map(([alpha, slopeJump]) => ({
      kind: 'smoothness',
      alpha: Number(alpha),
      slopeJump,
      curvatureJump: made.curvatureJump,
    })),
    {
      kind: 'float32',
      least: made.least,
      leastDerivativeAbove: made.leastDerivativeAbove,
      derivativeBelow: made.derivativeBelow,
      derivativeEndsAt: made.derivativeEndsAt,
    },
    ...[1, 2, 3, 4, 5, 6].flatMap((seed) => ofSeed(made, seed)),
  ];
}

function ofSeed(made: Made, seed: number): readonly Row[] {
  const wobble = (k: number): number => 1e-4 * Math.sin(3 * seed + k);
  const end = { kind: 'layer', moment: 'end', seed };
  return [
    { kind: 'passed', alpha: 0.01, seed, passed: made.passed },
    ...[
      ...Object.entries(made.back).map(([alpha, back]) => ({ alpha: Number(alpha), depth: 0.5, back })),
      { alpha: 0.01, depth: 0.02, back: made.backFromBrink },
    ].flatMap(({ alpha, depth, back }) =>
      [0, 2].map((epoch) => ({
        kind: 'silent',
        status: 'completed',
        alpha,
        depth,
        epoch,
        seed,
        silent: epoch === 0 ? 1 : 1 - back,
      })),
    ),
    ...slopes.map((alpha, k) => ({ kind: 'slope', alpha, seed, accuracy: made.bySlope[alpha] + wobble(k) })),
    ...[reference, ...variants, fixedSlope].map(({ name }, k) => ({
      kind: 'run',
      contestant: name,
      seed,
      accuracy: made.digits[name] + wobble(k),
      multiplications: name === 'maxout' ? 1000 * made.multiplications : 1000,
    })),
    ...[reference, ...variants].map(({ name }, k) => ({
      kind: 'toy',
      contestant: name,
      seed,
      accuracy: 0.9 + (made.toys[name] ?? 0) + wobble(k),
    })),
    ...made.learned.map((slope, i) => ({ ...end, contestant: 'prelu', layer: i + 1, slope: slope + wobble(i) })),
    ...[
      { contestant: 'relu', mean: 0.5, unitMean: 0.5 },
      { contestant: 'elu', mean: made.eluMeanAtStart, unitMean: made.eluUnitMean },
    ].flatMap(({ contestant, mean, unitMean }, k) => [
      { kind: 'layer', moment: 'start', layer: 1, contestant, seed, mean: mean + wobble(k) },
      {
        ...end,
        layer: 1,
        contestant,
        unitMean: unitMean + wobble(k),
        relativeMean: unitMean + wobble(k),
        flat: made.eluFlat,
        flatUnits: made.eluDead,
      },
    ]),
    { ...end, contestant: 'selu', layer: 1, variance: made.seluAfterTraining + wobble(1) },
    { ...end, contestant: 'maxout', layer: 1, idlePieces: made.idle },
    ...[0, 1, 2].map((layer) => ({
      kind: 'contraction',
      layer,
      seed,
      difference: 0.4 * made.contraction ** layer * (1 + wobble(layer)),
      variance: made.wideVariance + wobble(layer),
    })),
    ...Object.entries(made.signals).map(([condition, [mean, variance]]) => ({
      kind: 'signals',
      condition,
      layer: 4,
      seed,
      mean: mean + wobble(1),
      variance: variance + wobble(2),
    })),
    {
      kind: 'signals',
      condition: 'pixels from 0 to 255',
      layer: 1,
      seed,
      mean: 0,
      variance: made.firstVariance * (1 + wobble(1)),
    },
    ...Object.entries(made.exponents).flatMap(([units, exponent]) =>
      [32, 64, 128].map((pieces) => ({
        kind: 'pieces',
        units: Number(units),
        pieces,
        seed,
        error: pieces ** exponent * (1 + wobble(pieces)),
      })),
    ),
  ];
}

const rules = triedRules();

function decide(rows: readonly Row[], id: string): string {
  return rules.verdict(claimsOf(rows, setting), id);
}

function verdict(id: string, change: Partial<Made> = {}): string {
  return decide(rowsOf({ ...asExpected, ...change }), id);
}

/** The digits with one accuracy otherwise. */
function digits(name: string, accuracy: number): Partial<Made> {
  return { digits: { ...asExpected.digits, [name]: accuracy } };
}

function signals(condition: string, mean: number, variance: number): Partial<Made> {
  return { signals: { ...asExpected.signals, [condition]: [mean, variance] } };
}

describe('the rule of each claim decides on both sides', () => {
  it.each([
    ['leaky-passes-alpha', { passed: 0.02 }],
    ['relu-stays-silent', { back: { ...asExpected.back, 0: 0.1 } }],
    ['large-slope-brings-back', { back: { ...asExpected.back, 0.3: 0.2 } }],
    ['usual-slope-changes-nothing', { bySlope: { ...asExpected.bySlope, 0.01: 0.98 } }],
    ['prelu-learns', { learned: [0.25, 0.25] }],
    ['prelu-equals-its-start', digits('prelu', 0.99)],
    ['elu-float32-ends', { derivativeEndsAt: -104 }],
    ['elu-flat-in-use', { eluFlat: 0 }],
    ['elu-does-not-die', { eluDead: 0.01 }],
    ['elu-bounded-below', { least: -1.5 }],
    ['elu-mean-at-start', { eluMeanAtStart: 0.4 }],
    ['selu-first-layer-sees-inputs', { firstVariance: 5 }],
    ['elu-mean-closer', { eluUnitMean: 0.6 }],
    ['elu-mean-closer-relative', { eluUnitMean: 0.6 }],
    ['selu-fixed-point', { wideVariance: 1.2 }],
    ['selu-contraction', { contraction: 0.9 }],
    ['selu-ordinary-dropout', signals('ordinary dropout', 0, 1)],
    ['selu-alpha-dropout', signals('alpha dropout', 0, 1.6)],
    ['maxout-one-unit-convex', { exponents: { 1: -1, 2: -2 } }],
    ['maxout-two-units-anything', { exponents: { 1: -2, 2: -1 } }],
    ['maxout-expensive', { multiplications: 1 }],
    ['maxout-wastes-nothing', { idle: 0.2 }],
    ['leaky-beats-relu', digits('leaky-relu', 0.96)],
    ['prelu-beats-relu', digits('prelu', 0.96)],
    ['elu-beats-relu', digits('elu', 0.96)],
    ['selu-beats-relu', digits('selu', 0.96)],
    ['maxout-beats-relu', digits('maxout', 0.96)],
    ['maxout-pays', digits('maxout, equal parameters', 0.96)],
    ['some-variant-beats-relu-in-the-plane', { toys: Object.fromEntries(variants.map(({ name }) => [name, -0.03])) }],
  ] satisfies readonly (readonly [string, Partial<Made>])[])('%s is supported, or refuted', (id, against) => {
    expect(verdict(id)).toBe('supported');
    expect(verdict(id, against)).toBe('refuted');
  });

  it.each([
    ['leaky-brings-back', { back: { ...asExpected.back, 0.01: 0.9 } }],
    ['leaky-brings-back-from-the-brink', { backFromBrink: 0.9 }],
    ['prelu-first-layer-steepest', { learned: [0.3, 0.2] }],
    ['elu-twice-smooth', { curvatureJump: 0 }],
    ['selu-needs-standardised-inputs', signals('pixels from 0 to 255', 0, 9)],
    ['selu-after-training', { seluAfterTraining: 1 }],
    ['every-variant-beats-relu-in-the-plane', { toys: Object.fromEntries(variants.map(({ name }) => [name, 0.03])) }],
  ] satisfies readonly (readonly [string, Partial<Made>])[])('%s is refuted, or supported', (id, otherwise) => {
    expect(verdict(id)).toBe('refuted');
    expect(verdict(id, otherwise)).toBe('supported');
  });

  it.each([
    ['elu-smooth', { slopeJump: { 1: 0, 2: 0 } }, { slopeJump: { 1: 1, 2: 1 } }],
    ['elu-gradient-nonzero', { derivativeBelow: 1e-9 }, { leastDerivativeAbove: 0 }],
    ['selu-keeps-mean', signals('He weights', 0, 100), signals('as asked for', 1, 1)],
    ['selu-keeps-variance', signals('He weights', 5, 1), signals('as asked for', 0, 3)],
  ] satisfies readonly (readonly [string, Partial<Made>, Partial<Made>])[])(
    '%s holds on a condition, anyway, or not at all',
    (id, anyway, not) => {
      expect(verdict(id)).toBe('only-if');
      expect(verdict(id, anyway)).toBe('supported');
      expect(verdict(id, not)).toBe('refuted');
    },
  );

  it.each([
    ['leaky-brings-back', { back: { ...asExpected.back, 0.01: 0.51 } }, { back: { ...asExpected.back, 0.01: 0.49 } }],
    ['leaky-brings-back-from-the-brink', { backFromBrink: 0.51 }, { backFromBrink: 0.49 }],
    [
      'usual-slope-changes-nothing',
      { bySlope: { ...asExpected.bySlope, 0.01: 0.9747 } },
      { bySlope: { ...asExpected.bySlope, 0.01: 0.9753 } },
    ],
    ['elu-mean-at-start', { eluMeanAtStart: 0.275 }, { eluMeanAtStart: 0.278 }],
    ['elu-mean-at-start', { eluMeanAtStart: 0.218 }, { eluMeanAtStart: 0.215 }],
    ['selu-first-layer-sees-inputs', { firstVariance: 10.1 }, { firstVariance: 9.9 }],
    [
      'selu-needs-standardised-inputs',
      signals('pixels from 0 to 255', 0, 1.21),
      signals('pixels from 0 to 255', 0, 1.19),
    ],
    ['selu-ordinary-dropout', signals('ordinary dropout', 0, 1.21), signals('ordinary dropout', 0, 1.19)],
    ['selu-alpha-dropout', signals('alpha dropout', 0, 1.19), signals('alpha dropout', 0, 1.21)],
    ['maxout-wastes-nothing', { idle: 0.0095 }, { idle: 0.0105 }],
  ] satisfies readonly (readonly [string, Partial<Made>, Partial<Made>])[])(
    '%s has its threshold where it says',
    (id, inside, outside) => {
      expect(verdict(id, inside)).toBe('supported');
      expect(verdict(id, outside)).toBe('refuted');
    },
  );

  it('takes a larger slope for better where one is, and for worse where all are', () => {
    const worse = Object.fromEntries(slopes.map((alpha) => [alpha, alpha > 0.01 ? 0.9 : 0.97]));
    expect(verdict('larger-slope-is-better')).toBe('supported');
    expect(verdict('larger-slope-is-better', { bySlope: worse })).toBe('refuted');
  });

  it('does not take a small difference among several for one', () => {
    // Differences of 1.4 ± 0.9 points in six seeds: p = 0.015 alone, and nothing among six.
    const wide = rowsOf(asExpected).map((row) =>
      row.kind === 'run' && row.contestant === 'leaky-relu'
        ? { ...row, accuracy: 0.97 + 0.014 + 0.01 * [-1.25, -0.75, -0.25, 0.25, 0.75, 1.25][Number(row.seed) - 1] }
        : row,
    );
    expect(decide(wide, 'leaky-beats-relu')).toBe('supported');
    const others = wide.map((row) =>
      row.kind === 'run' && variants.some(({ name }) => name === row.contestant) && row.contestant !== 'leaky-relu'
        ? { ...row, accuracy: 0.97 + 0.0001 * Math.sin(7 * Number(row.seed)) }
        : row,
    );
    expect(decide(others, 'leaky-beats-relu')).toBe('inconclusive');
  });

  it('is tried of every claim', () => {
    expect(rules.oneSided(claimsOf(rowsOf(asExpected), setting))).toEqual([]);
  });

  it('counts no seed whose run diverged', () => {
    const rows = rowsOf(asExpected).map((row) =>
      row.kind === 'run' && row.contestant === 'maxout' && row.seed === 2
        ? { ...row, status: 'diverged', accuracy: null }
        : row,
    );
    const seeds = claimsOf(rows, setting).find(({ id }) => id === 'maxout-beats-relu')?.measurement.seeds;
    expect(seeds).toBe(5);
  });
});
