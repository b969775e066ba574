import { ParameterError } from '@relu-lab/core';
import { type AffineMaps, affineMaps } from './affine-maps.ts';
import type { Cell } from './convex-cell.ts';
import { type Point, readPoint, readRange } from './window-options.ts';

/** A window of a plane through the input space: the points origin + a u + b v with a in `uRange` and b in `vRange`. */
export interface Plane {
  /** Default 0. */
  readonly origin?: Point;
  /** One direction; default: the first input. */
  readonly u?: Point;
  /** The other, not parallel to u; default: the second input. */
  readonly v?: Point;
  /** Default [−1, 1]. */
  readonly uRange?: readonly [number, number];
  /** Default [−1, 1]. */
  readonly vRange?: readonly [number, number];
}

/** A plane with all its numbers. */
export interface PlaneWindow {
  readonly origin: readonly number[];
  readonly u: readonly number[];
  readonly v: readonly number[];
  readonly uRange: readonly [number, number];
  readonly vRange: readonly [number, number];
}

export const planeOptions: readonly (keyof Plane)[] = ['origin', 'u', 'v', 'uRange', 'vRange'];

/**
 * A plane with its defaults.
 *
 * @throws ParameterError when there is one input, u and v are parallel, or a range is none; ShapeError for other numbers of coordinates.
 */
export function readPlane(owner: string, plane: Plane, inputs: number): PlaneWindow {
  if (inputs < 2) throw new ParameterError(`${owner} needs a network of at least two inputs; on one input take a line`);
  const unit = (axis: number): readonly number[] => Array.from({ length: inputs }, (_, i) => Number(i === axis));
  const point = (name: 'origin' | 'u' | 'v', byDefault: readonly number[]): readonly number[] =>
    plane[name] === undefined ? byDefault : readPoint(owner, name, plane[name], inputs);
  const window = {
    origin: point('origin', unit(-1)),
    u: point('u', unit(0)),
    v: point('v', unit(1)),
    uRange: readRange(owner, 'uRange', plane.uRange ?? [-1, 1]),
    vRange: readRange(owner, 'vRange', plane.vRange ?? [-1, 1]),
  };
  const { u, v } = window;
  const parallel = dot(u, v) ** 2 >= dot(u, u) * dot(v, v) * (1 - 1e-14);
  if (parallel)
    throw new ParameterError(`u and v of ${owner} must span a plane; (${u.join(', ')}) and (${v.join(', ')}) do not`);
  return window;
}

function dot(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, x, i) => sum + x * b[i], 0);
}

/** The points of a window as affine functions of x and y, which run from −1 to 1 over `uRange` and `vRange`. */
export function inputOnPlane({ origin, u, v, uRange, vRange }: PlaneWindow): AffineMaps {
  const input = affineMaps(origin.length);
  const [a, halfA] = centre(uRange);
  const [b, halfB] = centre(vRange);
  origin.forEach((start, i) => {
    input.c[i] = start + a * u[i] + b * v[i];
    input.gx[i] = halfA * u[i];
    input.gy[i] = halfB * v[i];
    input.size[i] = Math.abs(start) + (Math.abs(a) + halfA) * Math.abs(u[i]) + (Math.abs(b) + halfB) * Math.abs(v[i]);
  });
  return input;
}

/** Middle and half length of a range. */
export function centre([low, high]: readonly [number, number]): readonly [number, number] {
  return [low / 2 + high / 2, high / 2 - low / 2];
}

/** From −1 … 1 to a range, exact at both ends. */
export function within([low, high]: readonly [number, number], x: number): number {
  return ((1 - x) * low + (1 + x) * high) / 2;
}

/** Convex polygons one after the other. */
export interface Polygons {
  /** Polygon i has the vertices from offsets[i] to offsets[i + 1]. */
  readonly offsets: Int32Array;
  /** (a, b) of every vertex, in order around its polygon: 2 × vertices. */
  readonly vertices: Float64Array;
}

/** The cells of a window as polygons in its own coordinates. */
export function packPolygons(cells: readonly Cell[], { uRange, vRange }: PlaneWindow): Polygons {
  const offsets = new Int32Array(cells.length + 1);
  cells.forEach(({ x }, i) => {
    offsets[i + 1] = offsets[i] + x.length;
  });
  const vertices = new Float64Array(2 * offsets[cells.length]);
  cells.forEach(({ x, y }, i) => {
    x.forEach((at, k) => {
      vertices[2 * (offsets[i] + k)] = within(uRange, at);
      vertices[2 * (offsets[i] + k) + 1] = within(vRange, y[k]);
    });
  });
  return { offsets, vertices };
}
