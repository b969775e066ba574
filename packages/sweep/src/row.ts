import { ExperimentError } from './errors.ts';
import { isPlainObject, kindOf } from './plain-object.ts';

/**
 * A flat record of plain values: what experiments return, stores keep, and tables and plots read.
 *
 * Numbers may be `NaN` or infinite; a store keeps them as they are.
 */
export type Row = Readonly<Record<string, number | string | boolean | null>>;

/**
 * The rows of `value`, copied, so that nobody else holds them.
 *
 * @param name - what the rows are called in a message: `rows` or `timings`.
 * @throws ExperimentError when `value` is not an array of flat records; the message names the row and the column.
 */
export function copyRows(value: unknown, name: string): readonly Row[] {
  if (!Array.isArray(value))
    throw new ExperimentError(`${name} must be an array of flat records, not ${kindOf(value)}`);
  return Array.from(value, (row: unknown, index) => copyRow(row, `${name}[${index}]`));
}

function copyRow(row: unknown, name: string): Row {
  if (!isPlainObject(row)) {
    throw new ExperimentError(`${name} must be a flat record such as { loss: 0.5 }, not ${kindOf(row)}`);
  }
  for (const [column, value] of Object.entries(row)) {
    if (value === null || typeof value === 'number' || typeof value === 'string' || typeof value === 'boolean')
      continue;
    throw new ExperimentError(`${name}.${column} must be a number, a string, a boolean or null, not ${kindOf(value)}`);
  }
  return { ...row } as Row;
}
