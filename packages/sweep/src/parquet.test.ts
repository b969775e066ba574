import fc from 'fast-check';
import { parquetMetadata, parquetReadObjects } from 'hyparquet';
import { describe, expect, it } from 'vitest';
import { experiment } from './experiment.ts';
import { createJobs } from './job.ts';
import { toParquet } from './parquet.ts';
import type { Row } from './row.ts';

type Condition = Readonly<Record<string, unknown>>;

function resultsOf(runs: readonly { readonly parameters: Condition; readonly rows: readonly Row[] }[]) {
  const reference = experiment<Condition>('file:///decay.ts', 'runDecay');
  return runs.map(({ parameters, rows }, i) => {
    const [job] = createJobs(reference, [parameters], [i]);
    if (!job) throw new Error('no job');
    return { job, rows };
  });
}

async function read(bytes: Uint8Array): Promise<Row[]> {
  const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer;
  return (await parquetReadObjects({ file })) as Row[];
}

function columnsOf(bytes: Uint8Array): string[] {
  return parquetMetadata(bytes.buffer as ArrayBuffer)
    .schema.slice(1)
    .map(({ name, type }) => `${name} ${type}`);
}

describe('toParquet', () => {
  it('has parameters, seed and rows, with null for what a row lacks, as another library reads it', async () => {
    const bytes = toParquet(
      resultsOf([
        { parameters: { rate: 0.5, name: 'a' }, rows: [{ step: 1, loss: 2.5, ok: true }, { step: 2 }] },
        { parameters: { rate: 1, widths: [8, 8] }, rows: [{ step: 1, note: 'kaputt' }] },
        { parameters: { rate: 2 }, rows: [] },
      ]),
    );
    expect(columnsOf(bytes)).toEqual([
      'rate DOUBLE',
      'name BYTE_ARRAY',
      'widths BYTE_ARRAY',
      'seed DOUBLE',
      'step DOUBLE',
      'loss DOUBLE',
      'ok BOOLEAN',
      'note BYTE_ARRAY',
    ]);
    const none = { name: null, widths: null, loss: null, ok: null, note: null };
    expect(await read(bytes)).toEqual([
      { ...none, rate: 0.5, name: 'a', seed: 0, step: 1, loss: 2.5, ok: true },
      { ...none, rate: 0.5, name: 'a', seed: 0, step: 2 },
      { ...none, rate: 1, widths: '[8,8]', seed: 1, step: 1, note: 'kaputt' },
    ]);
  });

  it('keeps every number to the bit: NaN, infinities, -0, and what is not representable in 32 bits', async () => {
    const values = [NaN, Infinity, -Infinity, -0, 0, 0.1, 2 ** 53, 5e-324, 1.7976931348623157e308];
    const rows = values.map((value) => ({ value }));
    const back = await read(toParquet(resultsOf([{ parameters: {}, rows }])));
    expect(back.map(({ value }) => value)).toEqual(values);
    expect(Object.is(back[3]?.['value'], -0)).toBe(true);
  });

  it('gives back any rows whose columns have one type each', async () => {
    const row = fc.record(
      {
        number: fc.double(),
        text: fc.string({ unit: 'binary' }),
        flag: fc.boolean(),
        nothing: fc.constant(null),
      },
      { requiredKeys: [] },
    );
    await fc.assert(
      fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 30 }), async (rows) => {
        const back = await read(toParquet(resultsOf([{ parameters: {}, rows }])));
        const columns = new Set(rows.flatMap((one) => Object.keys(one)));
        const full = rows.map((one) => ({
          seed: 0,
          ...Object.fromEntries([...columns].map((name) => [name, (one as Row)[name] ?? null])),
        }));
        expect(back).toEqual(full);
      }),
      { numRuns: 100 },
    );
  });

  it('has one column where rows repeat a parameter, and two where they say something else', async () => {
    const same = await read(toParquet(resultsOf([{ parameters: { rate: 1 }, rows: [{ rate: 1, seed: 0 }] }])));
    expect(same).toEqual([{ rate: 1, seed: 0 }]);
    const other = await read(
      toParquet(
        resultsOf([
          { parameters: { alpha: null }, rows: [{ alpha: 0.01 }] },
          { parameters: { alpha: 1 }, rows: [{ alpha: 1 }] },
        ]),
      ),
    );
    expect(other).toEqual([
      { 'parameter.alpha': null, seed: 0, alpha: 0.01 },
      { 'parameter.alpha': 1, seed: 1, alpha: 1 },
    ]);
  });

  it('writes the text of a column that mixes types', async () => {
    const rows = [{ at: 1.5 }, { at: 'end' }, { at: false }];
    expect(await read(toParquet(resultsOf([{ parameters: {}, rows }])))).toMatchObject([
      { at: '1.5' },
      { at: 'end' },
      { at: 'false' },
    ]);
  });

  it('holds no rows when there are none', async () => {
    expect(await read(toParquet([]))).toEqual([]);
    expect(await read(toParquet(resultsOf([{ parameters: { rate: 1 }, rows: [] }])))).toEqual([]);
  });
});
