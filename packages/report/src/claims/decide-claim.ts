import type { Profile } from '../profile.ts';
import { checkClaim, checkDecision } from './check-claim.ts';
import type { Claim, Measurement, Prediction, Verdict } from './claim.ts';

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
 * @throws ParameterError when the claim is malformed: an id that is no slug, a number that is none, an interval with its ends
 *   swapped or without its estimate, seeds that are not counted, no rule, an unknown format or expected verdict; or when the
 *   rule gives no verdict with its reason.
 */
export function decideClaim(claim: Claim, profile: Profile): DecidedClaim {
  checkClaim(claim);
  const { id, text, prediction, measurement, rule, evidence, format } = claim;
  const input = { prediction, measurement, ...(format && { format }) };
  const decision = rule.decide(input);
  const description = rule.describe(input);
  checkDecision(id, decision, description);
  const expected = expectedOf(claim, profile);
  const expectedInFull = expectedOf(claim, 'full');
  return {
    id,
    text,
    prediction,
    measurement,
    verdict: decision.verdict,
    ...(decision.verdict === 'only-if' && { condition: decision.condition }),
    rule: description,
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
 * Whether a verdict contradicts what the study expects, in this profile or in the full one: it is neither of these, and it is not
 * `inconclusive`. A quick profile may know too little; it must not say something else, nor know what the full one cannot tell.
 */
export function isContradiction({ expected, expectedInFull, verdict }: DecidedClaim): boolean {
  const known = [expected, expectedInFull].filter((one) => one !== null && one !== undefined);
  return verdict !== 'inconclusive' && known.length > 0 && !known.includes(verdict);
}
