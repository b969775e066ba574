import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toCsv } from './csv.ts';

/** An independent reader of RFC 4180. */
function read(text: string): string[][] {
  const lines: string[][] = [[]];
  let at = 0;
  while (at < text.length) {
    let cell = '';
    if (text[at] === '"') {
      for (at += 1; ; at += 1) {
        if (text[at] !== '"') cell += text[at];
        else if (text[at + 1] === '"') cell += text[(at += 1)];
        else break;
      }
      at += 1;
    } else {
      while (at < text.length && text[at] !== ',' && text[at] !== '\n') cell += text[at++];
    }
    lines.at(-1)?.push(cell);
    if (text[at] === '\n' && at + 1 < text.length) lines.push([]);
    at += 1;
  }
  return lines;
}

describe('toCsv', () => {
  it('leaves the numbers that JSON has as text', () => {
    expect(toCsv([{ a: '-Infinity', b: 'NaN' }])).toBe('a,b\n-Infinity,NaN\n');
  });

  it('writes a header and a line a row, with gaps where a row has no value', () => {
    expect(
      toCsv([
        { name: 'relu', x: 0.5 },
        { name: 'a "b", c', y: true },
        { x: -1, y: null },
      ]),
    ).toBe('name,x,y\nrelu,0.5,\n"a ""b"", c",,true\n,-1,\n');
  });

  it('keeps NaN and infinities', () => {
    expect(toCsv([{ x: NaN }, { x: -Infinity }])).toBe('x\nNaN\n-Infinity\n');
  });

  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '=HYPERLINK("http://x","y")'])(
    'does not leave a formula of the text %j, in cells or in the header',
    (text) => {
      const [header, row] = read(toCsv([{ [text]: text }]));
      expect([header, row]).toEqual([[`'${text}`], [`'${text}`]]);
    },
  );

  it('is read back, whatever the text', () => {
    fc.assert(
      fc.property(fc.array(fc.record({ a: fc.string(), b: fc.integer() }), { minLength: 1 }), (rows) => {
        const lines = read(toCsv(rows)).slice(1);
        expect(lines.map(([a = '', b]) => [a.replace(/^'(?=[=+\-@\t\r])/, ''), Number(b)])).toEqual(
          rows.map(({ a, b }) => [a.replace(/^'(?=[=+\-@\t\r])/, ''), b]),
        );
      }),
    );
  });
});
