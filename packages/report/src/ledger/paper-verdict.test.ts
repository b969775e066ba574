import { describe, expect, it } from 'vitest';
import { paperVerdict } from './paper-verdict.ts';

describe('paperVerdict', () => {
  it('agrees where all claims are supported', () => {
    expect(paperVerdict(['supported', 'supported'])).toBe('yes');
  });

  it('agrees where a claim holds under a condition that the paper states, and partly where it states none', () => {
    expect(paperVerdict(['only-if', 'supported'], { conditionsStated: true })).toBe('yes');
    expect(paperVerdict(['only-if', 'supported'])).toBe('partly');
  });

  it('does not agree where a claim is refuted and none holds, and partly where another holds', () => {
    expect(paperVerdict(['refuted', 'inconclusive'])).toBe('no');
    expect(paperVerdict(['refuted', 'supported'])).toBe('partly');
    expect(paperVerdict(['refuted', 'only-if'], { conditionsStated: true })).toBe('partly');
  });

  it('is undecided where something is open and nothing refuted', () => {
    expect(paperVerdict(['supported', 'inconclusive'])).toBe('undecided');
    expect(paperVerdict(['supported', undefined])).toBe('undecided');
    expect(paperVerdict(['only-if', 'inconclusive'], { conditionsStated: true })).toBe('undecided');
  });

  it('is not yet tested where no report has a claim', () => {
    expect(paperVerdict([])).toBe('not yet tested');
    expect(paperVerdict([undefined])).toBe('not yet tested');
  });
});
