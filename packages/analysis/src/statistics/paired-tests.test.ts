import { ParameterError, ShapeError, normalCumulative, random } from '@relu-lab/core';
import { describe, expect, it } from 'vitest';
import recorded from '../../test/fixtures/statistics.json' with { type: 'json' };
import {
  type Alternative,
  type Outcome,
  compareSeeds,
  pairedDifferences,
  pairedTTest,
  signFlipTest,
  wilcoxonSignedRank,
} from '../index.ts';

const { heavy, other, darwin } = recorded.samples;
const zeros = (values: readonly number[]): number[] => values.map(() => 0);

/** Student's sleep data: extra hours of sleep of ten patients with two drugs (R, `sleep`). */
const drug1 = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0, 2];
const drug2 = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4];

/** Hamilton depression scale before and after (Hollander & Wolfe 1973; R, `wilcox.test`). */
const before = [1.83, 0.5, 1.62, 2.48, 1.68, 1.88, 1.55, 3.06, 1.3];
const after = [0.878, 0.647, 0.598, 2.05, 1.06, 1.29, 1.06, 3.14, 1.29];

describe('pairedTTest', () => {
  it('gives t = −4.0621 and p = 0.002833 for Student’s sleep data, as R does', () => {
    const { statistic, pValue, pairs } = pairedTTest(drug1, drug2);
    expect(pairs).toBe(10);
    expect(statistic).toBeCloseTo(-4.0621, 4);
    expect(pValue).toBeCloseTo(0.002833, 6);
  });

  it.each(recorded.pairedT)('agrees with SciPy, $alternative', ({ alternative, t, p }) => {
    const found = pairedTTest(heavy, other, { alternative: alternative as Alternative });
    expect(found.statistic).toBeCloseTo(t, 12);
    expect(found.pValue).toBeCloseTo(p, 7);
  });

  it('has no p value where there is no spread', () => {
    expect(pairedTTest([1], [2])).toMatchObject({ pValue: null, pairs: 1 });
    expect(pairedTTest([1, 2], [0, 1])).toMatchObject({ pValue: null, reason: expect.stringContaining('equal') });
  });
});

describe('wilcoxonSignedRank', () => {
  it('beyond 200 differences takes the normal distribution with the correction for continuity', () => {
    const n = 240;
    const signs = Array.from({ length: n }, (_, i) => (i % 5 < 3 ? 1 : -1));
    const differences = signs.map((sign, i) => sign * (i + 1));
    const found = wilcoxonSignedRank(differences, zeros(differences), { alternative: 'greater' });
    const w = signs.reduce((sum, sign, i) => (sign > 0 ? sum + i + 1 : sum), 0);
    expect(found).toMatchObject({ method: 'normal', statistic: w });
    const deviation = Math.sqrt((n * (n + 1) * (2 * n + 1)) / 24);
    const z = (w - 0.5 - (n * (n + 1)) / 4) / deviation;
    expect(found.pValue).toBeCloseTo(normalCumulative(-z), 12);
  });

  it('gives V = 40 and p = 10/512 for the depression data, as R does', () => {
    const found = wilcoxonSignedRank(before, after, { alternative: 'greater' });
    expect(found).toMatchObject({ statistic: 40, method: 'exact', pairs: 9 });
    expect(found.pValue).toBeCloseTo(10 / 512, 12);
  });

  it.each(recorded.wilcoxon)('agrees with SciPy’s exact p, $alternative', ({ alternative, w, p }) => {
    const found = wilcoxonSignedRank(heavy, other, { alternative: alternative as Alternative });
    expect(found.statistic).toBe(w);
    expect(found.pValue).toBeCloseTo(p, 10);
  });

  it('is exact with ties: the share of all sign patterns of the mid-ranks', () => {
    // |differences| 1, 2, 3, 3, 1 have ranks 1.5, 3, 4.5, 4.5, 1.5; all but one of 1.5 are positive.
    const { statistic, pValue } = wilcoxonSignedRank([-1, 0, 2, 3, 3, 1], [0, 0, 0, 0, 0, 0], {
      alternative: 'greater',
    });
    expect(statistic).toBe(13.5);
    // Of 32 patterns, those of at least 13.5 are the complements of those of at most 1.5: {}, {1.5}, {1.5}.
    expect(pValue).toBeCloseTo(3 / 32, 12);
  });

  it('approximates beyond 200 differences, with a mean p of one half under no difference', () => {
    const stream = random(8).stream('values');
    const runs = 40;
    let sum = 0;
    for (let run = 0; run < runs; run++) {
      const values = Array.from({ length: 201 }, () => stream.normal());
      const { pValue, method } = wilcoxonSignedRank(values, zeros(values), { alternative: 'less' });
      expect(method).toBe('normal');
      sum += pValue ?? NaN;
    }
    // p is uniform: its mean over 40 runs has a standard error of 1/√480.
    expect(Math.abs(sum / runs - 0.5)).toBeLessThan(4 / Math.sqrt(480));
  });

  it('hardly moves where the approximation takes over from the exact value', () => {
    const values = Array.from({ length: 200 }, (_, i) => (i % 5 < 3 ? i + 1 : -(i + 1)));
    const exact = wilcoxonSignedRank(values, zeros(values));
    const more = [...values, 0.25];
    const normal = wilcoxonSignedRank(more, zeros(more));
    expect([exact.method, normal.method]).toEqual(['exact', 'normal']);
    expect(Math.abs(Math.log((exact.pValue ?? NaN) / (normal.pValue ?? NaN)))).toBeLessThan(0.05);
  });

  it('has no p value where nothing differs', () => {
    expect(wilcoxonSignedRank([1, 2], [1, 2])).toMatchObject({
      pValue: null,
      pairs: 2,
      reason: 'all differences are 0',
    });
  });
});

describe('signFlipTest', () => {
  it('never gives p = 0: the observed signs count among the random ones (Phipson & Smyth)', () => {
    // All 40 of one sign: of 2⁴⁰ patterns one is as far out, and 100 random ones do not meet it.
    const all = new Array<number>(40).fill(1);
    const options = { arrangements: 100, alternative: 'greater' } as const;
    expect(signFlipTest(all, zeros(all), options)).toMatchObject({ method: 'monte-carlo', pValue: 1 / 101 });
    const below = signFlipTest(zeros(all), all, { ...options, alternative: 'less' });
    expect(below.pValue).toBe(1 / 101);
  });

  it('gives Fisher’s 1726/32768 for Darwin’s maize', () => {
    const found = signFlipTest(darwin, zeros(darwin));
    expect(found.method).toBe('exact');
    expect(found.pValue).toBeCloseTo(1726 / 32768, 12);
    expect(found.statistic).toBeCloseTo(314 / 15, 12);
  });

  it.each(recorded.signFlip)('agrees with SciPy, $alternative', ({ alternative, p }) => {
    expect(signFlipTest(darwin, zeros(darwin), { alternative: alternative as Alternative }).pValue).toBeCloseTo(p, 12);
  });

  it('draws patterns where there are too many, and comes near the exact value', () => {
    const fewer = signFlipTest(heavy.slice(0, 18), other.slice(0, 18));
    expect(fewer.method).toBe('exact');
    const many = signFlipTest([...darwin, 0, 0, 0, 0], zeros([...darwin, 0, 0, 0, 0]), {
      arrangements: 20_000,
      seed: 2,
    });
    expect(many.method).toBe('monte-carlo');
    // Zeros change nothing: the exact value is Fisher's; twice a share of 0.0263 of 20 000.
    const error = 2 * Math.sqrt((0.0263 * 0.9737) / 20_000);
    expect(Math.abs((many.pValue ?? NaN) - 1726 / 32768)).toBeLessThan(4 * error);
    expect(signFlipTest(heavy, other, { seed: 2 })).toEqual(signFlipTest(heavy, other, { seed: 2 }));
  });

  it('cannot fall below 2^(1−n)', () => {
    expect(signFlipTest([5, 6, 7, 8], [1, 1, 1, 1]).pValue).toBeCloseTo(2 / 16, 12);
  });

  it('refuses options that are not acceptable', () => {
    expect(() => signFlipTest([1], [2], { alternative: 'both' as 'less' })).toThrow(
      /'two-sided', 'greater' or 'less', not 'both'/,
    );
    expect(() => signFlipTest([1], [2], { arrangements: 3 })).toThrow(ParameterError);
  });
});

describe('paired outcomes that diverged', () => {
  const first: Outcome[] = [1, 'diverged', 3, NaN, 5];
  const second: Outcome[] = [0.5, 1, 'diverged', Infinity, 4];

  it('are counted by side and left out of the differences', () => {
    expect(pairedDifferences(first, second)).toEqual({
      differences: [0.5, 1],
      diverged: { first: 1, second: 1, both: 1 },
    });
    for (const test of [pairedTTest, wilcoxonSignedRank, signFlipTest]) {
      expect(test(first, second)).toMatchObject({ pairs: 2, diverged: { first: 1, second: 1, both: 1 } });
    }
  });

  it('leave nothing to test where every pair has one', () => {
    expect(compareSeeds(['diverged', 2], [1, 'diverged'])).toMatchObject({
      seeds: 2,
      pairs: 0,
      difference: null,
      signFlip: { pValue: null },
      wilcoxon: { pValue: null },
      effect: { d: null },
      superiority: { a: 1, runs: [1, 1] },
    });
  });

  it('are neither missing nor of another length', () => {
    expect(() => pairedTTest([1, 2], [1])).toThrow(ShapeError);
    expect(() => pairedTTest([], [])).toThrow(ParameterError);
    expect(() => pairedTTest([null as unknown as number], [1])).toThrow(/null \(at 0\)/);
  });
});

describe('compareSeeds', () => {
  it('holds differences, tests and effects of the same pairs', () => {
    const found = compareSeeds(drug1, drug2);
    expect(found.difference).toMatchObject({ estimate: -1.3, samples: 10, method: 'bca' });
    expect(found.signFlip.pValue).toBe(signFlipTest(drug1, drug2).pValue);
    expect(found.wilcoxon.statistic).toBe(0);
    // d_z = t/√n.
    expect(found.effect.d).toBeCloseTo(-4.0621 / Math.sqrt(10), 4);
  });
});
