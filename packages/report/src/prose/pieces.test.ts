import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ProsePiece, prosePieces } from './pieces.ts';

const special = (source: string): ProsePiece[] => prosePieces(source).filter(({ kind }) => kind !== 'text');

describe('prosePieces', () => {
  it('finds look-ups, references and citations with their lines', () => {
    const source = 'One\n\nWith {{ parameters.seeds }} seeds,\nsee @fig-dead and @tbl-all [@lu2019; @he2015].';
    expect(special(source)).toEqual([
      { kind: 'look-up', path: 'parameters.seeds', filters: [], line: 3 },
      { kind: 'reference', id: 'fig-dead', line: 4 },
      { kind: 'reference', id: 'tbl-all', line: 4 },
      { kind: 'citation', keys: ['lu2019', 'he2015'], line: 4 },
    ]);
  });

  it('takes filters one after another', () => {
    expect(special('{{a.b|percent | range}}')).toEqual([
      { kind: 'look-up', path: 'a.b', filters: ['percent', 'range'], line: 1 },
    ]);
  });

  it('leaves code alone: fenced, between backticks, and over several lines', () => {
    const source = '```\n{{ a }}\n::: claims\n```\n`{{ b }}` and ``x ` {{ c }}`` and `{{ d }}\nmore` {{ e }}\n';
    expect(special(source).filter(({ kind }) => kind !== 'code')).toEqual([
      { kind: 'look-up', path: 'e', filters: [], line: 6 },
    ]);
  });

  it('reads a backtick that nothing closes as text', () => {
    expect(special('a ` b {{ c }}')).toMatchObject([{ kind: 'look-up', path: 'c' }]);
  });

  it('does not take an address or an escaped sign for a reference', () => {
    expect(special('me@fig-x.org, \\@fig-x, \\{{ a }}, https://x/@fig-x, [@x](https://x)')).toEqual([]);
  });

  it('finds formulas, in the text and by themselves, with their ids', () => {
    expect(special('Let $x_1$ be\n$$\na + b\n$$ {#eq-sum} and $$c$$.')).toEqual([
      { kind: 'math', tex: 'x_1', display: false, id: '', line: 1 },
      { kind: 'math', tex: 'a + b', display: true, id: 'eq-sum', line: 2 },
      { kind: 'math', tex: 'c', display: true, id: '', line: 4 },
    ]);
  });

  it('takes prices, escaped dollars and code for what they are', () => {
    expect(special('from $5 to $10, \\$x\\$, and $ x $').filter(({ kind }) => kind === 'math')).toEqual([]);
    expect(special('`$x$`')).toEqual([{ kind: 'code', text: '`$x$`', line: 1 }]);
  });

  it('finds headings with what they are called and their ids', () => {
    expect(special('# One\ntext\n### Two *words* {#sec-two}\n#hash')).toEqual([
      { kind: 'heading', text: '# ', level: 1, title: 'One', id: '', line: 1 },
      { kind: 'heading', text: '### ', level: 3, title: 'Two *words*', id: 'sec-two', line: 3 },
    ]);
  });

  it('finds notes, what stands in them, and what closes them', () => {
    expect(special('::: note\n@fig-a\n:::\n')).toEqual([
      { kind: 'note', edge: 'open', name: 'note', line: 1 },
      { kind: 'reference', id: 'fig-a', line: 2 },
      { kind: 'note', edge: 'close', name: 'note', line: 3 },
    ]);
    expect(special('::: warning\ntext').at(-1)).toMatchObject({ kind: 'problem', line: 1 });
  });

  it('finds blocks, closed or not', () => {
    const source = '::: claims\n\n::: figure fig-a\n:::\ntext\n::: table tbl-b\n\n:::\n';
    expect(special(source)).toEqual([
      { kind: 'block', name: 'claims', id: '', line: 1 },
      { kind: 'block', name: 'figure', id: 'fig-a', line: 3 },
      { kind: 'block', name: 'table', id: 'tbl-b', line: 6 },
    ]);
  });

  it.each([
    ['::: figur fig-a', /no block 'figur'; did you mean 'figure'/],
    ['::: figure', /write '::: figure ID', not '::: figure'/],
    ['::: claims x', /write '::: claims', not '::: claims x'/],
    ['::: figure a b', /write '::: figure ID'/],
    ['::: include part.md', /only prose that is a file of its own can include another one/],
    ['::: include', /write '::: include FILE'/],
    ['text\n:::', /closes nothing/],
    ['::: note x', /write '::: note' and the text below it/],
    ['![pixel](https://x/y.png)', /cannot show pictures/],
  ])('says what is wrong with %j', (source, message) => {
    expect(special(source)).toMatchObject([{ kind: 'problem', message: expect.stringMatching(message) as string }]);
  });

  it('drops the characters that stand for blocks', () => {
    expect(prosePieces('a\ue000b0\ue001b')).toEqual([{ kind: 'text', text: 'ab0b\n', line: 1 }]);
  });

  it('loses nothing of prose that has no syntax of its own', () => {
    const words = fc.array(fc.constantFrom('word', ' ', '\n', '`', '```\n', '~~~\n', '*', '\\', '| ', '# '));
    fc.assert(
      fc.property(words, (parts) => {
        const source = parts.join('');
        const texts = prosePieces(source).map((piece) => ('text' in piece ? piece.text : ''));
        expect(texts.join('').trimEnd()).toBe(source.trimEnd());
      }),
    );
  });

  it('reads prose of any kind in time that grows with its length', () => {
    const before = performance.now();
    for (const unit of ['`', '$', '$a ', '$$', '{{', '[@', '@fig-a-', '![', '\\', '<', ':::\n'])
      prosePieces(unit.repeat(5_000));
    expect(performance.now() - before).toBeLessThan(5_000);
  });
});
