import type { Verdict } from '../claims/claim.ts';
import { type SentenceVerdict, sentenceVerdict } from './sentence-verdict.ts';

/** Whether a result of a paper is found here as well. */
export type PaperVerdict = 'yes' | 'partly' | 'undecided' | 'no' | 'not yet tested';

/** The rule of {@link paperVerdict}, for readers. */
export const paperRule: string =
  'A result agrees (yes) where all claims that repeat it are supported, or hold under a condition that the paper states itself. It does not ' +
  'agree (no) where one of them is refuted and none holds, and agrees partly where some hold and others are refuted, or hold only under a ' +
  'condition of which the paper does not speak. It is undecided where nothing is refuted and something is inconclusive or not yet tested.';

const agreement: Readonly<Record<SentenceVerdict, PaperVerdict>> = {
  supported: 'yes',
  'in part': 'partly',
  inconclusive: 'undecided',
  refuted: 'no',
  'not yet tested': 'not yet tested',
};

/**
 * Whether a paper's result agrees with the claims that repeat it, by {@link paperRule}.
 *
 * @param verdicts - of its claims; undefined where no report has the claim.
 * @param options.conditionsStated - whether the paper itself states the conditions under which claims hold: then `only-if` agrees. Default false.
 */
export function paperVerdict(
  verdicts: readonly (Verdict | undefined)[],
  { conditionsStated = false }: { readonly conditionsStated?: boolean } = {},
): PaperVerdict {
  const votes = verdicts.map((verdict) => ({
    verdict: conditionsStated && verdict === 'only-if' ? ('supported' as const) : verdict,
    against: false,
  }));
  return agreement[sentenceVerdict(votes)];
}
