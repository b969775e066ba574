import { describe, expect, it } from 'vitest';
import type { Verdict } from './claim.ts';
import { verdictCounts } from './claim-text.ts';
import { decideClaim } from './decide-claim.ts';

/** A claim with this verdict. */
function claim(verdict: Verdict): Parameters<typeof verdictCounts>[0][number] {
  const decided = decideClaim(
    {
      id: 'a',
      text: 'A.',
      prediction: null,
      measurement: { estimate: 1, interval: [1, 1], seeds: 2 },
      rule: { describe: () => 'rule', decide: () => ({ verdict: 'supported', reason: 'so' }) },
    },
    'quick',
  );
  return { ...decided, verdict };
}

describe('verdictCounts', () => {
  it('counts in one order, whatever that of the claims', () => {
    const verdicts: Verdict[] = ['refuted', 'inconclusive', 'supported', 'only-if', 'refuted'];
    expect(verdictCounts(verdicts.map(claim))).toBe('1 supported, 1 only-if, 1 inconclusive, 2 refuted');
    expect(verdictCounts([...verdicts].reverse().map(claim))).toBe('1 supported, 1 only-if, 1 inconclusive, 2 refuted');
  });

  it('leaves out what there is none of', () => {
    expect(verdictCounts([claim('refuted'), claim('supported')])).toBe('1 supported, 1 refuted');
    expect(verdictCounts([])).toBe('no claims');
  });
});
