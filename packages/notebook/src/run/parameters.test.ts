import { ParameterError } from '@relu-lab/core';
import { describe, expect, it } from 'vitest';
import { type NotebookDocument, sourceOf } from './notebook-file.ts';
import { withParameters } from './parameters.ts';

const code = (source: string, tags: readonly string[] = []) => ({
  cell_type: 'code',
  metadata: { tags },
  source,
  outputs: [],
});
const document: NotebookDocument = {
  nbformat: 4,
  nbformat_minor: 5,
  metadata: {},
  cells: [
    { cell_type: 'markdown', source: 'Text', metadata: { tags: ['parameters'] } },
    code("const epochs = 40; // passes\nlet name = 'relu';", ['parameters']),
    code('epochs'),
  ],
};
const sources = (changed: NotebookDocument) => changed.cells.map(sourceOf);

describe('withParameters', () => {
  it('declares the values again, right behind the cell that has the tag', () => {
    const changed = withParameters(document, { epochs: 5, name: "it's" });
    expect(sources(changed)).toEqual([
      ...sources(document).slice(0, 2),
      '// In place of the values above\nconst epochs = 5;\nconst name = "it\'s";',
      'epochs',
    ]);
    expect(changed.cells[2]).toMatchObject({ id: 'injected-parameters', metadata: { tags: ['injected-parameters'] } });
    expect(withParameters({ ...document, nbformat_minor: 4 }, { epochs: 5 }).cells[2]).not.toHaveProperty('id');
  });

  it('replaces the values of an earlier run, and changes nothing without values', () => {
    const twice = withParameters(withParameters(document, { epochs: 5 }), { epochs: 6 });
    expect(sources(twice)).toEqual(sources(withParameters(document, { epochs: 6 })));
    expect(withParameters(document, {})).toBe(document);
  });

  it('refuses a name that is not declared there, suggesting the nearest, and values that JSON cannot write', () => {
    expect(() => withParameters(document, { epoch: 5 })).toThrow(
      "no parameter 'epoch' (did you mean 'epochs'?); it has ",
    );
    expect(() => withParameters(document, { zzzzzz: 5 })).toThrow("no parameter 'zzzzzz'; it has epochs, name");
    expect(() => withParameters(document, { epochs: NaN })).toThrow(ParameterError);
  });

  it('refuses a value of another kind than the literal that stands there', () => {
    for (const [source, value, message] of [
      ['const x = 40; // passes', 'abc', '\'x\' is a number, 40, and cannot be a text, "abc"'],
      ['const x: number = -2.5e-3', '', 'is a number, -2.5e-3, and cannot be a text, ""'],
      ['const x = 200_000;', null, 'is a number, 200_000, and cannot be null, null'],
      ["let x = 'relu';", 5, "is a text, 'relu', and cannot be a number, 5"],
      ['const x = true;', 'yes', 'is true or false, true, and cannot be a text, "yes"'],
      ['const x = [1, 2];', 1, 'is a list, [1, 2], and cannot be a number, 1'],
    ] as const) {
      const changed = { ...document, cells: [code(source, ['parameters'])] };
      expect(() => withParameters(changed, { x: value }), source).toThrow(message);
    }
    for (const source of ['const x = other * 2;', 'const x = null;', "const x = 'a' + 'b';", 'const x = [1, 2][0];']) {
      const changed = { ...document, cells: [code(source, ['parameters'])] };
      expect(sources(withParameters(changed, { x: 5 }))[1], source).toContain('const x = 5;');
    }
  });

  it('refuses a notebook without parameters', () => {
    expect(() => withParameters({ ...document, cells: [code('1')] }, { epochs: 5 })).toThrow(/has no parameters/);
  });
});
