import { describe, expect, it } from 'vitest';
import bumps from '../../test/studies/bumps.ts';
import { buildStudy } from '../build/build-study.ts';
import type { DecidedClaim } from '../claims/decide-claim.ts';
import { compareReports } from './compare-reports.ts';
import { renderComparison } from './comparison-page.ts';
import { comparisonText } from './comparison-text.ts';

const { report } = await buildStudy(bumps);
const [first] = report.claims;

const withClaim = (changes: Partial<DecidedClaim>) => ({ ...report, claims: [{ ...first, ...changes }] });
const measured = (estimate: number, interval: readonly [number, number] | null) => ({
  measurement: { estimate, interval, seeds: 3 },
});

describe('compareReports', () => {
  it('finds nothing between a report and itself', () => {
    const { claims, gone, added, parameters } = compareReports(report, report);
    expect(claims.map(({ flipped, move }) => [flipped, move])).toEqual(report.claims.map(() => [false, 'same']));
    expect([gone, added, parameters]).toEqual([[], [], []]);
  });

  it.each([
    [measured(1, [0.9, 1.1]), measured(1.05, [1, 1.2]), 'within'],
    [measured(1, [0.9, 1.1]), measured(1.3, [1.2, 1.4]), 'beyond'],
    [measured(1, null), measured(1.3, [1.2, 1.4]), 'unknown'],
    [measured(NaN, null), measured(NaN, null), 'same'],
    [measured(1, [1, 1]), measured(2, [NaN, NaN]), 'unknown'],
    [measured(1, [NaN, NaN]), measured(1, [NaN, NaN]), 'same'],
  ])('says whether a number moved by more than its intervals: %j, %j', (before, after, move) => {
    expect(compareReports(withClaim(before), withClaim(after)).claims[0]?.move).toBe(move);
  });

  it('compares what the clock measured by its verdicts alone', () => {
    const timed = (verdict: DecidedClaim['verdict'], estimate: number) => {
      const claims = [{ ...first, id: 'slow', verdict, ...measured(estimate, [estimate, estimate]) }];
      return { ...report, provenance: { ...report.provenance, clock: { ...report.provenance.clock, claims } } };
    };
    const { claims } = compareReports(timed('supported', 1), timed('refuted', 2));
    expect(claims.at(-1)).toMatchObject({ id: 'slow', flipped: true, move: 'clock' });
    const held = compareReports(timed('supported', 1), timed('supported', 2));
    expect(held.claims.at(-1)).toMatchObject({ flipped: false, move: 'clock' });
    expect(comparisonText(held)).toContain(
      'Numbers that moved, with the same verdict: 0\nClaims with the same number: 4\nClaims with the same verdict on another number of the clock: 1\n',
    );
    const twice = compareReports(timed('supported', 1), timed('supported', 1));
    expect(twice.claims.at(-1)).toMatchObject({ flipped: false, move: 'same' });
    expect(comparisonText(twice)).toContain('Claims with the same number: 5\nParameters');
  });

  it('names claims that flipped, came and went, and parameters that differ', () => {
    const flipped = compareReports(withClaim({ verdict: 'supported' }), withClaim({ verdict: 'refuted' }));
    expect(flipped.claims[0]?.flipped).toBe(true);
    expect(compareReports(report, withClaim({})).gone).toEqual(report.claims.slice(1).map(({ id }) => id));
    expect(compareReports(withClaim({}), report).added).toEqual(report.claims.slice(1).map(({ id }) => id));
    const other = { ...report, seed: 2, parameters: { ...report.parameters, draws: 5 } };
    expect(compareReports(report, other).parameters).toEqual([
      { name: 'seed', before: 1, after: 2 },
      { name: 'draws', before: 64, after: 5 },
    ]);
  });

  it('says it in words', () => {
    const text = comparisonText(
      compareReports(
        withClaim({ verdict: 'supported', ...measured(1, [0.9, 1.1]) }),
        withClaim({ verdict: 'refuted', ...measured(0, [-0.1, 0.1]) }),
      ),
    );
    expect(text).toContain('Claims that flipped: 1\n  selu-is-high: ✓ supported → ✕ refuted (');
    expect(text).toContain('MOVED BEYOND ITS INTERVALS');
  });
});

describe('renderComparison', () => {
  it('shows what differs, and both reports in one figure', async () => {
    const { report: other } = await buildStudy(bumps, { seed: 2 });
    const html = await renderComparison(report, other);
    expect(html).toContain('Parameters that differ: 1');
    expect(html).toContain('seed: 1 → 2');
    expect(html).toContain('In grey: before.');
    expect(html).toContain('"name":"before: relu"');
    expect(html.match(/<figure class="plotted"/g)).toHaveLength(4);
  });
});
