import type { Trace } from '../figures/trace.ts';

/** Polygons one after the other: polygon i has the vertices from offsets[i] to offsets[i + 1], two numbers each. */
export interface PolygonList {
  readonly offsets: ArrayLike<number>;
  readonly vertices: ArrayLike<number>;
}

/** All polygons of one colour as one filled path, exactly as they are; hovering says what the colour means. */
export function polygonsTrace(list: PolygonList, chosen: readonly number[], color: string, more: object = {}): Trace {
  const x: (number | null)[] = [];
  const y: (number | null)[] = [];
  for (const polygon of chosen) {
    if (x.length > 0) {
      x.push(null);
      y.push(null);
    }
    const [from, to] = [list.offsets[polygon], list.offsets[polygon + 1]];
    for (let i = from; i <= to; i++) {
      // The first vertex comes again at the end.
      const vertex = i === to ? from : i;
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
