import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Claim } from '../claims/claim.ts';
import { greaterThan } from '../claims/rules.ts';
import type { Figure } from '../figures/figure.ts';
import { type Study, defineStudy } from '../study.ts';
import type { Table } from '../tables/table.ts';
import { collect } from './collect.ts';

const claim: Claim = {
  id: 'good',
  text: 'It is good.',
  prediction: null,
  measurement: { estimate: 1, interval: [1, 1], seeds: 3 },
  rule: greaterThan(0),
};
const figure: Figure = {
  data: [{ type: 'scatter', x: [1], y: new Float32Array([1]) }],
  layout: {},
  caption: 'What is shown.',
  alt: 'A point.',
  table: [{ x: 1, y: null }],
};
const table: Table = { columns: [{ key: 'a', label: 'A' }], rows: [{ a: 1 }], caption: 'What is listed.' };

/** What is wrong with a study that differs in some parts, and what of it still stands. */
function problemsOf(parts: object): { readonly problems: readonly string[]; readonly stands: readonly string[] } {
  const study = defineStudy({
    id: 'tiny',
    title: 'Tiny',
    parameters: z.object({}),
    profiles: { quick: {}, full: {} },
    run: () => null,
    claims: () => [claim],
    figures: () => ({ 'fig-good': () => figure }),
    tables: () => ({ 'tbl-good': () => table }),
    prose: { markdown: '' },
    ...parts,
  } as unknown as Study);
  const context = { parameters: {}, seed: 1, profile: 'quick', result: null } as const;
  const { problems, claims, figures, tables } = collect(study, context, { folder: '/' });
  return {
    problems: problems.map(({ place, message }) => `${place}: ${message}`),
    stands: [...claims, ...figures, ...tables].map(({ id }) => id),
  };
}

describe('collect', () => {
  it('takes what is as it should be', () => {
    expect(problemsOf({})).toEqual({ problems: [], stands: ['good', 'fig-good', 'tbl-good'] });
  });

  it.each([
    [
      'a claim that is null',
      { claims: () => [null, claim] },
      'claims[0]: A claim is { id, text, prediction, measurement, rule }, not null',
    ],
    [
      'a claim without an id',
      { claims: () => [claim, { ...claim, id: undefined }] },
      'claims[1]: The id of a claim is made of',
    ],
    [
      'a claim without a rule',
      { claims: () => [claim, { ...claim, id: 'bad', rule: undefined }] },
      "claim bad: The rule of the claim 'bad' must be",
    ],
    ['a claim of the clock that is none', { timings: () => ({ claims: [5] }) }, 'timings.claims[0]: A claim is { id'],
  ])('names %s, and the other claims stand', (_what, parts, message) => {
    const { problems, stands } = problemsOf(parts);
    expect(problems).toEqual([expect.stringContaining(message)]);
    expect(stands).toEqual(['good', 'fig-good', 'tbl-good']);
  });

  it.each([
    ['claims that are no array', { claims: () => null }, 'claims: it must be an array, not null'],
    [
      'figures that are no record',
      { figures: () => [figure] },
      'figures: it must be an object with a function for each id',
    ],
    [
      'tables that are not there',
      { tables: () => undefined },
      'tables: it must be an object with a function for each id, not undefined',
    ],
    ['timings that are none', { timings: () => 5 }, 'timings: it must be an object'],
    [
      'claims of the clock that are no array',
      { timings: () => ({ claims: {} }) },
      'timings: it must be an array, not an object',
    ],
  ])('names %s, and the rest stands', (_what, parts, message) => {
    const { problems, stands } = problemsOf(parts);
    expect(problems).toEqual([expect.stringContaining(message)]);
    expect(stands.length).toBeGreaterThanOrEqual(2);
  });

  it.each([
    [undefined, 'A figure is { data, layout, caption, alt, table }, not undefined'],
    [{ ...figure, data: null }, 'The data of a figure must be an array of traces, not null'],
    [{ ...figure, data: [null] }, 'data[0] must be a trace, not null'],
    [{ ...figure, data: [{ type: 'scatter', x: 'abc' }] }, "data[0].x must be an array, not 'abc'"],
    [{ ...figure, data: [{ type: 'heatmap', z: 5 }] }, 'data[0].z must be an array, not 5'],
    [{ ...figure, layout: 5 }, 'The layout of a figure must be an object, not 5'],
    [{ ...figure, layout: undefined }, 'The layout of a figure must be an object, not undefined'],
    [{ ...figure, table: [{ x: 1 }, null] }, 'table[1] must be a row such as { x: 1 }, not null'],
    [{ ...figure, table: [5] }, 'table[0] must be a row such as { x: 1 }, not 5'],
    [{ ...figure, table: [{ x: [1] }] }, 'table[0].x must be a number, a text, true, false or null, not [1]'],
    [{ ...figure, table: 'x' }, 'A figure needs its numbers'],
  ])('names a figure that cannot be one: %j', (made, message) => {
    const { problems, stands } = problemsOf({ figures: () => ({ 'fig-bad': () => made, 'fig-good': () => figure }) });
    expect(problems).toEqual([`fig-bad: ${message}`].map((text) => expect.stringContaining(text) as string));
    expect(stands).toEqual(['good', 'fig-good', 'tbl-good']);
  });

  it('names a figure that is no function', () => {
    expect(problemsOf({ figures: () => ({ 'fig-bad': figure }) }).problems).toEqual([
      'fig-bad: it must be a function that makes it, not an object',
    ]);
  });

  it.each([
    [null, 'A table is { columns, rows, caption }, not null'],
    [{ ...table, columns: undefined }, 'The columns of a table must be an array of { key, label }'],
    [{ ...table, columns: [null] }, 'The columns of a table must be an array of { key, label }'],
    [{ ...table, columns: [{ key: 'a' }] }, "A column needs a key and a label, two texts; got 'a' and undefined"],
    [{ ...table, rows: undefined }, 'rows must be an array of rows, not undefined'],
    [{ ...table, rows: [null] }, 'rows[0] must be a row such as { x: 1 }, not null'],
  ])('names a table that cannot be one: %j', (made, message) => {
    const { problems, stands } = problemsOf({ tables: () => ({ 'tbl-bad': () => made, 'tbl-good': () => table }) });
    expect(problems).toEqual([`tbl-bad: ${message}`]);
    expect(stands).toEqual(['good', 'fig-good', 'tbl-good']);
  });
});
