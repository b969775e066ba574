/**
 * A convex polygon (vertices in order around it) or, on a line, an interval (two vertices with y = 0), in the coordinates of
 * the window: from −1 to 1.
 */
export interface Cell {
  readonly x: readonly number[];
  readonly y: readonly number[];
  /** For each edge of a polygon, from its vertex to the next, which cut made it: twice its number, and 1 more above it; −1 at the window. */
  readonly edges: readonly number[];
}

/** The affine function c + gx x + gy y. */
export interface AffineFunction {
  readonly c: number;
  readonly gx: number;
  readonly gy: number;
}

/** The parts of a cell on both sides of a line; a side is null where nothing of the cell is. */
export interface Halves {
  readonly below: Cell | null;
  readonly above: Cell | null;
}

/** Cuts a cell where an affine function is 0; vertices with |value| ≤ `margin` lie on the line. `cut` numbers the new edge. */
export type CutCell = (cell: Cell, line: AffineFunction, margin: number, cut: number) => Halves;

export const windowInterval: Cell = { x: [-1, 1], y: [0, 0], edges: [-1, -1] };

export const windowSquare: Cell = { x: [-1, 1, 1, -1], y: [-1, -1, 1, 1], edges: [-1, -1, -1, -1] };

/** Cuts an interval. */
export function cutInterval(cell: Cell, line: AffineFunction, margin: number): Halves {
  const [from, to] = cell.x;
  const atFrom = line.c + line.gx * from;
  const atTo = line.c + line.gx * to;
  if (atFrom >= -margin && atTo >= -margin) return sides(cell, atFrom > margin || atTo > margin);
  if (atFrom <= margin && atTo <= margin) return { below: cell, above: null };
  const knot = (from * atTo - to * atFrom) / (atTo - atFrom);
  const left = { x: [from, knot], y: cell.y, edges: cell.edges };
  const right = { x: [knot, to], y: cell.y, edges: cell.edges };
  return atFrom < 0 ? { below: left, above: right } : { below: right, above: left };
}

/** A polygon of less area than this share of the square of `margin` in length is nothing but rounding. */
const leastArea = 1e-22;

/** Cuts a convex polygon (Sutherland & Hodgman 1974, both sides at once). */
export function cutPolygon(cell: Cell, line: AffineFunction, margin: number, cut: number): Halves {
  const { x, y, edges } = cell;
  const { c, gx, gy } = line;
  const corners = x.length;
  const values = new Array<number>(corners);
  let least = Infinity;
  let largest = -Infinity;
  for (let k = 0; k < corners; k++) {
    const value = c + gx * x[k] + gy * y[k];
    values[k] = value;
    if (value < least) least = value;
    if (value > largest) largest = value;
  }
  if (!(least < -margin && largest > margin)) return sides(cell, largest > margin);
  const below = new Outline();
  const above = new Outline();
  for (let k = 0; k < corners; k++) {
    const next = k + 1 === corners ? 0 : k + 1;
    const here = side(values[k], margin);
    const there = side(values[next], margin);
    // On the line a side goes on along the cut, unless the next vertex is on that side.
    if (here <= 0) below.add(x[k], y[k], here === 0 && there > 0 ? 2 * cut : edges[k]);
    if (here >= 0) above.add(x[k], y[k], here === 0 && there < 0 ? 2 * cut + 1 : edges[k]);
    if (here * there >= 0) continue;
    // From below to above whichever way the edge runs, so that both neighbours of an edge get the same point.
    const [low, high] = here < 0 ? [k, next] : [next, k];
    const width = values[high] - values[low];
    const knotX = (x[low] * values[high] - x[high] * values[low]) / width;
    const knotY = (y[low] * values[high] - y[high] * values[low]) / width;
    below.add(knotX, knotY, here < 0 ? 2 * cut : edges[k]);
    above.add(knotX, knotY, here < 0 ? edges[k] : 2 * cut + 1);
  }
  if (below.area() < leastArea) return { below: null, above: cell };
  if (above.area() < leastArea) return { below: cell, above: null };
  return { below, above };
}

/** A polygon under construction. */
class Outline implements Cell {
  readonly x: number[] = [];
  readonly y: number[] = [];
  readonly edges: number[] = [];

  add(x: number, y: number, edge: number): void {
    this.x.push(x);
    this.y.push(y);
    this.edges.push(edge);
  }

  area(): number {
    return polygonArea(this);
  }
}

/** Area of a polygon (shoelace formula); 0 for an interval. */
export function polygonArea({ x, y }: Pick<Cell, 'x' | 'y'>): number {
  let doubled = 0;
  // Relative to the first vertex, so that small polygons keep their digits.
  for (let k = 1; k + 1 < x.length; k++) {
    doubled += (x[k] - x[0]) * (y[k + 1] - y[0]) - (x[k + 1] - x[0]) * (y[k] - y[0]);
  }
  return doubled / 2;
}

function side(value: number, margin: number): number {
  return value > margin ? 1 : value < -margin ? -1 : 0;
}

/** A whole cell on one side; one that lies on the line counts as below, as φ'(0) = 0 does. */
function sides(cell: Cell, above: boolean): Halves {
  return above ? { below: null, above: cell } : { below: cell, above: null };
}
