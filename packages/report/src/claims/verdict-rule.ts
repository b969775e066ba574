import type { NumberFormat } from '../number-format.ts';
import type { Interval, Measurement, Prediction } from './claim.ts';

/** What a rule says, and the numbers that made it say so. */
export type Decision =
  | { readonly verdict: 'supported' | 'refuted' | 'inconclusive'; readonly reason: string }
  | { readonly verdict: 'only-if'; readonly condition: string; readonly reason: string };

/** What a rule decides from. */
export interface DecisionInput {
  readonly prediction: Prediction | null;
  readonly measurement: Measurement;
  /** How numbers are written in the reason. Default `auto`. */
  readonly format?: NumberFormat;
}

/** A stated rule that turns numbers into a verdict: a pure function, and what it does in words. */
export interface VerdictRule {
  /** The rule in words, with numbers in the given format: `supported when the whole interval lies above 97.5 %`. */
  describe(input: DecisionInput): string;
  decide(input: DecisionInput): Decision;
}

/** Options of every rule. */
export interface RuleOptions {
  /** Fewer seeds than this are `inconclusive`: a whole number from 0. Default 2: a single run is an anecdote. Use 0 for what is exact. */
  readonly minimumSeeds?: number;
}

/** The numbers that a rule accepts. Both ends belong to them but the one that is `open`; so a region up to ∞ holds ∞ itself. */
export interface Region {
  readonly from: number;
  readonly to: number;
  readonly open?: 'from' | 'to';
}

/** How an interval lies to a region. */
export function position(interval: Interval, { from, to, open }: Region): 'inside' | 'outside' | 'across' {
  const [low, high] = interval;
  const isShort = (x: number): boolean => (open === 'from' ? x <= from : x < from);
  const isBeyond = (x: number): boolean => (open === 'to' ? x >= to : x > to);
  if (isShort(high) || isBeyond(low)) return 'outside';
  return isShort(low) || isBeyond(high) ? 'across' : 'inside';
}
