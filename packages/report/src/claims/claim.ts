import type { NumberFormat } from '../number-format.ts';
import type { Profile } from '../profile.ts';
import type { VerdictRule } from './verdict-rule.ts';

/** What a measurement says of a claim. */
export type Verdict = 'supported' | 'refuted' | 'only-if' | 'inconclusive';

/** All verdicts, the clearest first. */
export const verdicts: readonly Verdict[] = ['supported', 'only-if', 'inconclusive', 'refuted'];

/** From low to high, both included. */
export type Interval = readonly [low: number, high: number];

/** What theory says that the measurement will be. */
export interface Prediction {
  readonly value: number;
  /** The values that theory allows, where it gives more than one. */
  readonly interval?: Interval;
  /** Where it comes from, in a few words: `mean field, infinite width`. */
  readonly source?: string;
}

/** What was measured. */
export interface Measurement {
  /** The best single number, such as the median over seeds. NaN when there is none. */
  readonly estimate: number;
  /** A 95 % interval of the estimate, or null when none is known; `[x, x]` for what is exact. */
  readonly interval: Interval | null;
  /** How many seeds it rests on; 0 for what is computed exactly, whose rule then needs `minimumSeeds: 0`. */
  readonly seeds: number;
  /** What is counted in `seeds`, where it is no seeds: rounds of a measurement by the clock. Default `seed`. */
  readonly per?: 'seed' | 'round';
  /** Unit of the numbers, shown after them. Default none. */
  readonly unit?: string;
}

/** One sentence that is held against numbers. */
export interface Claim {
  /** Unique in the study: lower-case letters, digits and hyphens. */
  readonly id: string;
  /** The sentence. */
  readonly text: string;
  /** What theory says, or null where there is none. */
  readonly prediction: Prediction | null;
  readonly measurement: Measurement;
  /** How the numbers decide; see `greaterThan`, `lessThan`, `between`, `agreesWithPrediction`, `onlyIf`. */
  readonly rule: VerdictRule;
  /** The verdict that a check insists on, for every profile or each. Default: none is expected. */
  readonly expected?: Verdict | Readonly<Partial<Record<Profile, Verdict>>>;
  /** The figure or table that shows it. */
  readonly evidence?: `fig-${string}` | `tbl-${string}`;
  /** How the numbers are written. Default `auto`. */
  readonly format?: NumberFormat;
}
