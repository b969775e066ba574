import { allClaims } from '../claims/all-claims.ts';
import type { Interval } from '../claims/claim.ts';
import { type DecidedClaim, isUnexpected } from '../claims/decide-claim.ts';
import type { Report } from '../report.ts';

/**
 * What became of a number: `beyond` where the intervals do not meet, `within` where they do, `unknown` where one has none or NaN in
 * it, `clock` where another number was measured by the clock: it belongs to the machine.
 */
export type Move = 'same' | 'within' | 'beyond' | 'unknown' | 'clock';

/** One claim in both reports. */
export interface ClaimComparison {
  readonly id: string;
  readonly before: DecidedClaim;
  readonly after: DecidedClaim;
  /** Whether the verdict is another one. */
  readonly flipped: boolean;
  readonly move: Move;
}

/** A parameter that is another one. */
export interface ParameterComparison {
  readonly name: string;
  readonly before: unknown;
  readonly after: unknown;
}

/** What two reports of a study say differently: plain data. */
export interface ReportComparison {
  readonly study: { readonly before: string; readonly after: string };
  readonly claims: readonly ClaimComparison[];
  /** Ids of claims that only one report has. */
  readonly gone: readonly string[];
  readonly added: readonly string[];
  /** Parameters, profile and seed that differ. */
  readonly parameters: readonly ParameterComparison[];
  /** Verdicts in the second report that are not the expected ones. */
  readonly unexpected: readonly string[];
}

/** Compares what two reports claim, from which parameters; the first is the older one. */
export function compareReports(before: Report, after: Report): ReportComparison {
  const [first, second] = [allClaims(before), allClaims(after)];
  const older = new Map(first.map((claim) => [claim.id, claim]));
  const ofClock = new Set(
    [before, after].flatMap(({ provenance }) => provenance.clock.claims ?? []).map(({ id }) => id),
  );
  const newer = new Set(second.map(({ id }) => id));
  return {
    study: { before: before.study.id, after: after.study.id },
    claims: second.flatMap((claim) => {
      const match = older.get(claim.id);
      return match ? [compareClaims(match, claim, ofClock.has(claim.id))] : [];
    }),
    gone: first.filter(({ id }) => !newer.has(id)).map(({ id }) => id),
    added: second.filter(({ id }) => !older.has(id)).map(({ id }) => id),
    parameters: differences(settings(before), settings(after)),
    unexpected: second.filter(isUnexpected).map(({ id }) => id),
  };
}

function compareClaims(before: DecidedClaim, after: DecidedClaim, ofClock: boolean): ClaimComparison {
  return {
    id: after.id,
    before,
    after,
    flipped: before.verdict !== after.verdict || before.condition !== after.condition,
    move: moveOf(before.measurement, after.measurement, ofClock),
  };
}

function moveOf(a: DecidedClaim['measurement'], b: DecidedClaim['measurement'], ofClock: boolean): Move {
  if (Object.is(a.estimate, b.estimate)) return 'same';
  if (ofClock) return 'clock';
  if (a.interval === null || b.interval === null) return 'unknown';
  if ([...a.interval, ...b.interval].some(Number.isNaN)) return 'unknown';
  return meet(a.interval, b.interval) ? 'within' : 'beyond';
}

function meet(a: Interval, b: Interval): boolean {
  return a[0] <= b[1] && b[0] <= a[1];
}

function settings({ profile, seed, parameters }: Report): Readonly<Record<string, unknown>> {
  return { profile, seed, ...parameters };
}

function differences(
  before: Readonly<Record<string, unknown>>,
  after: Readonly<Record<string, unknown>>,
): readonly ParameterComparison[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return names
    .filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]))
    .map((name) => ({ name, before: before[name] ?? null, after: after[name] ?? null }));
}
