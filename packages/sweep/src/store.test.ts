import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { StoreError } from './errors.ts';
import type { JobResult } from './executor.ts';
import type { Row } from './row.ts';
import { openStore } from './store.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'store-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const open = (fingerprint = 'f1') => openStore(folder, { fingerprint });

function result(id: string, rows: readonly Row[] = [{ id }], timings: readonly Row[] = []): JobResult {
  const experiment = { module: 'file:///lab/decay.ts', export: 'decay' };
  return { status: 'completed', job: { id, experiment, parameters: { width: 3 }, seed: 4 }, rows, timings };
}

describe('openStore', () => {
  it('makes the folder, and starts new', () => {
    const store = openStore(join(folder, 'deep', 'down'), { fingerprint: 'f1' });
    expect(store).toMatchObject({ status: 'new', size: 0, repaired: false });
    expect(readFileSync(store.file, 'utf8')).toBe('{"format":"relu-lab-runs","version":1,"fingerprint":"f1"}\n');
  });

  it('writes one line of JSON a run, with what the run was', () => {
    const store = open();
    store.append(result('a', [{ loss: 0.5 }], [{ seconds: 2 }]));
    const text = readFileSync(store.file, 'utf8').replace(/"at":\d{13}/, '"at":1');
    expect(text.split('\n').slice(1)).toEqual([
      '{"id":"a","experiment":"decay#decay","parameters":{"width":3},"seed":4,"rows":[{"loss":0.5}],"timings":[{"seconds":2}],"at":1}',
      '',
    ]);
  });

  it('gives back every row that it was given', () => {
    const cell = fc.oneof(fc.double(), fc.integer(), fc.string({ unit: 'binary' }), fc.boolean(), fc.constant(null));
    const column = fc.string().filter((name) => name !== '__proto__');
    const rows = fc.array(fc.dictionary(column, cell, { noNullPrototype: true }));
    fc.assert(
      fc.property(fc.uniqueArray(fc.tuple(fc.uuid(), rows, rows), { selector: ([id]) => id }), (runs) => {
        const store = open();
        store.discard();
        for (const [id, rows, timings] of runs) store.append(result(id, rows, timings));
        const again = open();
        expect(again.size).toBe(runs.length);
        for (const [id, rows, timings] of runs)
          expect(again.get(id)).toEqual({ rows, timings, at: expect.any(Number) });
      }),
      { numRuns: 30 },
    );
  });

  it('keeps every whole line, wherever the file is torn', () => {
    const store = open();
    for (const id of ['first', 'zweite Zeile: ü', 'third']) store.append(result(id));
    const bytes = readFileSync(store.file);
    const header = bytes.indexOf(10) + 1;
    for (let length = header; length <= bytes.length; length++) {
      const whole = bytes.subarray(0, length);
      writeFileSync(store.file, whole);
      const torn = open();
      const lines = whole.toString('latin1').split('\n').length - 2;
      expect([torn.status, torn.size]).toEqual(['resumed', lines]);
      expect(torn.repaired).toBe(whole.at(-1) !== 10);
      torn.append(result('after'));
      expect(open().size).toBe(lines + 1);
    }
  });

  it('starts new in an empty file', () => {
    writeFileSync(join(folder, 'runs.jsonl'), '');
    expect(open().status).toBe('new');
    expect(open().status).toBe('resumed');
  });

  it.each([
    ['half a line', '{"id":"b","rows":[{"los', /Unterminated|Expected|JSON/],
    ['no record', '[1]', /holds no record/],
    ['a line without an id', '{"rows":[],"timings":[]}', /its id is undefined/],
    ['rows that are none', '{"id":"b","rows":[1],"timings":[]}', /rows\[0\] must be a flat record/],
    ['no timings', '{"id":"b","rows":[]}', /timings must be an array/],
    ['an empty line', '', /JSON/],
  ])('names file and line of %s in the middle', (_, line, message) => {
    const store = open();
    store.append(result('a'));
    appendFileSync(store.file, `${line}\n`);
    store.append(result('c'));
    expect(open).toThrow(StoreError);
    expect(open).toThrow(`${store.file}:3 is corrupt; repair the store, or remove the line, to have its job run again`);
    expect(open).toThrow(message);
  });

  it('moves what it cannot read aside when told to repair, and keeps every good line as it was', () => {
    const store = open();
    store.append(result('a'));
    appendFileSync(store.file, 'scratched\n');
    store.append(result('c'));
    appendFileSync(store.file, 'also scratched\n{"id":"torn');
    const before = readFileSync(store.file, 'utf8');
    expect(open).toThrow(':3 is corrupt');
    expect(readFileSync(store.file, 'utf8')).toBe(before);

    const repaired = openStore(folder, { fingerprint: 'f1', repair: true });
    expect(repaired).toMatchObject({ status: 'resumed', size: 2, movedAside: 2, repaired: true });
    const lines = before.split('\n');
    expect(readFileSync(store.file, 'utf8')).toBe([lines[0], lines[1], lines[3], ''].join('\n'));
    expect(readFileSync(join(folder, 'runs.damaged.jsonl'), 'utf8')).toBe('scratched\nalso scratched\n');
    repaired.append(result('d'));
    expect(open()).toMatchObject({ size: 3, movedAside: 0, repaired: false });
  });

  it.each([
    ['damaged', (lines: readonly string[]) => ['{"format":"relu-lab-ru', ...lines.slice(1)], 1],
    ['deleted', (lines: readonly string[]) => lines.slice(1), 0],
  ])('writes a header that is %s again when told to repair, and keeps every run', (_, change, movedAside) => {
    const store = open();
    for (const id of ['a', 'b', 'c']) store.append(result(id));
    const whole = readFileSync(store.file, 'utf8');
    const broken = change(whole.split('\n')).join('\n');
    writeFileSync(store.file, broken);
    expect(open).toThrow(`${store.file}:1 is not the header of a store; repair the store, or choose another folder`);
    expect(readFileSync(store.file, 'utf8')).toBe(broken);

    const repaired = openStore(folder, { fingerprint: 'f1', repair: true });
    expect(repaired).toMatchObject({ status: 'resumed', size: 3, movedAside });
    expect(readFileSync(store.file, 'utf8')).toBe(whole);
  });

  it('makes no store of a file without runs, even when told to repair', () => {
    const file = join(folder, 'runs.jsonl');
    writeFileSync(file, 'hello\n');
    expect(() => openStore(folder, { fingerprint: 'f1', repair: true })).toThrow(StoreError);
    expect(readFileSync(file, 'utf8')).toBe('hello\n');
  });

  it('refuses a file that is no store, or one of another version', () => {
    const file = join(folder, 'runs.jsonl');
    for (const text of ['hello\n', '{"format":"other"}\n', '{"format":"relu-lab-runs"}\n', '{"format":"relu-lab-ru']) {
      writeFileSync(file, text);
      expect(open).toThrow(`${file}:1 is not the header of a store`);
      expect(readFileSync(file, 'utf8')).toBe(text);
    }
    writeFileSync(file, '{"format":"relu-lab-runs","version":2,"fingerprint":"f1"}\n');
    expect(open).toThrow(`${file}:1 has format version 2; this program reads 1`);
  });

  it('is stale for another fingerprint, and changes nothing until told to', () => {
    open('f1').append(result('a'));
    const store = open('f2');
    expect(store).toMatchObject({ status: 'stale', size: 0 });
    expect(() => store.get('a')).toThrow(StoreError);
    expect(() => store.append(result('b'))).toThrow('discard() it, or choose another folder');
    expect(open('f1').size).toBe(1);

    store.discard();
    expect(store.status).toBe('new');
    store.append(result('b'));
    expect(open('f2').get('b')).toMatchObject({ rows: [{ id: 'b' }], timings: [] });
    expect(open('f1').status).toBe('stale');
  });

  it('refuses an empty fingerprint', () => {
    expect(() => open('')).toThrow('A store needs a fingerprint');
    expect(() => (openStore as (folder: string) => unknown)(folder)).toThrow(/A store needs a fingerprint.*undefined/);
  });

  it('says which folder cannot be made', () => {
    writeFileSync(join(folder, 'file'), '');
    expect(() => openStore(join(folder, 'file', 'store'), { fingerprint: 'f1' })).toThrow(/Cannot .*runs\.jsonl: E/);
  });

  it('writes nothing more after a failed write, lest half a line be continued', () => {
    const store = open();
    rmSync(folder, { recursive: true });
    expect(() => store.append(result('a'))).toThrow(/Cannot write .*ENOENT/);
    folder = mkdtempSync(join(tmpdir(), 'store-'));
    expect(() => store.append(result('b'))).toThrow('could not be written before; open it again');
    expect(store.size).toBe(0);
  });
});
