import { refuseUnknown } from '@relu-lab/core/options';
import { type AffineMaps } from './affine-maps.ts';
import { type Cell, type CutCell, cutInterval, cutPolygon, windowInterval, windowSquare } from './convex-cell.ts';
import { type Line, inputOnLine, readLine } from './line.ts';
import { type Plane, type PlaneWindow, inputOnPlane, planeOptions, readPlane } from './plane-window.ts';

/** A line or a window of a plane, with all its numbers. */
export type WindowInput =
  | { readonly kind: 'line'; readonly from: readonly number[]; readonly to: readonly number[] }
  | ({ readonly kind: 'plane' } & PlaneWindow);

/**
 * Tells a line, which has `from` and `to`, from a plane.
 *
 * @throws ParameterError, ShapeError for what is neither.
 */
export function readWindow(owner: string, input: Line | Plane, inputs: number): WindowInput {
  if (typeof input === 'object' && input !== null && 'from' in input) {
    refuseUnknown(`The line of ${owner}`, input, ['from', 'to']);
    return { kind: 'line', ...readLine(owner, input, inputs) };
  }
  refuseUnknown(`The plane of ${owner}`, input, planeOptions);
  return { kind: 'plane', ...readPlane(owner, input, inputs) };
}

/** What a window is for {@link subdivide}. */
export function windowToCut(window: WindowInput): {
  readonly input: AffineMaps;
  readonly window: Cell;
  readonly cut: CutCell;
} {
  return window.kind === 'line'
    ? { input: inputOnLine(window.from, window.to), window: windowInterval, cut: cutInterval }
    : { input: inputOnPlane(window), window: windowSquare, cut: cutPolygon };
}
