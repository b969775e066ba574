import { ParameterError } from '@relu-lab/core';
import { choices } from '../choices.ts';
import { type NumberFormat, formatNumber, isNumberFormat, numberFormats } from '../number-format.ts';

/** What prose may look up, by the first word of the path. */
export type Scope = Readonly<Record<string, unknown>>;

const joiners: Readonly<Record<string, string>> = { range: ' to ', list: ', ' };

/** The names of all filters: the number formats, and `range` and `list`, which join the items of an array. */
export const filters: readonly string[] = [...numberFormats, ...Object.keys(joiners)];

/**
 * The value at a path such as `claims.relu-wins.measurement.estimate`, as text. Only own properties of plain data are
 * followed; nothing is evaluated.
 *
 * A number format writes a number, or every number of an array; `range` joins with "to", `list` with commas. Without a
 * filter numbers are written in the format `auto`, and arrays as lists. What is null is an en dash.
 *
 * @throws ParameterError when there is nothing at the path (with the nearest name), the value is no text, number or list
 *   of them, a filter is unknown or does not fit the value.
 */
export function lookUp(scope: Scope, path: string, filterNames: readonly string[]): string {
  const value = filterNames.reduce<unknown>((input, name) => applyFilter(input, name, path), valueAt(scope, path));
  return asText(value, path);
}

function valueAt(scope: Scope, path: string): unknown {
  if (path === '') throw new ParameterError('{{ }} names no value');
  let value: unknown = scope;
  let walked = '';
  for (const name of path.split('.')) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) {
      throw new ParameterError(nothingAt(value, name, walked));
    }
    value = (value as Readonly<Record<string, unknown>>)[name];
    walked = walked === '' ? name : `${walked}.${name}`;
  }
  return value;
}

function nothingAt(value: unknown, name: string, walked: string): string {
  const where = walked === '' ? '' : ` in ${walked}`;
  if (typeof value !== 'object' || value === null)
    return `there is no '${name}'${where}, which is ${JSON.stringify(value)}`;
  return `there is no '${name}'${where}${choices(name, Object.keys(value))}`;
}

function applyFilter(value: unknown, name: string, path: string): unknown {
  if (isNumberFormat(name)) return formatted(value, name, path);
  const joiner = Object.hasOwn(joiners, name) ? joiners[name] : undefined;
  if (joiner === undefined) {
    throw new ParameterError(`there is no filter '${name}'${choices(name, filters)}`);
  }
  if (value === null) return value;
  if (!Array.isArray(value)) throw new ParameterError(`the filter '${name}' joins arrays, and ${path} is none`);
  return value.map((item) => asText(item, path)).join(joiner);
}

function formatted(value: unknown, format: NumberFormat, path: string): unknown {
  if (value === null) return value;
  if (typeof value === 'number') return formatNumber(value, format);
  if (Array.isArray(value)) return value.map((item) => formatted(item, format, path));
  throw new ParameterError(
    `the filter '${format}' writes numbers, and ${path} is ${typeof value === 'object' ? 'none' : `a ${typeof value}`}`,
  );
}

function asText(value: unknown, path: string): string {
  if (value === null || value === undefined) return '–';
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return formatNumber(value);
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (Array.isArray(value)) return value.map((item) => asText(item, path)).join(', ');
  throw new ParameterError(`${path} has several values: choose one of ${Object.keys(value as object).join(', ')}`);
}
