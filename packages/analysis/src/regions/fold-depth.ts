import type { Cell } from './convex-cell.ts';

/** A cell of the window with the affine map of a layer's units on it. */
export interface FoldedPiece {
  readonly cell: Cell;
  /** Three numbers a unit: constant, slope along x, slope along y. */
  readonly map: Float64Array;
}

/** What counts as equal, relative to how far the layer's values reach, and as inside, relative to the window. */
const tolerance = 1e-9;

/**
 * For each piece how many pieces land where it lands, itself included: those that take a point inside them to the image of a point
 * inside this one. 1 everywhere means that the layer takes no two pieces to one place.
 */
export function foldDepths(pieces: readonly FoldedPiece[]): Int32Array {
  const images = pieces.map(imageOf);
  const reach = images.reduce((most, { low, high }) => {
    for (let unit = 0; unit < low.length; unit++) most = Math.max(most, Math.abs(low[unit]), Math.abs(high[unit]));
    return most;
  }, 0);
  const slack = tolerance * reach;
  return Int32Array.from(images, ({ sample }, p) => {
    let depth = 1;
    images.forEach((image, q) => {
      if (q !== p && inBox(sample, image, slack) && covers(pieces[q], image.inverse, sample, slack)) depth++;
    });
    return depth;
  });
}

/** A piece in the layer: the box around its image, the image of a point inside it, and the way back. */
interface Image {
  readonly low: Float64Array;
  readonly high: Float64Array;
  readonly sample: Float64Array;
  readonly inverse: Inverse;
}

function imageOf({ cell, map }: FoldedPiece): Image {
  const units = map.length / 3;
  const low = new Float64Array(units).fill(Infinity);
  const high = new Float64Array(units).fill(-Infinity);
  const [x, y] = pointInside(cell);
  const sample = new Float64Array(units);
  for (let unit = 0; unit < units; unit++) {
    const [c, gx, gy] = [map[3 * unit], map[3 * unit + 1], map[3 * unit + 2]];
    sample[unit] = c + gx * x + gy * y;
    for (let k = 0; k < cell.x.length; k++) {
      const value = c + gx * cell.x[k] + gy * cell.y[k];
      low[unit] = Math.min(low[unit], value);
      high[unit] = Math.max(high[unit], value);
    }
  }
  return { low, high, sample, inverse: inverseOf(map) };
}

/** Inside, but off the centre: creases of symmetric foldings go through centres. */
function pointInside({ x, y }: Cell): readonly [number, number] {
  const golden = (Math.sqrt(5) - 1) / 2;
  const weights = x.map((_, k) => 1 + 0.4 * (((k + 1) * golden) % 1));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const mean = (values: readonly number[]): number =>
    values.reduce((sum, value, k) => sum + weights[k] * value, 0) / total;
  return [mean(x), mean(y)];
}

function inBox(point: Float64Array, { low, high }: Image, slack: number): boolean {
  for (let unit = 0; unit < point.length; unit++) {
    if (point[unit] < low[unit] - slack || point[unit] > high[unit] + slack) return false;
  }
  return true;
}

/** Eigenvectors of the slopes' Gram matrix, (ax, ay) with the larger eigenvalue: the map's rank, and its least-squares inverse. */
interface Inverse {
  readonly large: number;
  readonly small: number;
  readonly ax: number;
  readonly ay: number;
}

function inverseOf(map: Float64Array): Inverse {
  let xx = 0;
  let xy = 0;
  let yy = 0;
  for (let at = 0; at < map.length; at += 3) {
    xx += map[at + 1] ** 2;
    xy += map[at + 1] * map[at + 2];
    yy += map[at + 2] ** 2;
  }
  const radius = Math.hypot((xx - yy) / 2, xy);
  const angle = Math.atan2(2 * xy, xx - yy) / 2;
  return { large: (xx + yy) / 2 + radius, small: (xx + yy) / 2 - radius, ax: Math.cos(angle), ay: Math.sin(angle) };
}

/** Whether a piece takes some point inside it to `target`. */
function covers(
  { cell, map }: FoldedPiece,
  { large, small, ax, ay }: Inverse,
  target: Float64Array,
  slack: number,
): boolean {
  let px = 0;
  let py = 0;
  for (let unit = 0; unit < target.length; unit++) {
    const difference = target[unit] - map[3 * unit];
    px += map[3 * unit + 1] * difference;
    py += map[3 * unit + 2] * difference;
  }
  const constant = Math.sqrt(large) <= slack;
  const flat = small <= tolerance ** 2 * large;
  // Coordinates along the two eigenvectors; a direction that the map does not see stays free.
  const along = constant ? 0 : (px * ax + py * ay) / large;
  const across = constant || flat ? 0 : (py * ax - px * ay) / small;
  const x = along * ax - across * ay;
  const y = along * ay + across * ax;
  for (let unit = 0; unit < target.length; unit++) {
    const value = map[3 * unit] + map[3 * unit + 1] * x + map[3 * unit + 2] * y;
    if (Math.abs(value - target[unit]) > slack) return false;
  }
  if (constant) return true;
  return flat ? reachesBothSides(cell, ax, ay, along) : isInside(cell, x, y);
}

/** Whether the line of points with this coordinate along (ax, ay) goes through the inside of a cell. */
function reachesBothSides({ x, y }: Cell, ax: number, ay: number, coordinate: number): boolean {
  const sides = x.map((at, k) => at * ax + y[k] * ay - coordinate);
  return Math.min(...sides) < -tolerance && Math.max(...sides) > tolerance;
}

function isInside({ x, y }: Cell, px: number, py: number): boolean {
  return x.every((at, k) => {
    const next = k + 1 === x.length ? 0 : k + 1;
    const [dx, dy] = [x[next] - at, y[next] - y[k]];
    return dx * (py - y[k]) - dy * (px - at) > tolerance * Math.hypot(dx, dy);
  });
}
