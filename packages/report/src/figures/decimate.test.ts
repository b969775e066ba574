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

  it('leaves points where they were whose places were only counted', () => {
    const values = Array.from({ length: 2000 }, (_, i) => (i < 1000 ? 0 : 1) + 0.1 * Math.sin(i));
    const jump = (trace: Trace, places: string, measured: string): unknown => {
      const fewer = decimateTrace(trace, 200);
      const at = (fewer[measured] as number[]).findIndex((value) => value > 0.5);
      expect((fewer[places] as number[]).length).toBeLessThanOrEqual(200);
      return (fewer[places] as number[])[at];
    };
    const lines = { type: 'scatter', mode: 'lines' } as const;
    expect(jump({ ...lines, y: values }, 'x', 'y')).toBe(1000);
    expect(jump({ ...lines, y: values, x0: 5, dx: 0.5 }, 'x', 'y')).toBe(505);
    expect(jump({ ...lines, x: values, dy: 2 }, 'y', 'x')).toBe(2000);
    expect(jump({ type: 'scatterpolar', r: values }, 'theta', 'r')).toBe(180);
    // The longest of the ten bars from 1000 on.
    expect(jump({ type: 'bar', y: values }, 'x', 'y')).toBe(1007);
    expect(decimateTrace({ ...lines, y: values, x0: '2020-01-01' }, 200)['y']).toBe(values);
  });

  it('draws no more points than the shorter of two coordinates has', () => {
    const y = Array.from({ length: 1000 }, (_, i) => i);
    const fewer = decimateTrace(line(y, { x: y.slice(0, 900) }), 100);
    expect(fewer['x']).toEqual(fewer['y']);
    expect((fewer['x'] as number[]).at(-1)).toBe(899);
  });

  it('thins what has no x and y evenly', () => {
    const a = Array.from({ length: 1000 }, (_, i) => i);
    const polar = decimateTrace({ type: 'scatterpolar', mode: 'lines', r: a, theta: a }, 100);
    expect([polar['r'], polar['theta']]).toEqual([a.filter((i) => i % 10 === 0), a.filter((i) => i % 10 === 0)]);
    const ternary = decimateTrace({ type: 'scatterternary', mode: 'lines', a, b: a, c: a }, 100);
    expect((ternary['c'] as number[]).slice(0, 3)).toEqual([0, 10, 20]);
    expect(decimateTrace({ type: 'violin', y: [...a].reverse() }, 112)['y']).toEqual(
      Array.from({ length: 112 }, (_, i) => 9 * i),
    );
  });

  it('keeps the longest bar of each stretch, as wide as the stretch', () => {
    const y = Array.from({ length: 1000 }, (_, i) => (i === 507 ? -9 : 1 + (i % 10) / 100));
    const fewer = decimateTrace({ type: 'bar', y }, 100);
    expect((fewer['y'] as number[]).slice(49, 52)).toEqual([1.09, -9, 1.09]);
    expect((fewer['x'] as number[]).slice(49, 52)).toEqual([499, 507, 519]);
    expect(fewer['width']).toBeCloseTo(10, 1);
    const sideways = decimateTrace({ type: 'bar', orientation: 'h', x: y, y: y.map((_, i) => `bar ${i}`) }, 100);
    expect((sideways['y'] as string[])[50]).toBe('bar 507');
    expect(sideways['width']).toBeUndefined();
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
  it('draws no more than 6000 bars of a trace, and all of a histogram or box as it is', () => {
    const y = Array.from({ length: 300_000 }, (_, i) => Math.sin(i));
    const bars = decimate([{ type: 'bar', y: y.slice(0, 10_000) }], 200_000);
    expect([bars.points, bars.kept]).toEqual([10_000, 5000]);
    for (const type of ['histogram', 'box'] as const) {
      const { traces, points, kept } = decimate([{ type, y }], 200_000);
      expect(kept).toBe(points);
      expect(JSON.stringify(traces).length).toBeLessThan(10_000);
    }
  });

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
