import { ParameterError } from '@relu-lab/core';
import {
  type AffineMaps,
  affineMaps,
  applyAffine,
  applyPiece,
  applyWinner,
  isAffine,
  roundingShare,
} from './affine-maps.ts';
import type { Cell, CutCell } from './convex-cell.ts';
import type { BendStep, LinearProgram, MaxoutStep } from './linear-program.ts';

/**
 * Corners nearer to a line than this, in coordinates where the window is from −1 to 1, lie on it: what rounding makes of
 * corners in which lines meet.
 */
const cornerDistance = 1e-11;

/** What is cut, and how. */
export interface Subdivision {
  readonly program: LinearProgram;
  /** The input as affine functions of the window's coordinates. */
  readonly input: AffineMaps;
  readonly window: Cell;
  readonly cut: CutCell;
  /** More cells than this are refused. */
  readonly maxCells: number;
  /** Called with each final cell. */
  readonly visit: (cell: Cell, path: Path) => void;
  /** Called with each cell that there is behind a step, and the number of the value that the step makes. */
  readonly behindStep?: (value: number, cell: Cell, path: Path) => void;
}

/** Where the walk stands: valid during a visit. */
export interface Path {
  /** Maps of the input (0) and of each step's output (i + 1) on the cell. */
  readonly values: readonly AffineMaps[];
  /** For each step that bends, the piece that each unit is on; empty for other steps. */
  readonly patterns: readonly Uint16Array[];
}

/**
 * Cuts a window into the cells on which no unit changes its piece, layer by layer: within a cell every pre-activation is
 * affine, so that a unit's kinks are lines in it. Depth first, so that memory does not grow with the number of cells.
 *
 * Cells of an interval are visited in ascending order.
 *
 * @throws ParameterError when there are more than `maxCells` cells.
 */
export function subdivide(subdivision: Subdivision): void {
  new Walk(subdivision).run();
}

/** A part of a cell, with the pieces of the units that were cut so far. */
interface Part {
  readonly cell: Cell;
  readonly pieces: readonly number[];
}

class Walk {
  readonly #job: Subdivision;
  readonly #path: { readonly values: readonly AffineMaps[]; readonly patterns: readonly Uint16Array[] };
  #cuts = 0;
  #cells = 0;

  constructor(job: Subdivision) {
    this.#job = job;
    const { steps } = job.program;
    this.#path = {
      values: [job.input, ...steps.map(({ width }) => affineMaps(width))],
      patterns: steps.map((step) => new Uint16Array(isAffine(step) ? 0 : step.width)),
    };
  }

  run(): void {
    this.#descend(0, this.#job.window);
  }

  #descend(first: number, cell: Cell): void {
    const { program, visit, behindStep } = this.#job;
    const { values } = this.#path;
    for (let i = first; i < program.steps.length; i++) {
      const step = program.steps[i];
      if (isAffine(step)) {
        applyAffine(step, values, values[i + 1]);
        behindStep?.(i + 1, cell, this.#path);
        continue;
      }
      const { units, parts } = step.kind === 'bend' ? this.#cutBends(i, step, cell) : this.#cutMaxout(i, step, cell);
      for (const part of parts) {
        units.forEach((unit, k) => {
          this.#path.patterns[i][unit] = part.pieces[k];
        });
        this.#activate(i, step);
        behindStep?.(i + 1, part.cell, this.#path);
        this.#descend(i + 1, part.cell);
      }
      return;
    }
    this.#cells++;
    if (this.#cells > this.#job.maxCells) {
      throw new ParameterError(
        `There are more than ${this.#job.maxCells} cells here; look at a smaller window or network, or raise maxCells`,
      );
    }
    visit(cell, this.#path);
  }

  #activate(i: number, step: BendStep | MaxoutStep): void {
    const { values, patterns } = this.#path;
    const from = values[step.sources[0]];
    const pattern = patterns[i];
    if (step.kind === 'bend') {
      for (let unit = 0; unit < step.width; unit++) applyPiece(step, unit, pattern[unit], from, values[i + 1]);
    } else {
      for (let unit = 0; unit < step.width; unit++) applyWinner(step, unit, pattern[unit], from, values[i + 1]);
    }
  }

  /** Settles the pieces of all units that have one piece on the whole cell, and cuts it by the others. */
  #cutBends(i: number, step: BendStep, cell: Cell): { units: readonly number[]; parts: readonly Part[] } {
    const from = this.#path.values[step.sources[0]];
    const pattern = this.#path.patterns[i];
    const units: number[] = [];
    for (let unit = 0; unit < step.width; unit++) {
      const piece = onePiece(step.pieces[unit].kinks, from, unit, cell);
      if (piece === null) units.push(unit);
      else pattern[unit] = piece;
    }
    let parts: readonly Part[] = [{ cell, pieces: [] }];
    for (const unit of units) {
      parts = parts.flatMap((part) => this.#cutAtKinks(part, step.pieces[unit].kinks, from, unit));
    }
    return { units, parts };
  }

  #cutAtKinks(part: Part, kinks: readonly number[], from: AffineMaps, unit: number): readonly Part[] {
    const found: Part[] = [];
    const margin = marginOf(from.gx[unit], from.gy[unit], from.size[unit]);
    let rest: Cell | null = part.cell;
    for (let k = 0; k < kinks.length && rest !== null; k++) {
      const line = { c: from.c[unit] - kinks[k], gx: from.gx[unit], gy: from.gy[unit] };
      const { below, above } = this.#job.cut(rest, line, margin, this.#cuts++);
      if (below) found.push({ cell: below, pieces: [...part.pieces, k] });
      rest = above;
    }
    if (rest) found.push({ cell: rest, pieces: [...part.pieces, kinks.length] });
    return ascending(found);
  }

  #cutMaxout(i: number, step: MaxoutStep, cell: Cell): { units: readonly number[]; parts: readonly Part[] } {
    const from = this.#path.values[step.sources[0]];
    const pattern = this.#path.patterns[i];
    const units: number[] = [];
    let parts: readonly Part[] = [{ cell, pieces: [] }];
    for (let unit = 0; unit < step.width; unit++) {
      const winner = oneWinner(step.pieces, from, unit, cell);
      if (winner !== null) {
        pattern[unit] = winner;
        continue;
      }
      units.push(unit);
      parts = parts.flatMap((part) => this.#cutByWinner(part, step.pieces, from, unit));
    }
    return { units, parts };
  }

  /** The upper envelope of the pieces: for each piece the cell less all half planes where another one is larger. */
  #cutByWinner(part: Part, pieces: number, from: AffineMaps, unit: number): readonly Part[] {
    const first = this.#cuts;
    this.#cuts += pieces * pieces;
    const found: Part[] = [];
    for (let piece = 0; piece < pieces; piece++) {
      let cell: Cell | null = part.cell;
      for (let other = 0; other < pieces && cell !== null; other++) {
        if (other === piece) continue;
        // Always the later of two less the earlier one, so that the first of equals wins, and one number for both sides.
        const [early, late] = piece < other ? [piece, other] : [other, piece];
        const { line, margin } = difference(from, unit * pieces + late, unit * pieces + early);
        const { below, above }: ReturnType<CutCell> = this.#job.cut(cell, line, margin, first + early * pieces + late);
        cell = piece < other ? below : above;
      }
      if (cell) found.push({ cell, pieces: [...part.pieces, piece] });
    }
    return ascending(found);
  }
}

/** Parts of an interval from left to right; the order of parts of a polygon does not matter. */
function ascending(parts: Part[]): readonly Part[] {
  return parts.length < 2 ? parts : parts.sort((a, b) => a.cell.x[0] - b.cell.x[0]);
}

/** How far from 0 a value can be on a corner that lies on the line: by rounding, or by the corner's place. */
function marginOf(gx: number, gy: number, size: number): number {
  return Math.max(roundingShare * size, cornerDistance * Math.sqrt(gx * gx + gy * gy));
}

function difference(
  maps: AffineMaps,
  a: number,
  b: number,
): { line: { c: number; gx: number; gy: number }; margin: number } {
  const { c, gx, gy, size } = maps;
  const line = { c: c[a] - c[b], gx: gx[a] - gx[b], gy: gy[a] - gy[b] };
  return { line, margin: marginOf(line.gx, line.gy, size[a] + size[b]) };
}

/** The piece that a unit is on in the whole cell; null when a kink goes through it. */
function onePiece(kinks: readonly number[], maps: AffineMaps, unit: number, { x, y }: Cell): number | null {
  if (kinks.length === 0) return 0;
  const c = maps.c[unit];
  const gx = maps.gx[unit];
  const gy = maps.gy[unit];
  let least = Infinity;
  let largest = -Infinity;
  for (let k = 0; k < x.length; k++) {
    const value = c + gx * x[k] + gy * y[k];
    if (value < least) least = value;
    if (value > largest) largest = value;
  }
  const margin = marginOf(gx, gy, maps.size[unit]);
  let piece = 0;
  for (const kink of kinks) {
    if (largest <= kink + margin) continue;
    if (least < kink - margin) return null;
    piece++;
  }
  return piece;
}

/** The first piece of a maxout unit that no other one exceeds anywhere in the cell; null when there is none. */
function oneWinner(pieces: number, maps: AffineMaps, unit: number, cell: Cell): number | null {
  for (let piece = 0; piece < pieces; piece++) {
    let wins = true;
    for (let other = 0; other < pieces && wins; other++) {
      if (other === piece) continue;
      const { line, margin } = difference(maps, unit * pieces + other, unit * pieces + piece);
      wins = cell.x.every((x, k) => line.c + line.gx * x + line.gy * cell.y[k] <= margin);
    }
    if (wins) return piece;
  }
  return null;
}
