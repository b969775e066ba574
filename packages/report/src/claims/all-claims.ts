import type { Report } from '../report.ts';
import type { DecidedClaim } from './decide-claim.ts';

/** All claims of a report in the order of its page: those that a seed determines, then those that rest on the clock. */
export function allClaims({
  claims,
  provenance,
}: {
  readonly claims: Report['claims'];
  readonly provenance: { readonly clock: Pick<Report['provenance']['clock'], 'claims'> };
}): readonly DecidedClaim[] {
  return [...claims, ...(provenance.clock.claims ?? [])];
}
