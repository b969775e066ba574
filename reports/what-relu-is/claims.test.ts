import { decideClaim } from '@relu-lab/report';
import type { Row } from '@relu-lab/sweep';
import { describe, expect, it } from 'vitest';
import { claimsOf } from './claims.ts';

const asExpected = {
  departures: 0,
  negative: 0,
  unattained: 0,
  inhomogeneous: 0,
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
    const { departures, negative, unattained, inhomogeneous, additivityDefect } = made;
    const accuracies = { identity: made.straight * wobble, relu: made.folded * wobble };
    return [
      {
        kind: 'function',
        seed,
        departures,
        negative,
        unattained,
        inhomogeneous,
        additivityDefect: additivityDefect * wobble,
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

function verdict(id: string, change: Partial<typeof asExpected> = {}): string {
  const claim = claimsOf(rowsOf({ ...asExpected, ...change })).find((candidate) => candidate.id === id);
  if (!claim) throw new Error(`There is no claim '${id}'`);
  return decideClaim(claim, 'full').verdict;
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

  it('calls the derivative at 0 a convention', () => {
    expect(verdict('derivative-at-zero')).toBe('only-if');
  });
});
