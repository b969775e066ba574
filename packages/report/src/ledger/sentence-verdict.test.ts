import { describe, expect, it } from 'vitest';
import type { Verdict } from '../claims/claim.ts';
import { type Vote, sentenceVerdict } from './sentence-verdict.ts';

const says = (...verdicts: readonly (Verdict | undefined)[]): readonly Vote[] =>
  verdicts.map((verdict) => ({ verdict, against: false }));
const denies = (verdict: Verdict | undefined): Vote => ({ verdict, against: true });

describe('sentenceVerdict', () => {
  it('is not yet tested without a claim, and where no report has any', () => {
    expect(sentenceVerdict([])).toBe('not yet tested');
    expect(sentenceVerdict(says(undefined, undefined))).toBe('not yet tested');
  });

  it('is supported only where every claim is', () => {
    expect(sentenceVerdict(says('supported', 'supported'))).toBe('supported');
    expect(sentenceVerdict(says('supported', 'inconclusive'))).toBe('inconclusive');
    expect(sentenceVerdict(says('supported', undefined))).toBe('inconclusive');
  });

  it('is refuted where a claim is refuted and none holds', () => {
    expect(sentenceVerdict(says('refuted'))).toBe('refuted');
    expect(sentenceVerdict(says('refuted', 'inconclusive', undefined))).toBe('refuted');
  });

  it('holds in part where some claims hold and others do not, or hold under a condition', () => {
    expect(sentenceVerdict(says('supported', 'refuted'))).toBe('in part');
    expect(sentenceVerdict(says('only-if', 'refuted'))).toBe('in part');
    expect(sentenceVerdict(says('only-if'))).toBe('in part');
    expect(sentenceVerdict(says('only-if', 'supported', undefined))).toBe('in part');
  });

  it('turns claims that say the opposite the other way round', () => {
    expect(sentenceVerdict([denies('supported')])).toBe('refuted');
    expect(sentenceVerdict([denies('refuted')])).toBe('supported');
    expect(sentenceVerdict([...says('supported'), denies('supported')])).toBe('in part');
    expect(sentenceVerdict([denies('only-if')])).toBe('in part');
    expect(sentenceVerdict([denies('inconclusive')])).toBe('inconclusive');
    expect(sentenceVerdict([denies(undefined)])).toBe('not yet tested');
  });
});
