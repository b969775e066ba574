import { ParameterError } from '@relu-lab/core';
import { formatNumber } from '../number-format.ts';
import { checkMeasurement } from './check-claim.ts';
import type { Interval, Measurement, Prediction } from './claim.ts';
import {
  type Decision,
  type DecisionInput,
  type Region,
  type RuleOptions,
  type VerdictRule,
  position,
} from './verdict-rule.ts';

/**
 * The measured number is greater than `threshold`: `supported` when the whole interval lies above it, `refuted` when none
 * of it does, `inconclusive` when it straddles the threshold, when there is no number or no interval, or too few seeds.
 *
 * @throws ParameterError when the threshold is NaN, or `minimumSeeds` no whole number from 0.
 */
export function greaterThan(threshold: number, options: RuleOptions = {}): VerdictRule {
  const limit = checkNumber('greaterThan', threshold);
  return inRegion(
    options,
    (written) => `above ${written(limit)}`,
    () => ({ from: limit, to: Infinity, open: 'from' }),
  );
}

/**
 * The measured number is less than `threshold`: the mirror image of {@link greaterThan}.
 *
 * @throws ParameterError when the threshold is NaN, or `minimumSeeds` no whole number from 0.
 */
export function lessThan(threshold: number, options: RuleOptions = {}): VerdictRule {
  const limit = checkNumber('lessThan', threshold);
  return inRegion(
    options,
    (written) => `below ${written(limit)}`,
    () => ({ from: -Infinity, to: limit, open: 'to' }),
  );
}

/**
 * The measured number lies between `low` and `high`: `supported` when the whole interval does, `refuted` when none of it
 * does, `inconclusive` otherwise.
 *
 * @throws ParameterError when an end is NaN, `low` is greater than `high`, or `minimumSeeds` no whole number from 0.
 */
export function between(low: number, high: number, options: RuleOptions = {}): VerdictRule {
  const from = checkNumber('between', low);
  const to = checkNumber('between', high);
  if (from > to) throw new ParameterError(`between takes the lower end first; got ${low} and ${high}`);
  return inRegion(
    options,
    (written) => `between ${written(from)} and ${written(to)}`,
    () => ({ from, to }),
  );
}

/** Options of {@link agreesWithPrediction}. */
export interface AgreementOptions extends RuleOptions {
  /** How far from the predicted value still agrees, in the measurement's unit. */
  readonly tolerance?: number;
  /** How far still agrees, as a share of the predicted value. */
  readonly relativeTolerance?: number;
}

/**
 * The measured number is the predicted one, up to a tolerance: `supported` when the whole interval lies within the
 * tolerance of the prediction (of its interval, where it has one), `refuted` when none of it does, `inconclusive` when it
 * is only partly within, or there is no prediction. An interval that merely contains the prediction proves no agreement:
 * a wide one contains everything.
 *
 * @param options.tolerance - Default: `relativeTolerance` of the predicted value. Of the two, the larger counts.
 * @param options.relativeTolerance - Default 0.05 when there is neither a `tolerance` nor a predicted interval, else 0.
 * @throws ParameterError when a tolerance is negative or not finite, or `minimumSeeds` no whole number from 0.
 */
export function agreesWithPrediction(options: AgreementOptions = {}): VerdictRule {
  checkSeeds(options);
  for (const name of ['tolerance', 'relativeTolerance'] as const) {
    const given = options[name];
    if (given !== undefined && !(given >= 0 && Number.isFinite(given))) {
      throw new ParameterError(`${name} must be a number from 0, not ${String(given)}`);
    }
  }
  const band = ({ value, interval }: Prediction): Region => {
    const none = options.tolerance === undefined && interval === undefined;
    const share = options.relativeTolerance ?? (none ? 0.05 : 0);
    // A share of ∞ is no tolerance.
    const relative = Number.isFinite(value) ? share * Math.abs(value) : 0;
    const slack = Math.max(options.tolerance ?? 0, relative);
    const [low, high] = interval ?? [value, value];
    return { from: low - slack, to: high + slack };
  };
  return {
    describe({ prediction, format }) {
      if (prediction === null) return 'supported when the whole interval lies within the tolerance of the prediction';
      const { from, to } = band(prediction);
      if (from === to)
        return `supported when the measured number equals the predicted one, ${formatNumber(to, format)}`;
      return `supported when the whole interval lies within ${formatNumber(from, format)} to ${formatNumber(to, format)}, around the prediction`;
    },
    decide(input) {
      const { prediction } = input;
      if (prediction === null) return { verdict: 'inconclusive', reason: 'there is no prediction to agree with' };
      if ([prediction.value, ...(prediction.interval ?? [])].some(Number.isNaN)) {
        return { verdict: 'inconclusive', reason: 'the prediction is NaN' };
      }
      return byRegion(input, options, band(prediction));
    },
  };
}

/** Options of {@link onlyIf}. */
export interface OnlyIfOptions {
  /** The same quantity measured where the condition does not hold: it tells `only if` from `anyway`. */
  readonly without?: Measurement;
}

/**
 * The claim holds under a condition that its text does not state. Where `rule` finds it supported, the verdict is `only-if`
 * with the condition; where refuted or inconclusive, that.
 *
 * With `without`, the same rule also judges the quantity where the condition does not hold: supported there as well is
 * `supported` (the condition is not needed), undecided there is `inconclusive`.
 *
 * @param condition - a phrase that goes on after "only if": `the weights have variance 2 / fanIn`.
 * @throws ParameterError when the condition is empty.
 */
export function onlyIf(condition: string, rule: VerdictRule, { without }: OnlyIfOptions = {}): VerdictRule {
  if (condition.trim() === '') throw new ParameterError('onlyIf needs the condition in words');
  return {
    describe: (input) =>
      `${rule.describe(input).replace(/^supported/, 'only-if')}, given that ${condition}` +
      (without ? '; and refuted where that is not so' : ''),
    decide(input) {
      const decision = rule.decide(input);
      if (decision.verdict !== 'supported') return decision;
      if (without === undefined) return { verdict: 'only-if', condition, reason: decision.reason };
      checkMeasurement('The measurement without the condition', without);
      const contrast = rule.decide({ ...input, measurement: without });
      const reason = `${decision.reason}; where the condition does not hold, ${contrast.reason}`;
      if (contrast.verdict === 'refuted') return { verdict: 'only-if', condition, reason };
      return { verdict: contrast.verdict === 'supported' ? 'supported' : 'inconclusive', reason };
    },
  };
}

function inRegion(
  options: RuleOptions,
  describe: (written: (x: number) => string) => string,
  region: () => Region,
): VerdictRule {
  checkSeeds(options);
  return {
    describe: ({ format }) => `supported when the whole interval lies ${describe((x) => formatNumber(x, format))}`,
    decide: (input) => byRegion(input, options, region()),
  };
}

function byRegion(input: DecisionInput, { minimumSeeds = 2 }: RuleOptions, region: Region): Decision {
  const { measurement, format } = input;
  const obstacle = whatIsMissing(measurement, minimumSeeds);
  if (obstacle !== undefined) return { verdict: 'inconclusive', reason: obstacle };
  const interval = measurement.interval as Interval;
  const [low, high] = interval.map((end) => formatNumber(end, format));
  const written = `the interval ${low} to ${high}`;
  const words = regionInWords(region, (x) => formatNumber(x, format));
  switch (position(interval, region)) {
    case 'inside':
      return {
        verdict: 'supported',
        reason: region.from === region.to ? `the number ${words}` : `${written} ${words}`,
      };
    case 'outside':
      return { verdict: 'refuted', reason: `no part of ${written} ${words}` };
    case 'across':
      return { verdict: 'inconclusive', reason: `only a part of ${written} ${words}` };
  }
}

function regionInWords({ from, to, open }: Region, written: (x: number) => string): string {
  if (from === to && open === undefined) return `equals ${written(to)}`;
  if (to === Infinity && open !== 'to') return `lies above ${written(from)}`;
  if (from === -Infinity) return `lies below ${written(to)}`;
  return `lies within ${written(from)} to ${written(to)}`;
}

/** Why these numbers decide nothing; undefined when they may. */
function whatIsMissing(
  { estimate, interval, seeds, per = 'seed' }: Measurement,
  minimumSeeds: number,
): string | undefined {
  if (Number.isNaN(estimate)) return 'the measurement is NaN';
  if (seeds < minimumSeeds) {
    return `${seeds === 1 ? `1 ${per} was` : `${seeds} ${per}s were`} measured, and ${minimumSeeds} are needed`;
  }
  if (interval === null) return 'the measurement has no interval';
  if (interval.some(Number.isNaN)) return "the measurement's interval is NaN";
  return undefined;
}

function checkSeeds({ minimumSeeds = 2 }: RuleOptions): void {
  if (Number.isInteger(minimumSeeds) && minimumSeeds >= 0) return;
  throw new ParameterError(`minimumSeeds must be a whole number from 0, not ${String(minimumSeeds)}`);
}

function checkNumber(rule: string, x: number): number {
  if (typeof x === 'number' && !Number.isNaN(x)) return x;
  throw new ParameterError(`${rule} needs a number to compare with, not ${String(x)}`);
}
