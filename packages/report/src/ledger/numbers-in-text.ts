import { messageOf } from '../errors.ts';
import type { DecidedClaim } from '../claims/decide-claim.ts';
import { lookUp } from '../prose/look-up.ts';
import type { ClaimReference } from './card.ts';

/** A text of the card with its numbers in place, and what could not be found. */
export interface FilledText {
  readonly text: string;
  readonly problems: readonly string[];
}

/** `{{ study/claim.measured }}` or `{{ study/claim.predicted | percent }}` */
const placeholder = /\{\{\s*([^\s.|}]+)\.([^\s|}]+)\s*(?:\|\s*([^\s}]+)\s*)?\}\}/g;

/**
 * Puts numbers of claims into a text of the card: `{{ cost/faster-steps.measured }}` is the estimate of that claim, and `.predicted` what
 * theory says, in the claim's own format or in the one that is named: `{{ cost/faster-steps.measured | fixed1 }}`.
 *
 * A claim of a study that no report has is a dash.
 *
 * @param claimOf - finds a claim; undefined where there is none.
 */
export function fillNumbers(
  text: string,
  claimOf: (reference: ClaimReference) => DecidedClaim | undefined,
): FilledText {
  const problems: string[] = [];
  const filled = text.replace(
    placeholder,
    (whole: string, reference: ClaimReference, value: string, format?: string) => {
      const claim = claimOf(reference);
      if (!claim) return '–';
      const numbers = { measured: claim.measurement.estimate, predicted: claim.prediction?.value ?? null };
      try {
        return lookUp({ [reference]: numbers }, `${reference}.${value}`, [format ?? claim.format ?? 'auto']);
      } catch (error) {
        problems.push(`The card says '${whole}': ${messageOf(error)}`);
        return whole;
      }
    },
  );
  return { text: filled, problems };
}

/** The claims whose numbers a text names. */
export function claimsInText(text: string): readonly ClaimReference[] {
  return [...text.matchAll(placeholder)].map(([, reference]) => reference as ClaimReference);
}
