import type { Verdict } from '../claims/claim.ts';

/** What the claims of a sentence make of it. */
export type SentenceVerdict = 'supported' | 'in part' | 'inconclusive' | 'refuted' | 'not yet tested';

/** All of them, the clearest first. */
export const sentenceVerdicts: readonly SentenceVerdict[] = [
  'supported',
  'in part',
  'inconclusive',
  'refuted',
  'not yet tested',
];

/** A claim that a sentence is tested by. */
export interface Vote {
  /** `undefined` where no report has the claim yet. */
  readonly verdict: Verdict | undefined;
  /** Whether the claim says the opposite of the sentence. */
  readonly against: boolean;
}

/** The rule of {@link sentenceVerdict}, for readers. */
export const sentenceRule: string =
  'A sentence is supported where all of its claims are. It is refuted where one of them is refuted and none holds, and holds in part where ' +
  'some hold and others are refuted, or hold only under a condition. It is inconclusive where nothing is refuted and something is ' +
  'undecided or not yet tested, and not yet tested where no report has any of its claims. A claim that says the opposite counts the other ' +
  'way round.';

/** The verdict on a sentence, by {@link sentenceRule}. */
export function sentenceVerdict(votes: readonly Vote[]): SentenceVerdict {
  const verdicts = votes.map(({ verdict, against }) => (against ? opposite(verdict) : verdict));
  if (verdicts.every((verdict) => verdict === undefined)) return 'not yet tested';
  const has = (verdict: Verdict): boolean => verdicts.includes(verdict);
  if (has('refuted') && !has('supported') && !has('only-if')) return 'refuted';
  if (has('refuted') || has('only-if')) return 'in part';
  return verdicts.every((verdict) => verdict === 'supported') ? 'supported' : 'inconclusive';
}

function opposite(verdict: Verdict | undefined): Verdict | undefined {
  if (verdict === 'supported') return 'refuted';
  return verdict === 'refuted' ? 'supported' : verdict;
}
