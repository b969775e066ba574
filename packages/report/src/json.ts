import { DataError } from '@relu-lab/core';
import type { Report } from './report.ts';

/** A number in JSON: what JSON has no number for is a string that `Number()` and Python's `float()` read. */
export type JsonNumber = number | 'NaN' | 'Infinity' | '-Infinity';

/** What JSON can hold. */
export type JsonValue = string | number | boolean | null | readonly JsonValue[] | { readonly [key: string]: JsonValue };

/** The type of a value after {@link toJson}. */
export type Json<Value> = Value extends number
  ? JsonNumber
  : Value extends string | boolean | null | undefined
    ? Value
    : unknown extends Value
      ? JsonValue
      : { readonly [Key in keyof Value]: Json<Value[Key]> };

/** {@link Report} as it is written to `report.json`. */
export type ReportJson = Json<Report>;

/**
 * The value as JSON can hold it: NaN and infinities as the strings `NaN`, `Infinity` and `-Infinity`, −0 as 0, typed
 * arrays as arrays, without what is undefined.
 *
 * @throws DataError for what has no meaning in JSON, such as a function; the message names the path.
 */
export function toJson<Value>(value: Value): Json<Value> {
  const encoded = plainData(value, 'value', (x) => (Number.isFinite(x) ? x + 0 : (String(x) as JsonNumber)));
  return encoded as Json<Value>;
}

/**
 * The value with typed arrays as arrays, and without what is undefined.
 *
 * @param path - what the value is called in a message.
 * @param encode - what becomes of a number. Default: it stays.
 * @throws DataError for what is no plain data; the message names the path.
 */
export function plainData(value: unknown, path: string, encode: (x: number) => unknown = (x) => x): unknown {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number') return encode(value);
  if (Array.isArray(value)) return value.map((item: unknown, i) => plainData(item ?? null, `${path}[${i}]`, encode));
  if (ArrayBuffer.isView(value) && !(value instanceof DataView)) {
    return Array.from(value as Float64Array, (x, i) => plainData(x, `${path}[${i}]`, encode));
  }
  if (typeof value === 'object' && isRecord(value)) {
    return Object.fromEntries(
      Object.entries(value)
        .filter(([, item]) => item !== undefined)
        .map(([key, item]) => [key, plainData(item, `${path}.${key}`, encode)]),
    );
  }
  throw new DataError(
    `${path} is no plain data but ${typeof value === 'object' ? 'an object of a class' : `a ${typeof value}`}`,
  );
}

function isRecord(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype || Object.getPrototypeOf(prototype as object) === null;
}

/** JSON that people can read and compare: indented by two, an array of plain values on one line, a newline at the end. */
export function writeJson(value: unknown): string {
  return `${write(value, '')}\n`;
}

function write(value: unknown, indent: string): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  const deeper = `${indent}  `;
  if (Array.isArray(value)) {
    const items = value as readonly unknown[];
    if (items.every((item) => item === null || typeof item !== 'object')) {
      return `[${items.map((item) => JSON.stringify(item)).join(', ')}]`;
    }
    return `[\n${items.map((item) => deeper + write(item, deeper)).join(',\n')}\n${indent}]`;
  }
  const entries = Object.entries(value);
  if (entries.length === 0) return '{}';
  const lines = entries.map(([key, item]) => `${deeper}${JSON.stringify(key)}: ${write(item, deeper)}`);
  return `{\n${lines.join(',\n')}\n${indent}}`;
}
