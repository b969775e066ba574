import { ShapeError } from '@relu-lab/core';
import type { Parameter, Statistic } from './layer.ts';

/** Floats of a network's precision. In a pass these are views into the arena, valid until the next pass. */
export type Values = Float32Array | Float64Array;

/** All learned numbers and running statistics of a network at one moment. */
export interface Snapshot {
  /** Names and shapes of what follows, such as `dense1.weight 256 × 784`. */
  readonly shapes: readonly string[];
  readonly parameters: Values;
  readonly statistics: Values;
}

/** Names and shapes of a network's parameters and statistics. */
export function shapesOf(parameters: readonly Parameter[], statistics: readonly Statistic[]): readonly string[] {
  return [
    ...parameters.map(({ name, shape }) => `${name} ${shape.join(' × ')}`),
    ...statistics.map(({ name, length }) => `${name} ${length}`),
  ];
}

/**
 * Refuses a snapshot of a network of other shapes.
 *
 * @throws ShapeError which names the first difference.
 */
export function checkSnapshot(snapshot: Snapshot, shapes: readonly string[]): void {
  const length = Math.max(snapshot.shapes.length, shapes.length);
  for (let i = 0; i < length; i++) {
    if (snapshot.shapes[i] === shapes[i]) continue;
    throw new ShapeError(
      `The snapshot is of another network: it holds ${snapshot.shapes[i] ?? 'nothing more'} where this one has ${shapes[i] ?? 'nothing'}`,
    );
  }
}
