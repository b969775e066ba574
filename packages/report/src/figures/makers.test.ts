import { describe, expect, it } from 'vitest';
import { type Figure, checkFigure } from './figure.ts';
import { groupedBars } from './grouped-bars.ts';
import { heatmap } from './heatmap.ts';
import { logAxis } from './log-axis.ts';
import { linesWithBands } from './lines-with-bands.ts';
import { pointsWithIntervals } from './points-with-intervals.ts';

const text = { caption: 'Caption.', alt: 'Alternative text.' };

describe('pointsWithIntervals', () => {
  const figure = pointsWithIntervals({
    points: [
      { name: 'relu', estimate: 0.975, interval: [0.97, 0.978] },
      { name: 'tanh', estimate: 0.96, interval: null },
    ],
    valueTitle: 'test accuracy',
    format: 'percent',
    reference: { value: 0.97, label: 'target' },
    ...text,
  });

  it('draws each end of an interval where it is, and none where there is none', () => {
    const [relu, tanh] = figure.data.map((trace) => trace['error_x'] as { array: number[]; arrayminus: number[] });
    expect([0.975 - relu.arrayminus[0], 0.975 + relu.array[0]]).toEqual([0.97, 0.978]);
    expect(tanh).toMatchObject({ array: [null], arrayminus: [null] });
  });

  it('lists its numbers', () => {
    expect(checkFigure(figure).table).toEqual([
      { name: 'relu', estimate: 0.975, low: 0.97, high: 0.978 },
      { name: 'tanh', estimate: 0.96, low: null, high: null },
    ]);
  });

  it('puts the first point on top', () => {
    expect(figure.layout['yaxis']).toMatchObject({ categoryarray: ['tanh', 'relu'] });
  });
});

describe('groupedBars', () => {
  const bars = [
    { group: 'layer 1', series: 'relu', value: 0.5, interval: [0.4, 0.6] as const },
    { group: 'layer 2', series: 'relu', value: 0.6, interval: null },
    { group: 'layer 1', series: 'tanh', value: 0, interval: [0, 0] as const },
  ];
  const options = { groupTitle: 'layer', valueTitle: 'zero fraction', format: 'percent' as const, ...text };

  it('has a trace a series, and leaves a gap where a bar is missing', () => {
    const figure = checkFigure(groupedBars({ bars, ...options }));
    expect(figure.data.map(({ name, x, y }) => ({ name, x, y }))).toEqual([
      { name: 'relu', x: ['layer 1', 'layer 2'], y: [0.5, 0.6] },
      { name: 'tanh', x: ['layer 1', 'layer 2'], y: [0, NaN] },
    ]);
    expect(figure.layout['yaxis']).toMatchObject({ rangemode: 'tozero', tickformat: '.1~%' });
  });

  it('draws no error bars where no bar has an interval: their caps would stand on the bars', () => {
    const bare = groupedBars({
      bars: [{ group: 'a', series: 's', value: 1, interval: null }],
      groupTitle: '',
      valueTitle: '',
      ...text,
    });
    expect(bare.data[0]).not.toHaveProperty('error_y');
  });

  it('refuses two bars in one place', () => {
    expect(() => groupedBars({ bars: [...bars, bars[0]], ...options })).toThrow("2 bars for 'relu' in 'layer 1'");
  });
});

describe('linesWithBands', () => {
  const point = (x: number, y: number, interval: readonly [number, number] | null) => ({
    series: 'relu',
    x,
    y,
    interval,
  });
  const draw = (points: ReturnType<typeof point>[], yScale: 'linear' | 'log' = 'linear'): Figure =>
    linesWithBands({ points, xTitle: 'layer', yTitle: 'norm', yScale, ...text });

  it('draws the band along the top and back along the bottom', () => {
    const [band, line] = draw([point(1, 5, [4, 6]), point(2, 7, [6, 9])]).data;
    expect(band).toMatchObject({ x: [1, 2, 2, 1], y: [6, 9, 6, 4], fill: 'toself' });
    expect(line).toMatchObject({ x: [1, 2], y: [5, 7] });
  });

  it('breaks the band where a number is missing', () => {
    const points = [
      point(1, 1, [0, 2]),
      point(2, 1, [0, 2]),
      point(3, NaN, [NaN, NaN]),
      point(4, 1, [0, 2]),
      point(5, 1, [0, 2]),
    ];
    expect(draw(points).data[0]).toMatchObject({ x: [1, 2, 2, 1, null, 4, 5, 5, 4] });
  });

  it('has no band without intervals', () => {
    expect(draw([point(1, 5, null), point(2, 7, null)]).data).toHaveLength(1);
  });

  it('gives each of many series with bands a panel of its own, with the others behind it', () => {
    const names = ['relu', 'tanh', 'elu', 'selu', 'sigmoid'];
    const figure = linesWithBands({
      points: names.flatMap((series, i) => [1, 2].map((x) => ({ series, x, y: i + x, interval: [i, i + 3] as const }))),
      xTitle: 'layer',
      yTitle: 'norm',
      ...text,
    });
    const axesOf = (name: string): unknown[] =>
      figure.data.filter((trace) => trace['name'] === name).map(({ yaxis }) => yaxis);
    expect(names.map(axesOf)).toEqual([
      ['y', 'y'],
      ['y2', 'y2'],
      ['y3', 'y3'],
      ['y4', 'y4'],
      ['y5', 'y5'],
    ]);
    expect(figure.data[0]).toMatchObject({ xaxis: 'x', x: [1, 2, null, 1, 2, null, 1, 2, null, 1, 2, null] });
    expect(figure.layout['yaxis5']).toMatchObject({ matches: 'y', title: { text: 'norm' } });
    expect(figure.layout['yaxis2']).not.toHaveProperty('title');
    const four = names
      .slice(1)
      .flatMap((series, i) => [1, 2].map((x) => ({ series, x, y: i + x, interval: [i, i + 3] as const })));
    expect(linesWithBands({ points: four, xTitle: 'layer', yTitle: 'norm', ...text }).layout).not.toHaveProperty(
      'yaxis2',
    );
  });

  it('keeps a band that reaches 0 on a log axis', () => {
    const [band] = draw([point(1, 5, [0, 6]), point(2, 7, [2, 9])], 'log').data;
    expect(band).toMatchObject({ y: [6, 9, 2, 0.2] });
  });
});

describe('heatmap', () => {
  const options = { columns: ['a', 'b'], rows: ['r'], columnTitle: 'c', rowTitle: 'r', valueTitle: 'v', ...text };

  it('lists every cell', () => {
    const figure = checkFigure(heatmap({ values: [[1, NaN]], ...options }));
    expect(figure.table).toEqual([
      { row: 'r', column: 'a', value: 1 },
      { row: 'r', column: 'b', value: NaN },
    ]);
  });

  it('refuses values of another shape', () => {
    expect(() => heatmap({ values: [[1]], ...options })).toThrow('Row 0 of a heatmap with 2 columns has 1 values');
    expect(() => heatmap({ values: [], ...options })).toThrow(
      'A heatmap of 1 rows needs as many rows of values, not 0',
    );
  });
});

describe('checkFigure', () => {
  const figure = groupedBars({
    bars: [{ group: 'g', series: 's', value: 1, interval: null }],
    groupTitle: 'g',
    valueTitle: 'v',
    ...text,
  });

  it('insists on caption, alternative text and numbers', () => {
    expect(() => checkFigure({ ...figure, alt: ' ' })).toThrow('needs an alternative text');
    expect(() => checkFigure({ ...figure, caption: '' })).toThrow('needs a caption');
    expect(() => checkFigure({ ...figure, table: [] })).toThrow('needs its numbers');
  });

  it('refuses traces and layouts that load something, or that Plotly would silently not draw', () => {
    expect(() => checkFigure({ ...figure, data: [{ type: 'scattergeo' as 'scatter' }] })).toThrow("type 'scattergeo'");
    expect(() => checkFigure({ ...figure, data: [{ type: 'linechart' as 'scatter' }] })).toThrow("type 'linechart'");
    expect(() => checkFigure({ ...figure, data: [] })).toThrow('at least one trace');
    expect(() => checkFigure({ ...figure, layout: { images: [{}] } })).toThrow("cannot have 'images'");
    expect(() => checkFigure({ ...figure, layout: { mapbox2: {} } })).toThrow("cannot have 'mapbox2'");
  });
});

describe('logAxis', () => {
  it('names every power of ten, and more where few powers leave room', () => {
    expect(logAxis('y', [0.02, 2])).toMatchObject({ type: 'log', dtick: 'D2', exponentformat: 'none' });
    expect(logAxis('x', [0.02, 2])).toMatchObject({ dtick: 1, exponentformat: 'power' });
    expect(logAxis('y', [1e-9, 2])).toMatchObject({ dtick: 1, exponentformat: 'power' });
    expect(logAxis('y', [1e-18, 2])).toMatchObject({ dtick: 2, exponentformat: 'power' });
    expect(logAxis('y', [NaN, 0, -1])).toMatchObject({ type: 'log' });
  });
});
