import { activation, relu, tanh } from '@relu-lab/core';
import { phaseDiagram } from '@relu-lab/theory';
import { describe, expect, it } from 'vitest';
import { activationCurves } from './activation-curves.ts';
import { checkFigure } from './figure.ts';
import { phaseDiagramFigure } from './phase-diagram.ts';

describe('activationCurves', () => {
  it('leaves the derivative out at a kink, and marks the one that is taken', () => {
    const { data } = checkFigure(activationCurves([relu]));
    const [values, slopes, kinks] = data;
    const at = (values['x'] as number[]).indexOf(0);
    expect((slopes['y'] as (number | null)[]).slice(at - 1, at + 2)).toEqual([0, null, 1]);
    expect([kinks['x'], kinks['y']]).toEqual([[0], [0]]);
  });

  it('reaches beyond the outermost kink, and has a panel for each activation', () => {
    const { data, layout } = activationCurves([activation('relu6'), tanh]);
    expect(Math.max(...(data[0]['x'] as number[]))).toBeGreaterThan(6);
    expect(layout['annotations']).toHaveLength(2);
    expect(new Set(data.map((trace) => trace['xaxis']))).toEqual(new Set(['x', 'x2']));
  });

  it('refuses no activations, and panels that are none', () => {
    expect(() => activationCurves([])).toThrow(/at least one/);
    expect(() => activationCurves([relu], { reach: -1 })).toThrow(/reach/);
    expect(() => activationCurves([relu], { columns: 0.5 })).toThrow(/columns/);
  });
});

describe('phaseDiagramFigure', () => {
  const points = phaseDiagram(relu, { weightVariances: [1, 2, 3], biasVariances: [0, 0.1] });

  it('colours ReLU’s phases as they are known: ordered below 2, critical at 2 without bias, unbounded above', () => {
    const { data, table } = checkFigure(phaseDiagramFigure(points, { activation: 'relu' }));
    expect(
      table.map(({ weightVariance, biasVariance, phase }) => [weightVariance, biasVariance, phase]),
    ).toContainEqual([2, 0, 'critical']);
    const z = data[0]['z'] as number[][];
    // Rows are bias variances; ordered is 0, critical 1, unbounded 3.
    expect(z[0][0]).toBe(0);
    expect(z[0][1]).toBe(1);
    expect(z[1]).toEqual([0, 3, 3]);
  });

  it('refuses what is no whole grid', () => {
    expect(() => phaseDiagramFigure(points.slice(1), { activation: 'relu' })).toThrow(/one point for each pair/);
    expect(() => phaseDiagramFigure([], { activation: 'relu' })).toThrow(/one point for each pair/);
  });
});
