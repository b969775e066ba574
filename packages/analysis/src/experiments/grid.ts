import { DataError, ParameterError } from '@relu-lab/core';
import type { OptionRule } from '@relu-lab/core/options';
import type { Row } from '@relu-lab/sweep';

/**
 * Refuses an axis of a grid that is no list, is empty, holds a value twice, or one that its rule does not accept.
 *
 * @throws ParameterError that names the axis and the value.
 */
export function checkAxis(owner: string, name: string, values: unknown, rule: OptionRule): void {
  checkDistinct(owner, name, values);
  for (const value of values) {
    if (typeof value === 'number' && rule.accepts(value)) continue;
    throw new ParameterError(`Each of ${name} of ${owner} must be ${rule.wanted}, not ${String(value)}`);
  }
}

/**
 * Refuses an axis that is no list, is empty, or holds a value twice.
 *
 * @throws ParameterError.
 */
export function checkDistinct(owner: string, name: string, values: unknown): asserts values is readonly unknown[] {
  if (!Array.isArray(values) || values.length === 0) {
    throw new ParameterError(`${name} of ${owner} must be a list of at least one value, not ${JSON.stringify(values)}`);
  }
  const seen = new Set<string>();
  for (const value of values) {
    const text = JSON.stringify(value);
    if (seen.has(text)) {
      throw new ParameterError(
        `${name} of ${owner} has ${text} twice: it would count twice, and intervals would be too narrow`,
      );
    }
    seen.add(text);
  }
}

/**
 * Rows as an experiment made them, also when a sweep gives them back without their type.
 *
 * @throws ParameterError without rows, or when one is there twice; DataError for one that lacks a column: it is of another experiment.
 */
export function checkRows<Typed extends Row>(
  owner: string,
  rows: readonly Row[],
  columns: readonly (keyof Typed & string)[],
): readonly Typed[] {
  checkDistinct(owner, 'rows', rows);
  rows.forEach((row: unknown, i) => {
    if (typeof row !== 'object' || row === null) {
      throw new DataError(`Rows of ${owner} are records with ${columns.join(', ')}; row ${i} is ${String(row)}`);
    }
    const missing = columns.find((column) => !(column in row));
    if (missing === undefined) return;
    throw new DataError(
      `Rows of ${owner} have ${columns.join(', ')}; row ${i} has no ${missing}: it is of another experiment`,
    );
  });
  return rows as readonly Typed[];
}

/** Rows of the same values in `columns`, together, in the order in which they first come. */
export function groupRows<Row extends object>(
  rows: readonly Row[],
  columns: readonly (keyof Row)[],
): readonly (readonly Row[])[] {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const key = JSON.stringify(columns.map((column) => row[column]));
    const group = groups.get(key);
    if (group) group.push(row);
    else groups.set(key, [row]);
  }
  return [...groups.values()];
}
