import { describe, expect, it } from 'vitest';
import type { Claim } from './claim.ts';
import { decideClaim, isUnexpected } from './decide-claim.ts';
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
