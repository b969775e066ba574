import { type Claim, type Verdict, decideClaim } from '@relu-lab/report';

/** Decides claims of made-up results, and remembers what their rules came to. */
export interface TriedRules {
  /**
   * The verdict on one of the claims, in the full profile.
   *
   * @throws RangeError when there is no such claim.
   */
  readonly verdict: (claims: readonly Claim[], id: string) => Verdict;
  /** Of these claims those whose rule has not come to two different verdicts yet. */
  readonly oneSided: (claims: readonly Claim[]) => readonly string[];
}

/** For the tests of a study: a rule that was never seen to decide otherwise may be one that cannot. */
export function triedRules(): TriedRules {
  const seen = new Map<string, Set<Verdict>>();
  return {
    verdict: (claims, id) => {
      const claim = claims.find((candidate) => candidate.id === id);
      if (!claim) throw new RangeError(`There is no claim '${id}'`);
      const { verdict } = decideClaim(claim, 'full');
      seen.set(id, (seen.get(id) ?? new Set<Verdict>()).add(verdict));
      return verdict;
    },
    oneSided: (claims) => claims.map(({ id }) => id).filter((id) => (seen.get(id)?.size ?? 0) < 2),
  };
}
