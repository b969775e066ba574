import type { Cell } from './convex-cell.ts';

/** Edges of two cells that overlap by less than this, in coordinates where the window is from −1 to 1, meet in a point. */
const leastOverlap = 1e-10;

/** An edge of a cell on one side of a cut. */
interface Edge {
  readonly cell: number;
  readonly cut: number;
  readonly x0: number;
  readonly y0: number;
  readonly x1: number;
  readonly y1: number;
}

/**
 * Pairs of cells that share a piece of an edge, in a flat array. Every edge inside the window lies on the cut that made it, with
 * cells on both sides that may have been cut further: neighbours overlap along it.
 */
export function neighbours(cells: readonly Cell[]): Int32Array {
  const pairs: number[] = [];
  for (const edges of edgesByCut(cells)) {
    const { dx, dy } = direction(edges);
    const spans = edges.map(({ cell, cut, x0, y0, x1, y1 }) => {
      const a = x0 * dx + y0 * dy;
      const b = x1 * dx + y1 * dy;
      return { cell, above: cut % 2 === 1, from: Math.min(a, b), to: Math.max(a, b) };
    });
    spans.sort((a, b) => a.from - b.from);
    const below = spans.filter(({ above }) => !above);
    const above = spans.filter((span) => span.above);
    for (let i = 0, j = 0; i < below.length && j < above.length;) {
      const overlap = Math.min(below[i].to, above[j].to) - Math.max(below[i].from, above[j].from);
      if (overlap > leastOverlap) pairs.push(below[i].cell, above[j].cell);
      if (below[i].to < above[j].to) i++;
      else j++;
    }
  }
  return Int32Array.from(pairs);
}

function edgesByCut(cells: readonly Cell[]): Iterable<readonly Edge[]> {
  const byCut = new Map<number, Edge[]>();
  cells.forEach(({ x, y, edges }, cell) => {
    edges.forEach((cut, k) => {
      if (cut < 0) return;
      const next = k + 1 === x.length ? 0 : k + 1;
      const edge = { cell, cut, x0: x[k], y0: y[k], x1: x[next], y1: y[next] };
      const number = Math.floor(cut / 2);
      const known = byCut.get(number);
      if (known) known.push(edge);
      else byCut.set(number, [edge]);
    });
  });
  return byCut.values();
}

/** Unit vector along a cut, from its longest edge. */
function direction(edges: readonly Edge[]): { readonly dx: number; readonly dy: number } {
  let best = { dx: 1, dy: 0 };
  let longest = 0;
  for (const { x0, y0, x1, y1 } of edges) {
    const length = Math.hypot(x1 - x0, y1 - y0);
    if (length <= longest) continue;
    longest = length;
    best = { dx: (x1 - x0) / length, dy: (y1 - y0) / length };
  }
  return best;
}

/**
 * Joins neighbours for which `same` holds: for each cell the number of its region, counted from 0 in the order of the first
 * cell, and how many regions there are.
 */
export function mergeCells(
  cells: number,
  pairs: Int32Array,
  same: (a: number, b: number) => boolean,
): { readonly region: Int32Array; readonly count: number } {
  const parent = Int32Array.from({ length: cells }, (_, i) => i);
  const root = (cell: number): number => {
    let at = cell;
    while (parent[at] !== at) {
      parent[at] = parent[parent[at]];
      at = parent[at];
    }
    return at;
  };
  for (let i = 0; i < pairs.length; i += 2) {
    if (!same(pairs[i], pairs[i + 1])) continue;
    const [a, b] = [root(pairs[i]), root(pairs[i + 1])];
    parent[Math.max(a, b)] = Math.min(a, b);
  }
  const region = new Int32Array(cells);
  let count = 0;
  // The root is the first cell of its region, so that it has its number when the others ask for it.
  for (let cell = 0; cell < cells; cell++) region[cell] = root(cell) === cell ? count++ : region[root(cell)];
  return { region, count };
}
