import { numbersIn } from './box.ts';

/** A place on a path. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

interface Attributed {
  getAttribute(name: string): string | null;
}

/** The ends of the pieces of a path in absolute coordinates, as Plotly writes curves along which labels stand. */
export function pathPoints(path: Attributed): readonly Point[] {
  const points: Point[] = [];
  for (const [, command = '', inside = ''] of (path.getAttribute('d') ?? '').matchAll(/([MLCQ])([^A-Z]*)/g)) {
    const values = numbersIn(inside);
    const size = command === 'C' ? 6 : command === 'Q' ? 4 : 2;
    for (let end = size; end <= values.length; end += size) {
      points.push({ x: values[end - 2] ?? 0, y: values[end - 1] ?? 0 });
    }
  }
  return points;
}

/** The length along the straight pieces between points. */
export function pathLength(points: readonly Point[]): number {
  let sum = 0;
  for (const [i, point] of points.entries()) sum += i === 0 ? 0 : distance(points[i - 1] ?? point, point);
  return sum;
}

/** The point at a distance from the start, along the straight pieces; the ends beyond them. */
export function pointAt(points: readonly Point[], length: number): Point {
  let left = length;
  for (const [i, point] of points.entries()) {
    const before = points[i - 1];
    if (!before) continue;
    const piece = distance(before, point);
    if (left <= piece) {
      const share = piece === 0 ? 0 : Math.max(0, left) / piece;
      return { x: before.x + share * (point.x - before.x), y: before.y + share * (point.y - before.y) };
    }
    left -= piece;
  }
  return points.at(-1) ?? { x: 0, y: 0 };
}

function distance(a: Point, b: Point): number {
  return Math.hypot(b.x - a.x, b.y - a.y);
}
