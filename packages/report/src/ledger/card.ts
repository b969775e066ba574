import { ParameterError } from '@relu-lab/core';
import { isSlug } from '../study.ts';
import { claimsInText } from './numbers-in-text.ts';

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
  /**
   * What is true instead, where the sentence is loose: a sentence or two, whose numbers are looked up in claims, as in
   * `{{ sparsity/halves-the-pass.measured }}` or `{{ cost/faster-steps.predicted | fixed2 }}`. Default: none.
   */
  readonly precise?: string;
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
  /** Its number or formula, in a sentence; numbers that theory gives here are looked up, as in `precise`. */
  readonly says: string;
  /** Where in the paper's text `says` was read: `the abstract`. False: its text was not read, and the ledger says so. */
  readonly checked: string | false;
  readonly claims: readonly ClaimReference[];
  /** Whether the paper itself states the conditions under which claims hold, so that `only-if` agrees with it. Default false. */
  readonly conditionsStated?: boolean;
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
 * @throws ParameterError when a text is empty, a claim is not named as `study/claim`, or a sentence or paper names one twice.
 */
export function defineCard(card: Card): Card {
  const need = (text: string, what: string): void => {
    if (typeof text !== 'string' || text.trim() === '') throw new ParameterError(`${what} of the card needs a text`);
  };
  need(card.title, 'The title');
  for (const { heading, sentences } of card.parts) {
    need(heading, 'A heading');
    for (const { text, claims, against = [], precise } of sentences) {
      need(text, `A sentence under '${heading}'`);
      if (precise !== undefined) need(precise, `What is true instead of '${text}'`);
      checkReferences([...claims, ...against], text);
      checkNames(claimsInText(precise ?? ''), text);
    }
  }
  for (const { citation, says, checked, claims } of card.papers) {
    need(citation, 'The citation of a paper');
    need(says, `What '${citation}' says`);
    if (checked !== false) need(checked, `Where '${citation}' was read`);
    checkReferences(claims, citation);
    checkNames(claimsInText(says), citation);
  }
  return card;
}

function checkReferences(references: readonly string[], place: string): void {
  checkNames(references, place);
  const twice = references.find((reference, i) => references.indexOf(reference) !== i);
  if (twice !== undefined) throw new ParameterError(`'${place}' names the claim '${twice}' twice`);
}

function checkNames(references: readonly string[], place: string): void {
  for (const reference of references) {
    const [study = '', claim = '', ...more] = reference.split('/');
    if (isSlug(study) && isSlug(claim) && more.length === 0) continue;
    throw new ParameterError(
      `'${place}' names the claim '${reference}'; a claim is named as in 'dying-relu/born-dead'`,
    );
  }
}
