import { createHash } from 'node:crypto';
import { SweepError } from './errors.ts';
import { isPlainObject, kindOf } from './plain-object.ts';

/**
 * The one JSON text of a plain value: no white space, object keys sorted by UTF-16 code units, numbers and strings as
 * `JSON.stringify` writes them. Equal values give equal texts, whatever the order of their keys (`-0` is written `0`).
 *
 * @param value - nested plain objects, arrays, strings, finite numbers, booleans and null.
 * @param name - what the value is called in a message. Default `value`.
 * @throws SweepError for anything else (NaN, infinities, undefined, functions, class instances, cycles): JSON would
 *   drop or change it silently. The message names the path, as in `value.layers[2].width`.
 * @see RFC 8785, JSON Canonicalization Scheme
 */
export function canonicalJson(value: unknown, name = 'value'): string {
  return write(value, name, []);
}

/**
 * SHA-256 of the canonical JSON of `value`, as 64 hexadecimal digits.
 *
 * @throws SweepError as {@link canonicalJson}.
 */
export function contentHash(value: unknown, name = 'value'): string {
  return createHash('sha256').update(canonicalJson(value, name)).digest('hex');
}

function write(value: unknown, path: string, parents: readonly object[]): string {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return JSON.stringify(value);
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new SweepError(`${path} is ${value}; JSON holds finite numbers only`);
    return JSON.stringify(value);
  }
  if (value === undefined) throw new SweepError(`${path} is undefined; leave it out, or write null`);
  if (typeof value !== 'object') throw new SweepError(`${path} is ${kindOf(value)}; JSON cannot hold it`);
  if (parents.includes(value)) throw new SweepError(`${path} contains itself; JSON cannot hold a cycle`);

  const family = [...parents, value];
  if (Array.isArray(value)) {
    // Array.from also visits holes, which map would skip.
    return `[${Array.from(value, (item: unknown, index) => write(item, `${path}[${index}]`, family)).join(',')}]`;
  }
  if (!isPlainObject(value)) throw new SweepError(`${path} is ${kindOf(value)}; use plain objects and arrays`);
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${write(item, `${path}.${key}`, family)}`).join(',')}}`;
}
