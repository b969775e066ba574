import { ParameterError } from '@relu-lab/core';
import { choices } from '../choices.ts';
import { isNumberFormat, numberFormats } from '../number-format.ts';
import type { Profile } from '../profile.ts';
import { isSlug } from '../study.ts';
import { type Claim, type Interval, type Measurement, type Prediction, type Verdict, verdicts } from './claim.ts';

/** A claim with its verdict: plain data. */
export interface DecidedClaim {
  readonly id: string;
  readonly text: string;
  readonly prediction: Prediction | null;
  readonly measurement: Measurement;
  readonly verdict: Verdict;
  /** The condition under which the claim holds; present when the verdict is `only-if`. */
  readonly condition?: string;
  /** The rule in words. */
  readonly rule: string;
  /** The numbers that made the rule say so. */
  readonly reason: string;
  /** The verdict that is expected in this profile, or null when none is. */
  readonly expected: Verdict | null;
  /** The verdict that is expected in the full profile, where this is another one and the claim expects something else of it. */
  readonly expectedInFull?: Verdict;
  readonly evidence?: string;
  readonly format?: Claim['format'];
}

/**
 * Lets the rule of a claim decide.
 *
 * @throws ParameterError when the claim is malformed: an id that is no slug, an interval with its ends swapped, a number
 *   of seeds that is none, an unknown format or expected verdict.
 */
export function decideClaim(claim: Claim, profile: Profile): DecidedClaim {
  checkClaim(claim);
  const { id, text, prediction, measurement, rule, evidence, format } = claim;
  const input = { prediction, measurement, ...(format && { format }) };
  const decision = rule.decide(input);
  const expected = expectedOf(claim, profile);
  const expectedInFull = expectedOf(claim, 'full');
  return {
    id,
    text,
    prediction,
    measurement,
    verdict: decision.verdict,
    ...(decision.verdict === 'only-if' && { condition: decision.condition }),
    rule: rule.describe(input),
    reason: decision.reason,
    expected: expected ?? null,
    ...(expectedInFull !== undefined && expectedInFull !== expected && { expectedInFull }),
    ...(evidence !== undefined && { evidence }),
    ...(format !== undefined && { format }),
  };
}

function expectedOf({ expected }: Claim, profile: Profile): Verdict | undefined {
  return typeof expected === 'string' ? expected : expected?.[profile];
}

/** Whether a check of this claim fails: a verdict is expected, and it is another one. */
export function isUnexpected({ expected, verdict }: DecidedClaim): boolean {
  return expected !== null && expected !== verdict;
}

/**
 * Whether a verdict contradicts what the study expects, in this profile or in the full one: it is neither of these, where one is
 * clear, and it is not `inconclusive`. A quick profile may know too little; it must not say something else.
 */
export function isContradiction({ expected, expectedInFull, verdict }: DecidedClaim): boolean {
  const clear = [expected, expectedInFull].filter((one) => one !== null && one !== undefined && one !== 'inconclusive');
  return verdict !== 'inconclusive' && clear.length > 0 && !clear.includes(verdict);
}

function checkClaim({ id, text, prediction, measurement, expected, format }: Claim): void {
  if (!isSlug(id)) {
    throw new ParameterError(
      `The id of a claim is made of lower-case letters, digits and hyphens; got '${String(id)}'`,
    );
  }
  if (text.trim() === '') throw new ParameterError(`The claim '${id}' needs a text`);
  checkInterval(`The measurement of the claim '${id}'`, measurement.interval);
  if (prediction) checkInterval(`The prediction of the claim '${id}'`, prediction.interval ?? null);
  if (!Number.isInteger(measurement.seeds) || measurement.seeds < 0) {
    throw new ParameterError(`The seeds of the claim '${id}' must be counted, not ${String(measurement.seeds)}`);
  }
  if (format !== undefined && !isNumberFormat(format)) {
    throw new ParameterError(
      `The claim '${id}' has the format '${String(format)}'; there are ${numberFormats.join(', ')}`,
    );
  }
  for (const verdict of typeof expected === 'string' ? [expected] : Object.values(expected ?? {})) {
    if (verdicts.includes(verdict)) continue;
    throw new ParameterError(
      `The claim '${id}' expects '${String(verdict)}', which is no verdict${choices(String(verdict), verdicts)}`,
    );
  }
}

function checkInterval(name: string, interval: Interval | null): void {
  if (interval === null || !(interval[0] > interval[1])) return;
  throw new ParameterError(`${name} has an interval from ${interval[0]} to ${interval[1]}: the lower end comes first`);
}
