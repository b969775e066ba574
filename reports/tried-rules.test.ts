import { type Claim, greaterThan } from '@relu-lab/report';
import { describe, expect, it } from 'vitest';
import { triedRules } from './tried-rules.ts';

const claimsOf = (estimate: number): readonly Claim[] =>
  ['a', 'b'].map((id) => ({
    id,
    text: 'It is so.',
    prediction: null,
    measurement: { estimate, interval: [estimate, estimate], seeds: 5 },
    rule: greaterThan(0),
  }));

describe('triedRules', () => {
  it('names the claims whose rule was not seen to decide both ways', () => {
    const { verdict, oneSided } = triedRules();
    expect(oneSided(claimsOf(1))).toEqual(['a', 'b']);
    expect(verdict(claimsOf(1), 'a')).toBe('supported');
    verdict(claimsOf(2), 'a');
    expect(oneSided(claimsOf(1))).toEqual(['a', 'b']);
    expect(verdict(claimsOf(-1), 'a')).toBe('refuted');
    expect(oneSided(claimsOf(1))).toEqual(['b']);
  });

  it('refuses a claim that is none', () => {
    expect(() => triedRules().verdict(claimsOf(1), 'c')).toThrow("There is no claim 'c'");
  });
});
