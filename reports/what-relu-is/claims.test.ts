import type { Row } from '@relu-lab/sweep';
import { describe, expect, it } from 'vitest';
import { triedRules } from '../tried-rules.ts';
import { claimsOf } from './claims.ts';

const asExpected = {
  departures: 0,
  negative: 0,
  unattained: 0,
  inhomogeneous: 0,
  slopeDepartures: 0,
  slopeDeparturesWithOne: 0.1,
  additivityDefect: (2 - Math.SQRT2) / Math.sqrt(2 * Math.PI),
  zerosAtEnd: 1e-7,
  gainOfOne: 0,
  straight: 0.6,
  folded: 0.95,
  exponent: -2,
};

/** What made-up networks did, in each of five seeds up to a small wobble. */
function rowsOf(made: typeof asExpected): readonly Row[] {
  return [1, 2, 3, 4, 5].flatMap((seed) => {
    const wobble = 1 + (seed - 3) / 2000;
    const { departures, negative, unattained, inhomogeneous, slopeDepartures, slopeDeparturesWithOne } = made;
    const accuracies = { identity: made.straight * wobble, relu: made.folded * wobble };
    return [
      {
        kind: 'function',
        seed,
        departures,
        negative,
        unattained,
        inhomogeneous,
        slopeDepartures,
        slopeDeparturesWithOne,
        additivityDefect: made.additivityDefect * wobble,
      },
      ...[0, 1].map((subgradient) => ({
        kind: 'kink',
        seed,
        subgradient,
        accuracy: 0.97 + subgradient * made.gainOfOne * wobble,
        zerosAtEnd: made.zerosAtEnd * wobble,
      })),
      ...['circles', 'spirals', 'checkerboard'].flatMap((mapping) =>
        Object.entries(accuracies).map(([activation, accuracy]) => ({
          kind: 'mapping',
          seed,
          mapping,
          activation,
          accuracy,
        })),
      ),
      ...[8, 16, 32].map((units) => ({ kind: 'pieces', seed, units, error: wobble * units ** made.exponent })),
    ];
  });
}

const { verdict: decide, oneSided } = triedRules();

function verdict(id: string, change: Partial<typeof asExpected> = {}): string {
  return decide(claimsOf(rowsOf({ ...asExpected, ...change })), id);
}

describe('the rule of each claim decides on both sides', () => {
  it.each([
    ['piecewise-linear', { departures: 1e-6 }],
    ['range', { unattained: 1e-6 }],
    ['range', { negative: 1e-6 }],
    ['homogeneous', { inhomogeneous: 1e-6 }],
    ['not-linear', { additivityDefect: 0 }],
    ['kink-is-rare', { zerosAtEnd: 1e-3 }],
    ['kink-choice-is-harmless', { gainOfOne: 0.01 }],
    ['no-activation-no-mapping', { straight: 0.8 }],
    ['learns-complex-mappings', { folded: 0.7 }],
    ['pieces-follow-curves', { exponent: -1 }],
  ] as const)('%s', (id, against) => {
    expect(verdict(id)).toBe('supported');
    expect(verdict(id, against)).toBe('refuted');
  });

  it.each([
    [
      'not-linear',
      { additivityDefect: 1.015 * asExpected.additivityDefect },
      { additivityDefect: 1.025 * asExpected.additivityDefect },
    ],
    ['kink-is-rare', { zerosAtEnd: 9.9e-6 }, { zerosAtEnd: 1.01e-5 }],
    ['kink-choice-is-harmless', { gainOfOne: 0.0049 }, { gainOfOne: 0.0051 }],
    ['no-activation-no-mapping', { straight: 0.697 }, { straight: 0.703 }],
    ['learns-complex-mappings', { folded: asExpected.straight + 0.253 }, { folded: asExpected.straight + 0.247 }],
    ['pieces-follow-curves', { exponent: -1.91 }, { exponent: -1.89 }],
  ] as const)('%s has its threshold where it says', (id, inside, outside) => {
    expect(verdict(id, inside)).toBe('supported');
    expect(verdict(id, outside)).toBe('refuted');
  });

  it('calls the derivative at 0 a convention', () => {
    expect(verdict('derivative-at-zero')).toBe('only-if');
    expect(verdict('derivative-at-zero', { slopeDeparturesWithOne: 0 })).toBe('supported');
    expect(verdict('derivative-at-zero', { slopeDepartures: 1e-6 })).toBe('refuted');
  });

  it('is tried of every claim', () => {
    expect(oneSided(claimsOf(rowsOf(asExpected)))).toEqual([]);
  });
});
