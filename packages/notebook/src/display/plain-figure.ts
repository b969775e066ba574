import { ParameterError } from '@relu-lab/core';
import type { Trace } from '@relu-lab/report';

/** Where traces hold what they draw. */
const coordinates = ['x', 'y', 'z', 'r', 'theta', 'a', 'b', 'c', 'values'];

/** Counts the numbers that a figure will leave out. */
export interface Missing {
  /** Coordinates in all. */
  readonly values: number;
  /** Those that are NaN or infinite. */
  readonly notFinite: number;
}

/**
 * Refuses a figure that would be an empty frame, and counts what a figure cannot draw.
 *
 * @throws ParameterError which names the trace, and says what it lacks.
 */
export function countMissing(data: readonly Trace[]): Missing {
  if (!Array.isArray(data) || data.length === 0)
    throw new ParameterError('There is nothing to show: data has no trace');
  let values = 0;
  let notFinite = 0;
  let drawn = false;
  for (const [index, trace] of data.entries()) {
    if (typeof trace !== 'object' || trace === null)
      throw new ParameterError(
        `data[${index}] must be a trace such as { type: 'scatter', y: [1, 2] }, not ${String(trace)}`,
      );
    const name = `data[${index}]${typeof trace['name'] === 'string' ? ` (${trace['name']})` : ''}`;
    for (const key of coordinates) {
      const found = flat(trace[key]);
      if (found === null) continue;
      const broken = found.filter((value) => typeof value === 'number' && !Number.isFinite(value));
      const gaps = found.filter((value) => value === null || value === undefined).length;
      const drawable = found.length - broken.length - gaps;
      drawn ||= drawable > 0;
      // Nothing but gaps is how a trace stands in the legend alone.
      if (drawable === 0 && (found.length === 0 || broken.length > 0)) {
        const why = found.length === 0 ? 'is empty' : `has no finite value among ${found.length}`;
        throw new ParameterError(`There is nothing to show in ${name}: its ${key} ${why}`);
      }
      values += found.length;
      notFinite += broken.length;
    }
  }
  if (!drawn && values > 0)
    throw new ParameterError(`There is nothing to show: every value of ${data.length} traces is a gap`);
  return { values, notFinite };
}

/** The same as plain JSON: typed arrays as arrays, and null for a number that is not finite, which Plotly leaves out. */
export function plainJson(value: unknown): unknown {
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (typeof value === 'bigint') return Number(value);
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  const elements = elementsOf(value);
  if (elements) return elements.map(plainJson);
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, plainJson(item)]));
}

function elementsOf(value: unknown): readonly unknown[] | null {
  if (Array.isArray(value)) return value;
  if (!ArrayBuffer.isView(value) || value instanceof DataView) return null;
  return Array.from(value as unknown as ArrayLike<unknown>);
}

function flat(value: unknown): readonly unknown[] | null {
  const elements = elementsOf(value);
  return elements && elements.flatMap((element) => flat(element) ?? [element]);
}
