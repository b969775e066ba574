import { describe, expect, it } from 'vitest';
import type { Claim, Interval } from './claim.ts';
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
    for (const expected of ['inconclusive', { full: 'inconclusive' }, { quick: 'inconclusive' }] as const) {
      expect([above, across, below].map((interval) => contradicts(expected, interval))).toEqual([true, false, true]);
    }
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
    expect(message({ measurement: { ...claim.measurement, seeds: 1.5 } })).toMatch(
      /must count its seeds: a whole number from 0, not 1.5/,
    );
    expect(message({ expected: 'suported' })).toMatch(/did you mean 'supported'/);
    expect(message({ format: 'percents' })).toMatch(/format .* is 'percents'/);
    expect(message({ text: undefined })).toMatch(/needs a text/);
    expect(message({ prediction: { value: 'x' } })).toMatch(/prediction of the claim .* a number; got 'x'/);
    expect(message({ prediction: undefined })).toMatch(/or null where there is none, not undefined/);
    expect(message({ rule: undefined })).toMatch(/rule of the claim 'relu-is-sparse' must be \{ describe, decide \}/);
    expect(message({ expected: { quik: 'supported' } })).toMatch(/the profile 'quik'; did you mean 'quick'/);
    expect(message({ evidence: 5 })).toMatch(/evidence .* not 5/);
  });

  it.each([
    [{ estimate: '0.7', interval: ['0.6', '0.8'], seeds: 3 }, /needs an estimate, .* got '0.7'/],
    [{ estimate: 0.7, interval: ['0.6', '0.8'], seeds: 3 }, /not \[low, high\] in numbers but \['0.6', '0.8'\]/],
    [{ interval: [1, 1], seeds: 3 }, /needs an estimate, .* got undefined/],
    [{ estimate: 1, interval: [1], seeds: 3 }, /not \[low, high\] in numbers but \[1\]/],
    [{ estimate: 1, seeds: 3 }, /not \[low, high\] in numbers but undefined/],
    [{ estimate: 99, interval: [0, 1], seeds: 3 }, /estimate 99, which lies outside its interval, 0 to 1/],
    [{ estimate: 1, interval: [1, 1], seeds: 3, per: 'zebra' }, /counts by 'seed' or by 'round', not 'zebra'/],
    [{ estimate: 1, interval: [1, 1], seeds: 3, unit: 5 }, /unit that is no text but 5/],
    [null, /must be \{ estimate, interval, seeds \}, not null/],
  ])('refuses %j as a measurement', (measurement, message) => {
    expect(() => decideClaim({ ...claim, measurement } as unknown as Claim, 'quick')).toThrow(message);
  });

  it('lets rounding put an estimate a hair outside its interval, and takes what is not there or has no end', () => {
    const verdict = (estimate: number, interval: Interval | null) =>
      decideClaim({ ...claim, measurement: { estimate, interval, seeds: 3 } }, 'quick').verdict;
    expect(verdict(0.1 + 0.2 + 0.4, [0.6, 0.7])).toBe('supported');
    expect(verdict(NaN, [0.6, 0.7])).toBe('inconclusive');
    expect(verdict(0.6, [NaN, NaN])).toBe('inconclusive');
    expect(verdict(0.6, null)).toBe('inconclusive');
    expect(verdict(Infinity, [Infinity, Infinity])).toBe('supported');
  });

  it.each([
    [{ verdict: 'great', reason: 'r' }, /decides 'great', which is no verdict/],
    [{ verdict: '"><meta http-equiv=refresh>', reason: 'r' }, /which is no verdict/],
    [{ verdict: 'supported' }, /reason in words, not undefined/],
    [{ verdict: 'only-if', reason: 'r' }, /condition in words, not undefined/],
    ['supported', /must decide \{ verdict, reason \}, not 'supported'/],
  ])('refuses %j from a rule', (decision, message) => {
    const rule = { describe: () => 'mine', decide: () => decision } as unknown as Claim['rule'];
    expect(() => decideClaim({ ...claim, rule }, 'quick')).toThrow(message);
  });

  it('refuses a rule that does not describe itself', () => {
    const rule = { ...greaterThan(0.5), describe: () => undefined } as unknown as Claim['rule'];
    expect(() => decideClaim({ ...claim, rule }, 'quick')).toThrow(/must describe itself in words, not undefined/);
  });
});
