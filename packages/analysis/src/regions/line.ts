import { ParameterError } from '@relu-lab/core';
import { refuseUnknown } from '@relu-lab/core/options';
import { type Network, checkNetwork } from '@relu-lab/nn';
import { type AffineMaps, affineMaps } from './affine-maps.ts';
import { cutInterval, windowInterval } from './convex-cell.ts';
import { type LinearProgram, linearProgram } from './linear-program.ts';
import { OutputMaps } from './output-maps.ts';
import {
  type PredictedRegions,
  type RandomInitialization,
  bendingSteps,
  expectedOnSegment,
  isReluChain,
  predictedRegions,
} from './predicted-regions.ts';
import { subdivide } from './subdivide.ts';
import { type Point, readMaxCells, readPoint } from './window-options.ts';

/** A segment of a line through the input space. */
export interface Line {
  /** Where it starts: a point of `network.inputs` coordinates, or a number where there is one input. */
  readonly from: Point;
  /** Where it ends. */
  readonly to: Point;
}

export interface LinearRegionsOnLineOptions extends Line {
  /** How the network was drawn: gives the expected crossings of a plain ReLU network. Default: none are predicted. */
  readonly initialization?: RandomInitialization;
  /** More cells than this are refused; default 1 000 000. */
  readonly maxCells?: number;
}

/** Sign changes in one activation layer. */
export interface LayerCrossings {
  readonly name: string;
  readonly units: number;
  /** How often its units change their piece along the line, all units counted, also where several change at once. */
  readonly crossings: number;
  readonly crossingsPerUnit: number;
  /** What theory expects for `crossingsPerUnit` in a random network; null without `initialization` or where it does not apply. */
  readonly expectedPerUnit: number | null;
}

/** Where a unit changes its piece. */
export interface Knots {
  /** Share t of the way from `from` to `to`, ascending. */
  readonly position: Float64Array;
  /** Index into `layers`. */
  readonly layer: Int32Array;
  readonly unit: Int32Array;
  /** 1 where the output bends; 0 where later layers mask the crossing. */
  readonly isKink: Uint8Array;
}

/** The function on the line: output(t) = values + slopes (t − starts[i]) for t between starts[i] and starts[i + 1]. */
export interface Pieces {
  /** count + 1 positions: 0, the kinks, 1. */
  readonly starts: Float64Array;
  /** Outputs where each piece starts: count × outputs. */
  readonly values: Float64Array;
  /** Change of the outputs over the whole line, the Jacobian times (to − from): count × outputs. */
  readonly slopes: Float64Array;
}

/** The linear regions that a segment passes through. */
export interface LinearRegionsOnLine {
  readonly kind: 'linear-regions-on-line';
  readonly from: readonly number[];
  readonly to: readonly number[];
  readonly outputs: number;
  /** Maximal affine pieces of the output. */
  readonly count: number;
  /** Activation patterns: which piece each unit of each layer is on. At least `count`. */
  readonly cells: number;
  /** Where cells begin and end: cells + 1 positions from 0 to 1. */
  readonly boundaries: Float64Array;
  /** By activation layer: see {@link LayerCrossings}. */
  readonly crossings: readonly number[];
  readonly layers: readonly LayerCrossings[];
  readonly knots: Knots;
  readonly pieces: Pieces;
  readonly predicted: PredictedRegions;
}

/**
 * The linear regions of a network along a segment of a line, exactly: in float64, from its parameters, in evaluation mode.
 *
 * Works for dense layers, (frozen) batch norm, residual sums, dropout, and activations of linear pieces: ReLU, leaky ReLU, PReLU,
 * RReLU (its mean slope), abs, ReLU6, hard sigmoid, maxout, and one's own. The line is cut, layer by layer, where a pre-activation passes
 * a kink; a crossing that later layers mask bounds a cell but is no kink of the output.
 *
 * Exact up to rounding: knots nearer to each other than 10⁻¹¹ of half the line are one, what cancels to less than 10⁻¹² of its terms
 * is 0, and neighbouring pieces whose outputs and slopes differ by less than 10⁻¹² of their terms are one piece. Float64 rounds at
 * 10⁻¹⁶, and the float32 parameters of a network make real differences at 10⁻⁸: there is room on both sides.
 *
 * @throws ParameterError for a line that is none, a layer that is not piecewise linear (named), or more than `maxCells` cells;
 *   ShapeError when a point has another number of coordinates than the network has inputs; DataError when a parameter is not finite.
 */
export function linearRegionsOnLine(network: Network, options: LinearRegionsOnLineOptions): LinearRegionsOnLine {
  checkNetwork(network);
  refuseUnknown('linearRegionsOnLine', options, ['from', 'to', 'initialization', 'maxCells']);
  const { from, to } = readLine('linearRegionsOnLine', options, network.inputs);
  const program = linearProgram(network);
  const walk = new LineWalk(program, network.outputs);
  subdivide({
    program,
    input: inputOnLine(from, to),
    window: windowInterval,
    cut: cutInterval,
    maxCells: readMaxCells('linearRegionsOnLine', options.maxCells ?? 1_000_000),
    visit: ({ x }, { values, patterns }) => walk.visit(x[0], values[values.length - 1], patterns),
  });
  const layers = crossingsByLayer(program, walk.crossings, (layer) =>
    options.initialization && isReluChain(program) ? expectedOnSegment(from, to, layer, options.initialization) : null,
  );
  return {
    kind: 'linear-regions-on-line',
    from,
    to,
    outputs: network.outputs,
    count: walk.starts.length,
    cells: walk.boundaries.length,
    boundaries: Float64Array.from([...walk.boundaries, 1]),
    crossings: layers.map(({ crossings }) => crossings),
    layers,
    knots: {
      position: Float64Array.from(walk.knots, ({ position }) => position),
      layer: Int32Array.from(walk.knots, ({ layer }) => layer),
      unit: Int32Array.from(walk.knots, ({ unit }) => unit),
      isKink: Uint8Array.from(walk.knots, ({ isKink }) => Number(isKink)),
    },
    pieces: {
      starts: Float64Array.from([...walk.starts, 1]),
      values: Float64Array.from(walk.values),
      slopes: Float64Array.from(walk.slopes),
    },
    predicted: predictedRegions(program, 1),
  };
}

/** @throws ParameterError, ShapeError for points that make no line. */
export function readLine(
  owner: string,
  { from, to }: Line,
  inputs: number,
): { readonly from: readonly number[]; readonly to: readonly number[] } {
  const start = readPoint(owner, 'from', from, inputs);
  const end = readPoint(owner, 'to', to, inputs);
  if (start.some((x, i) => x !== end[i])) return { from: start, to: end };
  throw new ParameterError(`${owner} needs two different points; from and to are both (${start.join(', ')})`);
}

/** The points of a line as affine functions of x, from −1 at `from` to 1 at `to`. */
export function inputOnLine(from: readonly number[], to: readonly number[]): AffineMaps {
  const input = affineMaps(from.length);
  from.forEach((start, i) => {
    input.c[i] = (start + to[i]) / 2;
    input.gx[i] = (to[i] - start) / 2;
    input.size[i] = Math.max(Math.abs(start), Math.abs(to[i]));
  });
  return input;
}

interface Knot {
  readonly position: number;
  readonly layer: number;
  readonly unit: number;
  readonly isKink: boolean;
}

/** Gathers cells from left to right, and compares each with the one before. */
class LineWalk {
  readonly boundaries: number[] = [];
  readonly starts: number[] = [];
  readonly values: number[] = [];
  readonly slopes: number[] = [];
  readonly knots: Knot[] = [];
  readonly crossings: number[];
  /** Steps that bend, by index into the patterns. */
  readonly #bends: readonly number[];
  readonly #maps: OutputMaps;
  #patterns: readonly Uint16Array[] = [];

  constructor({ steps }: LinearProgram, outputs: number) {
    this.#bends = steps.flatMap(({ kind }, i) => (kind === 'bend' || kind === 'maxout' ? [i] : []));
    this.crossings = this.#bends.map(() => 0);
    this.#maps = new OutputMaps(outputs);
  }

  /** `x` is where the cell begins, from −1 to 1. */
  visit(x: number, output: AffineMaps, patterns: readonly Uint16Array[]): void {
    const position = (1 + x) / 2;
    const cell = this.boundaries.length;
    const isFirst = cell === 0;
    this.#maps.push(output);
    const isKink = isFirst || !this.#maps.same(cell - 1, cell);
    this.boundaries.push(position);
    if (!isFirst) this.#compare(position, patterns, isKink);
    this.#patterns = patterns.map((pattern) => pattern.slice());
    if (!isKink) return;
    this.starts.push(position);
    for (let unit = 0; unit < output.c.length; unit++) {
      this.values.push(output.c[unit] + output.gx[unit] * x);
      this.slopes.push(2 * output.gx[unit]);
    }
  }

  #compare(position: number, patterns: readonly Uint16Array[], isKink: boolean): void {
    this.#bends.forEach((step, layer) => {
      const pattern = patterns[step];
      const before = this.#patterns[step];
      for (let unit = 0; unit < pattern.length; unit++) {
        if (pattern[unit] === before[unit]) continue;
        this.crossings[layer]++;
        this.knots.push({ position, layer, unit, isKink });
      }
    });
  }
}

function crossingsByLayer(
  program: LinearProgram,
  crossings: readonly number[],
  expected: (layer: number) => number | null,
): readonly LayerCrossings[] {
  return bendingSteps(program).map(({ name, width }, i) => ({
    name,
    units: width,
    crossings: crossings[i],
    crossingsPerUnit: crossings[i] / width,
    expectedPerUnit: expected(i + 1),
  }));
}
