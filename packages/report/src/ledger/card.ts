import { ParameterError } from '@relu-lab/core';
import { isSlug } from '../study.ts';

/** A claim of a study: `dying-relu/born-dead`. */
export type ClaimReference = `${string}/${string}`;

/** A sentence that is tested. */
export interface CardSentence {
  /** As it is said, word by word. */
  readonly text: string;
  /** Claims that hold where the sentence holds. None yet: the sentence is shown as not yet tested. */
  readonly claims: readonly ClaimReference[];
  /** Claims that say the opposite: they hold where the sentence does not. Default: none. */
  readonly against?: readonly ClaimReference[];
}

/** Sentences under a heading. */
export interface CardPart {
  readonly heading: string;
  readonly sentences: readonly CardSentence[];
}

/** A result of a paper, and the claims that reproduce it. */
export interface PaperResult {
  /** As in `He et al. 2015`. */
  readonly citation: string;
  /** Its number or formula, in a sentence. */
  readonly says: string;
  /** Whether `says` was compared with the text of the paper; if not, the ledger says so. */
  readonly checked: boolean;
  readonly claims: readonly ClaimReference[];
}

/** What is said about a subject, and the claims that settle it: see {@link defineCard}. */
export interface Card {
  readonly title: string;
  readonly parts: readonly CardPart[];
  readonly papers: readonly PaperResult[];
}

/**
 * Checks a card and returns it. A module that exports one as its default, `reports/card.ts` of a project, makes the index of
 * its reports a ledger of these sentences.
 *
 * @throws ParameterError when a text is empty, or a claim is not named as `study/claim`.
 */
export function defineCard(card: Card): Card {
  const need = (text: string, what: string): void => {
    if (typeof text !== 'string' || text.trim() === '') throw new ParameterError(`${what} of the card needs a text`);
  };
  need(card.title, 'The title');
  for (const { heading, sentences } of card.parts) {
    need(heading, 'A heading');
    for (const { text, claims, against = [] } of sentences) {
      need(text, `A sentence under '${heading}'`);
      checkReferences([...claims, ...against], text);
    }
  }
  for (const { citation, says, claims } of card.papers) {
    need(citation, 'The citation of a paper');
    need(says, `What '${citation}' says`);
    checkReferences(claims, citation);
  }
  return card;
}

function checkReferences(references: readonly string[], place: string): void {
  for (const reference of references) {
    const [study = '', claim = '', ...more] = reference.split('/');
    if (isSlug(study) && isSlug(claim) && more.length === 0) continue;
    throw new ParameterError(
      `'${place}' names the claim '${reference}'; a claim is named as in 'dying-relu/born-dead'`,
    );
  }
  const twice = references.find((reference, i) => references.indexOf(reference) !== i);
  if (twice !== undefined) throw new ParameterError(`'${place}' names the claim '${twice}' twice`);
}
