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

/** A part of a cell on which a unit is on one piece. */
interface Part {
  readonly cell: Cell;
  readonly piece: number;
}

/** A part whose later units are still to be looked at: `at` is its unit's place in the list of those that bend in the cell. */
interface Pending extends Part {
  readonly at: number;
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
      this.#cutByLayer(i, step, cell);
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

  /**
   * Cuts a cell by one unit after the other, one part first and to its end: the pattern holds the pieces of the present part, since
   * what comes after a unit changes only units after it.
   */
  #cutByLayer(i: number, step: BendStep | MaxoutStep, cell: Cell): void {
    const from = this.#path.values[step.sources[0]];
    const pattern = this.#path.patterns[i];
    const units = this.#unitsThatBend(i, step, cell);
    const pending: Pending[] = [{ cell, piece: 0, at: -1 }];
    for (let part = pending.pop(); part; part = pending.pop()) {
      if (part.at >= 0) pattern[units[part.at]] = part.piece;
      let at = part.at + 1;
      for (; at < units.length; at++) {
        const piece = pieceOf(step, from, units[at], part.cell);
        if (piece === null) break;
        pattern[units[at]] = piece;
      }
      if (at < units.length) {
        for (const next of this.#cutByUnit(step, from, units[at], part.cell)) pending.push({ ...next, at });
        continue;
      }
      this.#activate(i, step);
      this.#job.behindStep?.(i + 1, part.cell, this.#path);
      this.#descend(i + 1, part.cell);
    }
  }

  /** Units with several pieces on the cell; the others get theirs. */
  #unitsThatBend(i: number, step: BendStep | MaxoutStep, cell: Cell): readonly number[] {
    const from = this.#path.values[step.sources[0]];
    const units: number[] = [];
    for (let unit = 0; unit < step.width; unit++) {
      const piece = pieceOf(step, from, unit, cell);
      if (piece === null) units.push(unit);
      else this.#path.patterns[i][unit] = piece;
    }
    return units;
  }

  /** The parts of a cell, the last one first. */
  #cutByUnit(step: BendStep | MaxoutStep, from: AffineMaps, unit: number, cell: Cell): readonly Part[] {
    const parts =
      step.kind === 'bend'
        ? this.#cutAtKinks(cell, step.pieces[unit].kinks, from, unit)
        : this.#cutByWinner(cell, step.pieces, from, unit);
    return parts.length < 2 ? parts : parts.sort((a, b) => b.cell.x[0] - a.cell.x[0]);
  }

  #cutAtKinks(cell: Cell, kinks: readonly number[], from: AffineMaps, unit: number): Part[] {
    const found: Part[] = [];
    const margin = marginOf(from.gx[unit], from.gy[unit], from.size[unit]);
    let rest: Cell | null = cell;
    for (let k = 0; k < kinks.length && rest !== null; k++) {
      const line = { c: from.c[unit] - kinks[k], gx: from.gx[unit], gy: from.gy[unit] };
      const { below, above } = this.#job.cut(rest, line, margin, this.#cuts++);
      if (below) found.push({ cell: below, piece: k });
      rest = above;
    }
    if (rest) found.push({ cell: rest, piece: kinks.length });
    return found;
  }

  /** The upper envelope of the pieces: for each piece the cell less all half planes where another one is larger. */
  #cutByWinner(whole: Cell, pieces: number, from: AffineMaps, unit: number): Part[] {
    const first = this.#cuts;
    this.#cuts += pieces * pieces;
    const found: Part[] = [];
    for (let piece = 0; piece < pieces; piece++) {
      let cell: Cell | null = whole;
      for (let other = 0; other < pieces && cell !== null; other++) {
        if (other === piece) continue;
        // Always the later of two less the earlier one, so that the first of equals wins, and one number for both sides.
        const [early, late] = piece < other ? [piece, other] : [other, piece];
        const { line, margin } = difference(from, unit * pieces + late, unit * pieces + early);
        const { below, above }: ReturnType<CutCell> = this.#job.cut(cell, line, margin, first + early * pieces + late);
        cell = piece < other ? below : above;
      }
      if (cell) found.push({ cell, piece });
    }
    return found;
  }
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

/** The piece that a unit is on in a whole cell; null when it is on several. */
function pieceOf(step: BendStep | MaxoutStep, maps: AffineMaps, unit: number, cell: Cell): number | null {
  return step.kind === 'bend'
    ? onePiece(step.pieces[unit].kinks, maps, unit, cell)
    : oneWinner(step.pieces, maps, unit, cell);
}

/** The piece between kinks that a whole cell is on; null when a kink goes through it. */
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
