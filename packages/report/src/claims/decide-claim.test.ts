import { describe, expect, it } from 'vitest';
import type { Claim } from './claim.ts';
import { decideClaim, isContradiction, isUnexpected } from './decide-claim.ts';
import { greaterThan } from './rules.ts';

const claim: Claim = {
  id: 'relu-is-sparse',
  text: 'ReLU is sparse.',
  prediction: null,
  measurement: { estimate: 0.6, interval: [0.55, 0.65], seeds: 5 },
  rule: greaterThan(0.5),
};

describe('decideClaim', () => {
  it('gives plain data that survives JSON', () => {
    const decided = decideClaim(claim, 'quick');
    expect(JSON.parse(JSON.stringify(decided))).toEqual({
      id: 'relu-is-sparse',
      text: 'ReLU is sparse.',
      prediction: null,
      measurement: { estimate: 0.6, interval: [0.55, 0.65], seeds: 5 },
      verdict: 'supported',
      rule: 'supported when the whole interval lies above 0.5',
      reason: 'the interval 0.55 to 0.65 lies above 0.5',
      expected: null,
    });
  });

  it('takes what is expected from the profile', () => {
    const expected = { full: 'refuted' } as const;
    expect(isUnexpected(decideClaim({ ...claim, expected }, 'full'))).toBe(true);
    expect(isUnexpected(decideClaim({ ...claim, expected }, 'quick'))).toBe(false);
    expect(isUnexpected(decideClaim({ ...claim, expected: 'supported' }, 'quick'))).toBe(false);
  });

  it('lets a quick profile know too little, and not say something else', () => {
    const contradicts = (expected: Claim['expected'], interval: readonly [number, number]): boolean =>
      isContradiction(
        decideClaim(
          { ...claim, ...(expected && { expected }), measurement: { estimate: interval[0], interval, seeds: 5 } },
          'quick',
        ),
      );
    const [above, across, below] = [
      [0.6, 0.7],
      [0.4, 0.6],
      [0.3, 0.4],
    ] as const;
    for (const expected of [
      'supported',
      { full: 'supported' },
      { quick: 'inconclusive', full: 'supported' },
    ] as const) {
      expect([above, across, below].map((interval) => contradicts(expected, interval))).toEqual([false, false, true]);
    }
    expect([above, across, below].map((interval) => contradicts(undefined, interval))).toEqual([false, false, false]);
    expect(contradicts({ quick: 'inconclusive' }, below)).toBe(false);
    expect(contradicts({ quick: 'refuted', full: 'supported' }, below)).toBe(false);
    expect(contradicts('refuted', above)).toBe(true);
  });

  it('refuses a malformed claim, and says which', () => {
    const message = (change: object): string => {
      try {
        decideClaim({ ...claim, ...change }, 'quick');
        return 'accepted';
      } catch (error) {
        return String(error);
      }
    };
    expect(message({ id: '../x' })).toMatch(/id of a claim .* got '..\/x'/);
    expect(message({ measurement: { ...claim.measurement, interval: [1, 0] } })).toMatch(
      /'relu-is-sparse' has an interval from 1 to 0/,
    );
    expect(message({ measurement: { ...claim.measurement, seeds: 1.5 } })).toMatch(/seeds of the claim/);
    expect(message({ expected: 'suported' })).toMatch(/did you mean 'supported'/);
    expect(message({ format: 'percents' })).toMatch(/format 'percents'/);
  });
});
