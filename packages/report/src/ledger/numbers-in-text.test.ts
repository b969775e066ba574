import { describe, expect, it } from 'vitest';
import { decideClaim } from '../claims/decide-claim.ts';
import { greaterThan } from '../claims/rules.ts';
import { claimsInText, fillNumbers } from './numbers-in-text.ts';

const claim = decideClaim(
  {
    id: 'half',
    text: 'Half is zero.',
    prediction: { value: 0.5 },
    measurement: { estimate: 0.49512, interval: [0.48, 0.51], seeds: 5 },
    rule: greaterThan(0.4),
    format: 'percent',
  },
  'quick',
);
const fill = (text: string) => {
  const filled = fillNumbers(text, (reference) => (reference === 'zeros/half' ? claim : undefined));
  return { ...filled, text: filled.text.replaceAll('\u00a0', ' ') };
};

describe('fillNumbers', () => {
  it('writes what was measured and what was predicted, as the claim does or as is asked for', () => {
    expect(fill('{{ zeros/half.measured }}, not {{zeros/half.predicted}}').text).toBe('49.5 %, not 50.0 %');
    expect(fill('{{ zeros/half.measured | fixed2 }}')).toEqual({ text: '0.50', problems: [] });
  });

  it('has a dash for a claim that is not there', () => {
    expect(fill('{{ speed/fast.measured }} times')).toEqual({ text: '– times', problems: [] });
  });

  it('names what it cannot write, and leaves it as it is', () => {
    const { text, problems } = fill('{{ zeros/half.mesured }} and {{ zeros/half.measured | precent }}');
    expect(text).toBe('{{ zeros/half.mesured }} and {{ zeros/half.measured | precent }}');
    expect(problems).toHaveLength(2);
    expect(problems[0]).toContain("there is no 'mesured' in zeros/half; did you mean 'measured'?");
    expect(problems[1]).toContain("did you mean 'percent'?");
  });

  it('leaves a text without numbers alone', () => {
    expect(fill('ReLU is max(0, x).').text).toBe('ReLU is max(0, x).');
  });
});

describe('claimsInText', () => {
  it('names the claims of a text', () => {
    expect(claimsInText('{{ a/b.measured }} and {{ c/d.predicted | percent }}')).toEqual(['a/b', 'c/d']);
  });
});
