import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import card from './card.ts';
import { typedNumbers } from './typed-numbers.ts';

const folder = import.meta.dirname;
const studies = readdirSync(folder, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && readdirSync(join(folder, entry.name)).includes('study.md'))
  .map(({ name }) => name);

/** Definitions, bounds and sayings. */
const allowed = [
  'σ_w²/2',
  'σ_w² = 2',
  'at most 1/4',
  '|2 A − 1|',
  'pixels of 0 to 255',
  'typically α = 0.01',
  'a slope of α = 0.01',
  '6 ξ',
  'e^(−5β/2)',
  '3/m of such samples, at 95 % confidence',
];

/** What papers say, in their own numbers. */
const ofPapers = ['68 % to 83 %', 'has 2ᵏ linear pieces, with 2k units', '(1 − 2⁻ᴺ)'];

describe('typedNumbers', () => {
  it('finds numbers in prose, and none in look-ups, formulas, citations, links and ids', () => {
    const text =
      'At width 64 it is {{ claims.a.measurement.estimate | fixed2 }} ($x^2$, @fig-2) [@he2015].\n\n::: figure fig-3\n:::\n\n$$ 7 $$ {#eq-4}\n';
    expect(typedNumbers(text)).toEqual(['At width 64 it is ( , ) .']);
    expect(typedNumbers('It rose by 12.5 %, to 1,000.')).toHaveLength(2);
  });

  it('lets 0 and 1 stand, letters with digits, and phrases that are allowed', () => {
    expect(typedNumbers('float32 and χ₁ = 1 for x > 0')).toEqual([]);
    expect(typedNumbers('a slope of 1/4', ['1/4'])).toEqual([]);
    expect(typedNumbers('a slope of 1/4')).toHaveLength(1);
  });
});

describe('no result is typed', () => {
  it.each(studies)('in the prose of %s', (study) => {
    expect(typedNumbers(readFileSync(join(folder, study, 'study.md'), 'utf8'), allowed)).toEqual([]);
  });

  it('in what the card says is true instead, or that papers say', () => {
    const precise = card.parts.flatMap(({ sentences }) => sentences.map((sentence) => sentence.precise ?? ''));
    const says = card.papers.map((paper) => paper.says);
    for (const text of [...precise, ...says]) expect(typedNumbers(text, [...allowed, ...ofPapers])).toEqual([]);
  });
});
