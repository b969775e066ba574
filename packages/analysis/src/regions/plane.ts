import { refuseUnknown } from '@relu-lab/core/options';
import { type Network, checkNetwork } from '@relu-lab/nn';
import { type Cell, cutPolygon, polygonArea, windowSquare } from './convex-cell.ts';
import { linearProgram } from './linear-program.ts';
import { mergeCells, neighbours } from './merge-cells.ts';
import { OutputMaps } from './output-maps.ts';
import {
  type Plane,
  type PlaneWindow,
  type Polygons,
  centre,
  inputOnPlane,
  packPolygons,
  planeOptions,
  readPlane,
} from './plane-window.ts';
import { type PredictedRegions, bendingSteps, predictedRegions } from './predicted-regions.ts';
import { subdivide } from './subdivide.ts';
import { readMaxCells } from './window-options.ts';

export interface LinearRegionsOnPlaneOptions extends Plane {
  /** More cells than this are refused; default 200 000. */
  readonly maxCells?: number;
  /** Whether to give each cell's activation pattern; default false. */
  readonly patterns?: boolean;
}

/** The linear regions of a window of a plane. */
export interface LinearRegionsOnPlane extends PlaneWindow {
  readonly kind: 'linear-regions-on-plane';
  readonly outputs: number;
  /** Linear regions: maximal connected sets on which the output is affine. */
  readonly count: number;
  /** Activation patterns, each of which is a convex polygon: at least `count`. */
  readonly cells: number;
  /** For each activation layer, how many cells there are behind it. */
  readonly layers: readonly { readonly name: string; readonly units: number; readonly cells: number }[];
  /** One polygon a cell. */
  readonly polygons: Polygons;
  /** For each cell the linear region that it belongs to, from 0 to count − 1. */
  readonly region: Int32Array;
  /** For each cell and output three numbers: output = m₀ + m₁ a + m₂ b at origin + a u + b v. */
  readonly maps: Float64Array;
  /** Area of each cell in units of a and b. */
  readonly areas: Float64Array;
  /** Pairs of cells that share a piece of an edge, one after the other. */
  readonly neighbours: Int32Array;
  /** For each cell the piece of each unit, all activation layers one after the other (for ReLU 0 off, 1 on); null unless asked for. */
  readonly patterns: Uint16Array | null;
  readonly predicted: PredictedRegions;
}

/**
 * The linear regions of a network in a window of a plane, exactly: in float64, from its parameters, in evaluation mode.
 *
 * Each layer cuts every convex cell that the layers before it have left along the lines on which one of its units changes
 * its piece. Neighbouring cells with the same affine output are then one region. What networks are possible, and how far exact goes,
 * is as for {@link linearRegionsOnLine}; distances are relative to half the window.
 *
 * About 40 000 cells a second on one core; time and memory grow with the number of cells.
 *
 * @throws ParameterError for a plane that is none, a layer that is not piecewise linear (named), or more than `maxCells` cells;
 *   ShapeError when a vector has another number of coordinates than the network has inputs; DataError when a parameter is not finite.
 * @see Montúfar et al. 2014, https://arxiv.org/abs/1402.1869; Hanin & Rolnick 2019, https://arxiv.org/abs/1906.00904
 */
export function linearRegionsOnPlane(network: Network, options: LinearRegionsOnPlaneOptions): LinearRegionsOnPlane {
  checkNetwork(network);
  const owner = 'linearRegionsOnPlane';
  refuseUnknown(owner, options, [...planeOptions, 'maxCells', 'patterns']);
  const window = readPlane(owner, options, network.inputs);
  const program = linearProgram(network);
  const bends = bendingSteps(program);
  const cellsBehind = new Map(bends.map((step) => [program.steps.indexOf(step) + 1, 0]));
  const cells: Cell[] = [];
  const maps = new OutputMaps(network.outputs);
  const patterns: number[] = [];
  subdivide({
    program,
    input: inputOnPlane(window),
    window: windowSquare,
    cut: cutPolygon,
    maxCells: readMaxCells(owner, options.maxCells ?? 200_000),
    behindStep: (value) => {
      const known = cellsBehind.get(value);
      if (known !== undefined) cellsBehind.set(value, known + 1);
    },
    visit: (cell, path) => {
      cells.push(cell);
      maps.push(path.values[path.values.length - 1]);
      if (options.patterns) for (const pattern of path.patterns) patterns.push(...pattern);
    },
  });
  const pairs = neighbours(cells);
  const { region, count } = mergeCells(cells.length, pairs, (a, b) => maps.same(a, b));
  const [, halfA] = centre(window.uRange);
  const [, halfB] = centre(window.vRange);
  return {
    kind: 'linear-regions-on-plane',
    ...window,
    outputs: network.outputs,
    count,
    cells: cells.length,
    layers: [...cellsBehind.values()].map((behind, i) => ({
      name: bends[i].name,
      units: bends[i].width,
      cells: behind,
    })),
    polygons: packPolygons(cells, window),
    region,
    maps: mapsInWindow(maps, cells.length, window),
    areas: Float64Array.from(cells, (cell) => polygonArea(cell) * halfA * halfB),
    neighbours: pairs,
    patterns: options.patterns ? Uint16Array.from(patterns) : null,
    predicted: predictedRegions(program, 2),
  };
}

/** Affine maps of the window's own coordinates, three numbers an output. */
function mapsInWindow(maps: OutputMaps, cells: number, { uRange, vRange }: PlaneWindow): Float64Array {
  const [a, halfA] = centre(uRange);
  const [b, halfB] = centre(vRange);
  const out = new Float64Array(3 * cells * maps.outputs);
  for (let cell = 0, at = 0; cell < cells; cell++) {
    for (let output = 0; output < maps.outputs; output++, at += 3) {
      out[at + 1] = maps.slopeX(cell, output) / halfA;
      out[at + 2] = maps.slopeY(cell, output) / halfB;
      out[at] = maps.constant(cell, output) - out[at + 1] * a - out[at + 2] * b;
    }
  }
  return out;
}
