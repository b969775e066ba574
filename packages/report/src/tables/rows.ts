import { ParameterError } from '@relu-lab/core';
import { isRecord, shown } from '../plain-value.ts';

/**
 * Checks rows that are about to be shown or written: flat records of numbers, texts, booleans and null.
 *
 * @param name - what they are called in messages.
 * @throws ParameterError which names the row, and the key.
 */
export function checkRows(name: string, rows: unknown): void {
  if (!Array.isArray(rows)) throw new ParameterError(`${name} must be an array of rows, not ${shown(rows)}`);
  for (const [i, row] of (rows as readonly unknown[]).entries()) {
    if (!isRecord(row)) throw new ParameterError(`${name}[${i}] must be a row such as { x: 1 }, not ${shown(row)}`);
    for (const [key, value] of Object.entries(row)) {
      if (value === null || ['number', 'string', 'boolean', 'undefined'].includes(typeof value)) continue;
      throw new ParameterError(
        `${name}[${i}].${key} must be a number, a text, true, false or null, not ${shown(value)}`,
      );
    }
  }
}
