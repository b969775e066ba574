import { ParameterError, ShapeError } from '@relu-lab/core';

/** A point of the network's input space; a number where there is one input. */
export type Point = number | readonly number[] | Float32Array | Float64Array;

/**
 * The coordinates of a point.
 *
 * @throws ParameterError when it is none or not finite; ShapeError when it has another number of coordinates than `inputs`.
 */
export function readPoint(owner: string, name: string, point: Point, inputs: number): readonly number[] {
  if (typeof point !== 'number' && !Array.isArray(point) && !ArrayBuffer.isView(point)) {
    throw new ParameterError(
      `${name} of ${owner} must be a point of ${inputs} coordinates (a number where there is one input), not ${String(point)}`,
    );
  }
  const coordinates = typeof point === 'number' ? [point] : Array.from(point);
  if (coordinates.length !== inputs) {
    throw new ShapeError(
      `${name} of ${owner} has ${coordinates.length} coordinates; the network takes ${inputs} inputs`,
    );
  }
  const broken = coordinates.find((x) => !Number.isFinite(x));
  if (broken === undefined) return coordinates;
  throw new ParameterError(`${name} of ${owner} must have finite coordinates, not ${String(broken)}`);
}

/** @throws ParameterError unless it is two finite numbers, the first below the second. */
export function readRange(owner: string, name: string, range: readonly [number, number]): readonly [number, number] {
  if (!Array.isArray(range) || range.length !== 2 || !range.every(Number.isFinite) || !(range[0] < range[1])) {
    throw new ParameterError(
      `${name} of ${owner} must be two finite numbers [low, high] with low < high, not ${String(range)}`,
    );
  }
  return range;
}

/** @throws ParameterError unless it is a whole number of at least 1. */
export function readMaxCells(owner: string, maxCells: number): number {
  if (Number.isSafeInteger(maxCells) && maxCells >= 1) return maxCells;
  throw new ParameterError(`maxCells of ${owner} must be a whole number of at least 1, not ${String(maxCells)}`);
}
