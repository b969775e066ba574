import {
  chmodSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  lstatSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DataError } from '@relu-lab/core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { formatNotebook, hasTag, parseNotebook, readNotebook, saveNotebook, sourceOf } from './notebook-file.ts';

/** As Jupyter's nbformat 5.7 writes it: json.dumps(…, ensure_ascii=False, indent=1, sort_keys=True) and a line feed. */
const written = `{
 "cells": [
  {
   "cell_type": "code",
   "execution_count": null,
   "id": "a",
   "metadata": {
    "tags": [
     "raises-exception"
    ]
   },
   "outputs": [],
   "source": [
    "const φ = 1;\\n",
    "φ"
   ]
  }
 ],
 "metadata": {},
 "nbformat": 4,
 "nbformat_minor": 5
}
`;

const stream = '{"output_type": "stream", "name": "stdout", "text": ["a\\n", "b"]}';
const withOutputs = (outputs: string): string =>
  `{"nbformat": 4, "metadata": {}, "cells": [{"cell_type": "markdown", "source": ""}, {"cell_type": "code", "source": "", "outputs": ${outputs}}]}`;

describe('parseNotebook', () => {
  it('reads what Jupyter writes, and formatNotebook gives it back to the byte', () => {
    const document = parseNotebook(written, 'n.ipynb');
    expect(formatNotebook(document)).toBe(written);
    expect(sourceOf(document.cells[0])).toBe('const φ = 1;\nφ');
    expect(sourceOf({ cell_type: 'code', source: 'one text' })).toBe('one text');
    expect([hasTag(document.cells[0], 'raises-exception'), hasTag(document.cells[0], 'other')]).toEqual([true, false]);
  });

  it.each([
    ['text', 'import x', /n\.ipynb is not a notebook: it is not JSON/],
    ['half a file', written.slice(0, 99), /it is not JSON/],
    ['an empty file', '', /it is not JSON/],
    ['other JSON', '{"a": 1}', /without the field nbformat/],
    ['a list', '[]', /without the field nbformat/],
    ['format 3', '{"nbformat": 3, "metadata": {}, "worksheets": []}', /format 3; only format 4 can be run/],
    ['no cells', '{"nbformat": 4, "metadata": {}}', /needs metadata and a list of cells/],
    ['a cell without source', '{"nbformat": 4, "metadata": {}, "cells": [{"cell_type": "code"}]}', /cell 1 needs/],
    ['a null cell', '{"nbformat": 4, "metadata": {}, "cells": [null]}', /cell 1 needs/],
    ['outputs that are no list', withOutputs('5'), /broken notebook: cell 2, needs a list of outputs/],
    ['a null output', withOutputs('[null]'), /cell 2, output 1 needs an output_type: stream, display_data, /],
    ['an output of an unknown type', withOutputs('[{"output_type": "toString"}]'), /output 1 needs an output_type: /],
    ['a stream without text', withOutputs('[{"output_type": "stream", "name": "stdout"}]'), /needs text: a text/],
    ['a display without data', withOutputs('[{"output_type": "display_data", "metadata": {}}]'), /needs data: an obj/],
    [
      'a display without metadata',
      withOutputs(`[${stream}, {"output_type": "display_data", "data": {}}]`),
      /cell 2, output 2 needs metadata: an object/,
    ],
    [
      'a result without metadata',
      withOutputs('[{"output_type": "execute_result", "data": {}}]'),
      /needs metadata: an ob/,
    ],
    [
      'an error without traceback',
      withOutputs('[{"output_type": "error", "ename": "E", "evalue": ""}]'),
      /needs traceback: a list of texts/,
    ],
  ])('refuses %s', (_, text, message) => {
    expect(() => parseNotebook(text, 'n.ipynb')).toThrow(DataError);
    expect(() => parseNotebook(text, 'n.ipynb')).toThrow(message);
  });
});

describe('saveNotebook', () => {
  let folder: string;
  let path: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'relu-lab-notebook-'));
    path = join(folder, 'n.ipynb');
    writeFileSync(path, written);
  });
  afterEach(() => {
    chmodSync(folder, 0o700);
    rmSync(folder, { recursive: true });
  });

  it('replaces the file, keeps who may read it, and leaves nothing else behind', () => {
    chmodSync(path, 0o640);
    const notebook = readNotebook(path);
    saveNotebook(notebook, { ...notebook.document, metadata: { saved: true } });
    expect(JSON.parse(readFileSync(path, 'utf8')).metadata).toEqual({ saved: true });
    expect(statSync(path).mode & 0o777).toBe(0o640);
    expect(readdirSync(folder)).toEqual(['n.ipynb']);
  });

  it('follows a link instead of replacing it', () => {
    const link = join(folder, 'link.ipynb');
    symlinkSync(path, link);
    const notebook = readNotebook(link);
    saveNotebook(notebook, { ...notebook.document, metadata: { saved: true } });
    expect(lstatSync(link).isSymbolicLink()).toBe(true);
    expect(JSON.parse(readFileSync(path, 'utf8')).metadata).toEqual({ saved: true });
  });

  it('does not overwrite what somebody else has saved meanwhile', () => {
    const notebook = readNotebook(path);
    const edited = written.replace('const φ', 'const ψ');
    writeFileSync(path, edited);
    expect(() => saveNotebook(notebook, notebook.document)).toThrow(/has changed while it ran, so nothing was saved/);
    expect(readFileSync(path, 'utf8')).toBe(edited);
  });

  it('leaves the file as it was when what should be saved cannot be written', () => {
    const notebook = readNotebook(path);
    const metadata = { impossible: 1n };
    expect(() => saveNotebook(notebook, { ...notebook.document, metadata })).toThrow(
      /cannot be saved .* it is as it was/,
    );
    expect(readFileSync(path, 'utf8')).toBe(written);
    expect(readdirSync(folder)).toEqual(['n.ipynb']);
  });
});

describe('readNotebook', () => {
  it('says which file cannot be read', () => {
    expect(() => readNotebook('/no/such/notebook.ipynb')).toThrow(DataError);
    expect(() => readNotebook('/no/such/notebook.ipynb')).toThrow(
      /\/no\/such\/notebook\.ipynb cannot be read \(ENOENT/,
    );
    expect(() => readNotebook(tmpdir())).toThrow(/cannot be read \(EISDIR/);
  });
});
