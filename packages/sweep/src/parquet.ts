import { parquetWriteBuffer } from 'hyparquet-writer';
import { canonicalJson } from './canonical-json.ts';
import type { JobResult } from './executor.ts';
import { isPlainObject } from './plain-object.ts';
import type { Row } from './row.ts';

type Cell = Row[string];

/**
 * The rows of all results as one Parquet file, in the order of the results, compressed with Snappy.
 *
 * Columns: the parameters in their order, `seed`, then the rows' own columns as they first appear. A column of the rows
 * that is called like a parameter (or `seed`) and always agrees with it is that parameter's column; where it does not agree, the
 * parameter's is called `parameter.<name>`. A cell that a row lacks is null. Numbers are DOUBLE (NaN, infinities and −0 as they
 * are), booleans BOOLEAN, all else STRING: a column that mixes types holds the text of its values, and a parameter that
 * is a list or a record holds its JSON. The same results give the same bytes.
 */
export function toParquet(results: readonly Pick<JobResult, 'job' | 'rows'>[]): Uint8Array {
  const table = tableOf(results);
  const columnData = [...table].map(([name, cells]) => ({ name, ...typed(cells), nullable: true }));
  if (columnData.length === 0) columnData.push({ name: 'seed', type: 'DOUBLE', data: [], nullable: true });
  return new Uint8Array(parquetWriteBuffer({ columnData, createdBy: 'relu-lab' }));
}

/** The columns by name, all of the same length. */
function tableOf(results: readonly Pick<JobResult, 'job' | 'rows'>[]): ReadonlyMap<string, readonly Cell[]> {
  const clashing = new Set<string>();
  for (const { job, rows } of results) {
    const inputs = inputsOf(job);
    for (const row of rows) {
      for (const [name, value] of inputs) if (name in row && !Object.is(row[name], value)) clashing.add(name);
    }
  }
  const inputName = (name: string): string => (clashing.has(name) ? `parameter.${name}` : name);

  const names = new Set<string>();
  for (const { job } of results) for (const name of Object.keys(job.parameters ?? {})) names.add(inputName(name));
  if (results.length > 0) names.add(inputName('seed'));
  for (const { rows } of results) for (const row of rows) for (const name of Object.keys(row)) names.add(name);

  const columns = new Map<string, Cell[]>([...names].map((name) => [name, []]));
  for (const { job, rows } of results) {
    const inputs = new Map([...inputsOf(job)].map(([name, value]) => [inputName(name), value]));
    for (const row of rows) {
      for (const [name, cells] of columns) {
        cells.push(Object.hasOwn(row, name) ? (row[name] ?? null) : (inputs.get(name) ?? null));
      }
    }
  }
  return columns;
}

/** Parameters and seed as cells. */
function inputsOf({ parameters, seed }: JobResult['job']): ReadonlyMap<string, Cell> {
  const cells = new Map<string, Cell>();
  for (const [name, value] of isPlainObject(parameters) ? Object.entries(parameters) : []) {
    cells.set(name, typeof value === 'object' && value !== null ? canonicalJson(value) : (value as Cell));
  }
  return cells.set('seed', seed);
}

interface TypedCells {
  readonly type: 'DOUBLE' | 'BOOLEAN' | 'STRING';
  readonly data: Cell[];
}

function typed(cells: readonly Cell[]): TypedCells {
  const types = new Set(cells.filter((cell) => cell !== null).map((cell) => typeof cell));
  if (types.size === 1 && types.has('number')) return { type: 'DOUBLE', data: [...cells] };
  if (types.size === 1 && types.has('boolean')) return { type: 'BOOLEAN', data: [...cells] };
  return { type: 'STRING', data: cells.map((cell) => (cell === null ? null : String(cell))) };
}
