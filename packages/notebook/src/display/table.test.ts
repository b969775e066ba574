import { ParameterError } from '@relu-lab/core';
import { describe, expect, it } from 'vitest';
import { NotebookError } from './kernel-writer.ts';
import { table } from './table.ts';
import { cellText, tableMarkup, tableText } from './table-markup.ts';

const rows = [
  { layer: 'relu1', dead: 3, share: 0.123456 },
  { layer: 'relu2', dead: 12, share: NaN, note: 'a < b' },
];

describe('a table', () => {
  it('is aligned as text, with every key as a column', () => {
    expect(tableText(rows, 50)).toBe(
      ['layer  dead   share  note', 'relu1     3  0.1235', 'relu2    12     NaN  a < b'].join('\n'),
    );
  });

  it('is escaped as markup', () => {
    const markup = tableMarkup([{ '<b>': 'a < b & c' }], 50);
    expect(markup).toContain('>&lt;b&gt;</th>');
    expect(markup).toContain('>a &lt; b &amp; c</td>');
  });

  it('says how many rows it does not show', () => {
    expect(tableText(rows, 1)).toMatch(/^layer.*\nrelu1.*\n1 more rows\.$/);
    expect(tableMarkup(rows, 1)).toContain('1 more rows.');
    expect(tableMarkup(rows, 1)).not.toContain('relu2');
  });

  it('writes numbers with four significant digits', () => {
    expect([0, -3, 60000, 0.123456, 123.456, -0.5, 1.5e-7, 2.34567e9, Infinity, -Infinity, NaN].map(cellText)).toEqual([
      '0',
      '−3',
      '60000',
      '0.1235',
      '123.5',
      '−0.5',
      '1.500e−7',
      '2345670000',
      '∞',
      '−∞',
      'NaN',
    ]);
    expect([null, undefined, 'x', true, [1, 2]].map(cellText)).toEqual(['', '', 'x', 'true', '[ 1, 2 ]']);
  });

  it('refuses what is no table', () => {
    expect(() => table([])).toThrow(/at least one row/);
    expect(() => table({} as object[])).toThrow(/a list of rows/);
    expect(() => table([1 as unknown as object])).toThrow(/Row 0 of a table is 1, not an object/);
    expect(() => table(rows, { columns: ['dea'] })).toThrow(
      /No row has the column 'dea'; there are layer, dead, share, note/,
    );
    for (const limit of [0, 1.5, NaN]) expect(() => table(rows, { limit })).toThrow(ParameterError);
  });

  it('says that there is no notebook where there is none', () => {
    expect(() => table(rows)).toThrow(NotebookError);
    expect(() => table(rows)).toThrow(/no cell of a notebook on the tslab kernel/);
  });
});
