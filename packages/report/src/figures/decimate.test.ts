import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decimate, decimateTrace, pointsOf } from './decimate.ts';
import type { Trace } from './trace.ts';

const line = (y: readonly (number | null)[], more: object = {}): Trace => ({
  type: 'scatter',
  mode: 'lines',
  x: y.map((_, i) => i),
  y,
  ...more,
});

describe('decimateTrace', () => {
  it('keeps the highest, the lowest, the first and the last point of a line, whatever its values', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 300, maxLength: 900 }), (y) => {
        const fewer = decimateTrace(line(y), 100);
        const kept = fewer['y'] as number[];
        expect(kept.length).toBeLessThanOrEqual(100);
        expect([Math.min(...kept), Math.max(...kept), kept[0], kept.at(-1)]).toEqual([
          Math.min(...y),
          Math.max(...y),
          y[0],
          y.at(-1),
        ]);
        expect(kept).toEqual((fewer['x'] as number[]).map((i) => y[i]));
      }),
      { numRuns: 30 },
    );
  });

  it('keeps every gap', () => {
    const y = Array.from({ length: 1000 }, (_, i) => (i % 250 === 100 ? null : Math.sin(i)));
    expect((decimateTrace(line(y), 100)['y'] as unknown[]).filter((value) => value === null)).toHaveLength(4);
  });

  it('takes along what belongs to each point, and nothing else', () => {
    const y = Array.from({ length: 400 }, (_, i) => i);
    const fewer = decimateTrace(line(y, { marker: { size: y, color: 'red' }, text: y.map(String) }), 100);
    expect(fewer['text']).toEqual((fewer['y'] as number[]).map(String));
    expect(fewer['marker']).toEqual({ size: fewer['y'], color: 'red' });
  });

  it('thins a cloud evenly', () => {
    const y = Array.from({ length: 1000 }, (_, i) => i);
    expect(decimateTrace(line(y, { mode: 'markers' }), 100)['y']).toEqual(
      Array.from({ length: 100 }, (_, i) => i * 10),
    );
  });

  it('makes a grid coarser, each cell a mean', () => {
    const z = Array.from({ length: 40 }, (_, i) => Array.from({ length: 40 }, (_, j) => i + j));
    const fewer = decimateTrace({ type: 'heatmap', x: z.map((_, i) => i), z }, 400);
    expect(pointsOf(fewer)).toBe(400);
    expect((fewer['z'] as number[][])[0]?.slice(0, 3)).toEqual([1, 3, 5]);
    expect((fewer['x'] as number[]).slice(0, 3)).toEqual([1, 3, 5]);
  });
});

describe('decimate', () => {
  it('leaves small figures as they are, and shares the points of large ones among traces', () => {
    const traces = [
      line(Array.from({ length: 9000 }, (_, i) => Math.sin(i))),
      line(Array.from({ length: 1000 }, (_, i) => Math.cos(i))),
    ];
    expect(decimate(traces, 10_000).traces).toBe(traces);
    const { kept, points, traces: fewer } = decimate(traces, 2000);
    expect(points).toBe(10_000);
    expect(kept).toBeLessThanOrEqual(2000);
    expect(pointsOf(fewer[0] ?? line([])) / pointsOf(fewer[1] ?? line([]))).toBeGreaterThan(5);
  });
});
