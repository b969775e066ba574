import type { Trace } from '../figures/trace.ts';

/** Polygons one after the other: polygon i has the vertices from offsets[i] to offsets[i + 1], two numbers each. */
export interface PolygonList {
  readonly offsets: ArrayLike<number>;
  readonly vertices: ArrayLike<number>;
}

/**
 * All polygons of one colour as one filled path, exactly as they are. All go round the same way: where one lies on another that was
 * turned over, the path would else go round it no times, and leave a hole.
 */
export function polygonsTrace(list: PolygonList, chosen: readonly number[], color: string, more: object = {}): Trace {
  const x: (number | null)[] = [];
  const y: (number | null)[] = [];
  for (const polygon of chosen) {
    if (x.length > 0) {
      x.push(null);
      y.push(null);
    }
    const [from, to] = [list.offsets[polygon], list.offsets[polygon + 1]];
    const count = to - from;
    const isTurned = turnsRight(list.vertices, from, to);
    for (let i = 0; i <= count; i++) {
      // The first vertex comes again at the end.
      const vertex = from + ((isTurned ? count - i : i) % count);
      x.push(list.vertices[2 * vertex]);
      y.push(list.vertices[2 * vertex + 1]);
    }
  }
  return {
    type: 'scatter',
    mode: 'lines',
    x,
    y,
    fill: 'toself',
    fillcolor: color,
    line: { width: 0.6, color: 'var(--text)' },
    hoverinfo: 'skip',
    showlegend: false,
    ...more,
  };
}

/** Whether the vertices go round clockwise, by the shoelace formula. */
function turnsRight(vertices: ArrayLike<number>, from: number, to: number): boolean {
  let doubleArea = 0;
  for (let i = from; i < to; i++) {
    const next = i + 1 === to ? from : i + 1;
    doubleArea += vertices[2 * i] * vertices[2 * next + 1] - vertices[2 * next] * vertices[2 * i + 1];
  }
  return doubleArea < 0;
}
