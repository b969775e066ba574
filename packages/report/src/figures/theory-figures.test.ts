import { activation, relu, tanh } from '@relu-lab/core';
import { phaseDiagram } from '@relu-lab/theory';
import { describe, expect, it } from 'vitest';
import { activationCurves } from './activation-curves.ts';
import { checkFigure } from './figure.ts';
import { phaseDiagramFigure } from './phase-diagram.ts';
import { seriesStyles } from './series-style.ts';

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

  it('gives each activation the colour that it has elsewhere, its derivative dashed in the same', () => {
    const { data } = activationCurves([relu, activation('elu')]);
    const styles = seriesStyles(['relu', 'elu']);
    expect(data.map(({ line, marker }) => (line ?? marker) as { color: string; dash?: string })).toMatchObject([
      { color: styles.get('relu')?.color },
      { color: styles.get('relu')?.color, dash: 'dash' },
      { color: styles.get('relu')?.color },
      { color: styles.get('elu')?.color },
      { color: styles.get('elu')?.color, dash: 'dash' },
    ]);
  });

  it('writes a long name in two lines, so that it stays above its own panel', () => {
    const named = ['leaky-relu, here α = 0.1', 'hard-sigmoid', 'relu'].map((name) => ({ ...relu, name }));
    const titles = activationCurves(named).layout['annotations'] as { text: string }[];
    expect(titles.map(({ text }) => text)).toEqual(['leaky-relu,<br>here α = 0.1', 'hard-sigmoid', 'relu']);
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

  it('has the networks that were looked at in its legend, table and words, with their phase where the grid has them', () => {
    const measured = [
      { name: 'He', weightVariance: 2, biasVariance: 0 },
      { name: 'between', weightVariance: 1.5, biasVariance: 0.05 },
    ];
    const { data, alt, table } = checkFigure(phaseDiagramFigure(points, { activation: 'relu', measured }));
    const marks = data.find(({ name }) => name === 'networks');
    expect([marks?.['x'], marks?.['y'], marks?.['showlegend']]).toEqual([[2, 1.5], [0, 0.05], undefined]);
    expect(alt).toContain('Marked: He at 2 and 0, between at 1.5 and 0.05.');
    expect(table).toHaveLength(8);
    expect(table.slice(6).map(({ network, phase }) => [network, phase])).toEqual([
      ['He', 'critical'],
      ['between', null],
    ]);
    expect(table[0]).toHaveProperty('network', null);
    expect(phaseDiagramFigure(points, { activation: 'relu' }).table[0]).not.toHaveProperty('network');
  });

  it('refuses what is no whole grid', () => {
    expect(() => phaseDiagramFigure(points.slice(1), { activation: 'relu' })).toThrow(/one point for each pair/);
    expect(() => phaseDiagramFigure([], { activation: 'relu' })).toThrow(/one point for each pair/);
  });
});
