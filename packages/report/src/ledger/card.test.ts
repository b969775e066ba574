import { describe, expect, it } from 'vitest';
import { type Card, type ClaimReference, defineCard } from './card.ts';

const withClaims = (...claims: readonly string[]): Card => ({
  title: 'Of a thing',
  parts: [{ heading: 'All', sentences: [{ text: 'It is so.', claims: claims as readonly ClaimReference[] }] }],
  papers: [],
});

describe('defineCard', () => {
  it('returns the card', () => {
    const card = withClaims('dying-relu/born-dead');
    expect(defineCard(card)).toBe(card);
  });

  it.each(['born-dead', 'a/b/c', '../x', 'a/', 'A/b'])('refuses %s, which names no claim', (name) => {
    expect(() => defineCard(withClaims(name))).toThrow(
      `'It is so.' names the claim '${name}'; a claim is named as in 'dying-relu/born-dead'`,
    );
  });

  it('refuses a claim that is named twice, also once on either side', () => {
    expect(() => defineCard(withClaims('a/b', 'a/b'))).toThrow("names the claim 'a/b' twice");
    const sides: Card = {
      ...withClaims(),
      parts: [{ heading: 'All', sentences: [{ text: 'So.', claims: ['a/b'], against: ['a/b'] }] }],
    };
    expect(() => defineCard(sides)).toThrow("'So.' names the claim 'a/b' twice");
  });

  it('refuses texts that say nothing', () => {
    expect(() => defineCard({ ...withClaims(), title: ' ' })).toThrow('The title of the card needs a text');
    expect(() =>
      defineCard({ ...withClaims(), papers: [{ citation: 'He 2015', says: '', checked: false, claims: [] }] }),
    ).toThrow("What 'He 2015' says of the card needs a text");
    expect(() =>
      defineCard({ ...withClaims(), papers: [{ citation: 'He 2015', says: 'So.', checked: ' ', claims: [] }] }),
    ).toThrow("Where 'He 2015' was read of the card needs a text");
  });

  it('refuses a number that is looked up in no claim', () => {
    const loose: Card = {
      ...withClaims(),
      parts: [{ heading: 'All', sentences: [{ text: 'So.', claims: [], precise: '{{ born-dead.measured }}' }] }],
    };
    expect(() => defineCard(loose)).toThrow("'So.' names the claim 'born-dead'");
  });
});
