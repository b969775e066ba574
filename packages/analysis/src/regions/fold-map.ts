import { ParameterError, nearestName } from '@relu-lab/core';
import { refuseUnknown } from '@relu-lab/core/options';
import { type Network, checkNetwork } from '@relu-lab/nn';
import type { AffineMaps } from './affine-maps.ts';
import { type Cell, polygonArea } from './convex-cell.ts';
import { type FoldedPiece, foldDepths } from './fold-depth.ts';
import type { Line } from './line.ts';
import { type LinearProgram, linearProgram } from './linear-program.ts';
import { type Plane, within } from './plane-window.ts';
import { type PredictedRegions, predictedRegions } from './predicted-regions.ts';
import { principalAxes } from './principal-axes.ts';
import { subdivide } from './subdivide.ts';
import { type WindowInput, readWindow, windowToCut } from './window-input.ts';
import { readMaxCells } from './window-options.ts';

export interface FoldMapOptions {
  /** Names of the layers to look at; default: the activation layers. Linear layers fold nothing, but show what was folded before. */
  readonly layers?: readonly string[];
  /** Two units to draw of layers with more than two; default: the two principal axes. */
  readonly units?: readonly [number, number];
  /** More pieces than this are refused; default 5 000. */
  readonly maxCells?: number;
}

/** How the values of a layer come to two coordinates. */
export type FoldProjection =
  /** The units themselves; one unit has the second coordinate 0. */
  | { readonly kind: 'units'; readonly units: readonly number[] }
  /** The two directions of the largest variance over the window, about the mean; `explained` is their share of it. */
  | {
      readonly kind: 'principal';
      readonly mean: readonly number[];
      readonly axes: readonly [readonly number[], readonly number[]];
      readonly explained: number;
    };

/** How the input lies in one layer. */
export interface LayerFold {
  readonly name: string;
  readonly units: number;
  /** Pieces of the input on which all layers up to this one are affine. */
  readonly pieces: number;
  /** Piece i has the vertices from offsets[i] to offsets[i + 1]; on a line, two. */
  readonly offsets: Int32Array;
  /** Where each vertex is in the input: (a, b) in the window of a plane; the share t of a line, one number a vertex. */
  readonly places: Float64Array;
  /** Where each vertex comes to lie in the layer, two coordinates; a piece is the convex polygon (or the segment) between them. */
  readonly images: Float64Array;
  readonly projection: FoldProjection;
  /** For each piece how many pieces land, in all units, where a point inside it lands: itself included. */
  readonly depth: Int32Array;
  readonly maxDepth: number;
  /** Mean over the window, by area (length on a line). */
  readonly meanDepth: number;
}

/** How the layers of a network fold its input, step by step. */
export interface FoldMap {
  readonly kind: 'fold-map';
  /** What was folded. */
  readonly input: WindowInput;
  readonly layers: readonly LayerFold[];
  /** Bounds on the pieces behind the last activation layer. */
  readonly predicted: PredictedRegions;
}

/**
 * How each layer folds a window of a plane, or a segment of a line, through the input: its pieces, where they come to lie, and how
 * many lie on one another. For layers of one or two units the picture is exact; others are projected, and `depth` still counts in all units.
 *
 * @throws as {@link linearRegionsOnLine} and {@link linearRegionsOnPlane}; ParameterError also for a layer or units that are not there.
 * @see Montúfar, Pascanu, Cho & Bengio 2014, figure 3, https://arxiv.org/abs/1402.1869
 */
export function foldMap(network: Network, input: Line | Plane, options: FoldMapOptions = {}): FoldMap {
  checkNetwork(network);
  refuseUnknown('foldMap', options, ['layers', 'units', 'maxCells']);
  const program = linearProgram(network);
  const names = options.layers ?? network.layers.flatMap(({ name, role }) => (role === 'activation' ? [name] : []));
  const watched = names.map((name) => valueNamed(network, program, name));
  const window = readWindow('foldMap', input, network.inputs);
  const pieces = new Map(watched.map((value) => [value, [] as FoldedPiece[]]));
  subdivide({
    program,
    ...windowToCut(window),
    maxCells: readMaxCells('foldMap', options.maxCells ?? 5000),
    visit: () => undefined,
    behindStep: (value, cell, { values }) => pieces.get(value)?.push({ cell, map: packMap(values[value]) }),
  });
  return {
    kind: 'fold-map',
    input: window,
    layers: names.map((name, i) => layerFold(name, pieces.get(watched[i]) ?? [], window, options.units)),
    predicted: predictedRegions(program, window.kind === 'line' ? 1 : 2),
  };
}

function valueNamed(network: Network, { valueOf }: LinearProgram, name: string): number {
  const value = valueOf.get(name);
  if (value !== undefined && value > 0) return value;
  const names = network.layers.map((layer) => layer.name);
  const nearest = nearestName(name, names);
  const hint = nearest === undefined ? '' : ` Did you mean '${nearest}'?`;
  throw new ParameterError(
    `There is no layer '${name}' that foldMap could look at; there are ${names.join(', ')}.${hint}`,
  );
}

function packMap({ c, gx, gy }: AffineMaps): Float64Array {
  const map = new Float64Array(3 * c.length);
  c.forEach((constant, unit) => {
    map[3 * unit] = constant;
    map[3 * unit + 1] = gx[unit];
    map[3 * unit + 2] = gy[unit];
  });
  return map;
}

function layerFold(
  name: string,
  pieces: readonly FoldedPiece[],
  window: WindowInput,
  chosen: readonly [number, number] | undefined,
): LayerFold {
  const units = pieces[0].map.length / 3;
  const projection = projectionOf(name, units, pieces, chosen);
  const offsets = new Int32Array(pieces.length + 1);
  pieces.forEach(({ cell }, i) => {
    offsets[i + 1] = offsets[i] + cell.x.length;
  });
  const depth = foldDepths(pieces);
  const sizes = pieces.map(({ cell }) => sizeOf(cell));
  const total = sizes.reduce((sum, size) => sum + size, 0);
  return {
    name,
    units,
    pieces: pieces.length,
    offsets,
    places: Float64Array.from(pieces.flatMap(({ cell }) => placesOf(cell, window))),
    images: Float64Array.from(pieces.flatMap((piece) => imagesOf(piece, projection))),
    projection,
    depth,
    maxDepth: depth.reduce((most, n) => Math.max(most, n), 1),
    meanDepth: depth.reduce((sum, n, i) => sum + n * sizes[i], 0) / total,
  };
}

/** Area of a polygon, length of an interval. */
function sizeOf(cell: Cell): number {
  return cell.x.length === 2 ? cell.x[1] - cell.x[0] : polygonArea(cell);
}

function placesOf({ x, y }: Cell, window: WindowInput): readonly number[] {
  if (window.kind === 'line') return x.map((at) => (1 + at) / 2);
  return x.flatMap((at, k) => [within(window.uRange, at), within(window.vRange, y[k])]);
}

function imagesOf({ cell: { x, y }, map }: FoldedPiece, projection: FoldProjection): readonly number[] {
  const value = (unit: number, k: number): number =>
    map[3 * unit] + map[3 * unit + 1] * x[k] + map[3 * unit + 2] * y[k];
  if (projection.kind === 'units') {
    const [first, second] = projection.units;
    return x.flatMap((_, k) => [value(first, k), second === undefined ? 0 : value(second, k)]);
  }
  const { mean, axes } = projection;
  return x.flatMap((_, k) =>
    axes.map((axis) => axis.reduce((sum, weight, unit) => sum + weight * (value(unit, k) - mean[unit]), 0)),
  );
}

function projectionOf(
  name: string,
  units: number,
  pieces: readonly FoldedPiece[],
  chosen: readonly [number, number] | undefined,
): FoldProjection {
  if (units <= 2) return { kind: 'units', units: units === 1 ? [0] : [0, 1] };
  if (chosen === undefined) return principalProjection(units, pieces);
  if (chosen.length === 2 && chosen.every((unit) => Number.isInteger(unit) && unit >= 0 && unit < units)) {
    return { kind: 'units', units: chosen };
  }
  throw new ParameterError(
    `units of foldMap must be two units of '${name}', from 0 to ${units - 1}, not ${String(chosen)}`,
  );
}

/** Mean and covariance of the units when the input is uniform over the window, from the moments of each piece. */
function principalProjection(units: number, pieces: readonly FoldedPiece[]): FoldProjection {
  const sums = new Float64Array(units);
  const products = new Float64Array(units * units);
  let total = 0;
  for (const { cell, map } of pieces) {
    const { size, x, y, xx, xy, yy } = momentsOf(cell);
    total += size;
    for (let i = 0; i < units; i++) {
      const [c, gx, gy] = [map[3 * i], map[3 * i + 1], map[3 * i + 2]];
      sums[i] += c * size + gx * x + gy * y;
      // ∫ (unit i) (1, x, y), with which the other units are weighted.
      const [one, byX, byY] = [c * size + gx * x + gy * y, c * x + gx * xx + gy * xy, c * y + gx * xy + gy * yy];
      for (let j = 0; j < units; j++) {
        products[i * units + j] += one * map[3 * j] + byX * map[3 * j + 1] + byY * map[3 * j + 2];
      }
    }
  }
  const mean = Array.from(sums, (sum) => sum / total);
  const covariance = products.map((product, at) => product / total - mean[Math.floor(at / units)] * mean[at % units]);
  return { kind: 'principal', mean, ...principalAxes(covariance, units) };
}

interface Moments {
  readonly size: number;
  readonly x: number;
  readonly y: number;
  readonly xx: number;
  readonly xy: number;
  readonly yy: number;
}

/** ∫ 1, x, y, x², xy, y² over a cell: of an interval, or of the triangles of a polygon. */
function momentsOf(cell: Cell): Moments {
  const { x, y } = cell;
  if (x.length === 2) {
    const size = x[1] - x[0];
    const middle = (x[0] + x[1]) / 2;
    return { size, x: size * middle, y: 0, xx: size * (middle ** 2 + size ** 2 / 12), xy: 0, yy: 0 };
  }
  const total = { size: 0, x: 0, y: 0, xx: 0, xy: 0, yy: 0 };
  for (let k = 1; k + 1 < x.length; k++) {
    const [xs, ys] = [
      [x[0], x[k], x[k + 1]],
      [y[0], y[k], y[k + 1]],
    ];
    const area = polygonArea({ x: xs, y: ys });
    const [sx, sy] = [xs[0] + xs[1] + xs[2], ys[0] + ys[1] + ys[2]];
    const product = (a: readonly number[], b: readonly number[], sa: number, sb: number): number =>
      (area / 12) * (a[0] * b[0] + a[1] * b[1] + a[2] * b[2] + sa * sb);
    total.size += area;
    total.x += (area * sx) / 3;
    total.y += (area * sy) / 3;
    total.xx += product(xs, xs, sx, sx);
    total.xy += product(xs, ys, sx, sy);
    total.yy += product(ys, ys, sy, sy);
  }
  return total;
}
