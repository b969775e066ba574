import { ParameterError } from '@relu-lab/core';
import { describe, expect, it } from 'vitest';
import { type ShownFigure, figureBundle } from './figure-bundle.ts';

const figure: ShownFigure = {
  data: [{ type: 'scatter', name: 'relu', x: Float32Array.of(1, 2), y: [0.5, 2] }],
  layout: { xaxis: { title: { text: 'x' } } },
  caption: 'What is shown.',
  alt: 'A line that rises.',
};

const plotOf = (shown: ShownFigure, height?: number) =>
  figureBundle(shown, height, 'here').data['application/vnd.plotly.v1+json'] as {
    data: unknown[];
    layout: Record<string, unknown>;
  };
const markupOf = (shown: ShownFigure): string => String(figureBundle(shown, undefined, 'here').data['text/html']);

describe('figureBundle', () => {
  it('has the figure as Plotly’s JSON, with typed arrays as arrays', () => {
    const { data, layout } = plotOf(figure);
    expect(data).toEqual([{ type: 'scatter', name: 'relu', x: [1, 2], y: [0.5, 2] }]);
    expect(layout).toMatchObject({ xaxis: { title: { text: 'x' } }, height: 360 });
    expect(JSON.parse(JSON.stringify({ data, layout }))).toEqual({ data, layout });
  });

  it('has the height that is asked for, else the layout’s', () => {
    const tall = { ...figure, layout: { height: 500 } };
    expect(plotOf(tall).layout['height']).toBe(500);
    expect(plotOf(tall, 200).layout['height']).toBe(200);
  });

  it('says in words what it shows, in every form', () => {
    const { data } = figureBundle(figure, undefined, 'here');
    expect(data['text/plain']).toBe('[figure] A line that rises.\nWhat is shown.');
    expect(data['text/html']).toMatch(
      /<div id="here" role="img" aria-label="A line that rises\."[^>]*>A line that rises\.</,
    );
    expect(data['text/html']).toContain('<figcaption>What is shown.</figcaption>');
  });

  it('lists its numbers under the figure, where it has them', () => {
    expect(markupOf(figure)).not.toContain('<details>');
    expect(markupOf({ ...figure, table: [{ x: 1, y: 0.5 }] })).toMatch(/<details>.*<td[^>]*>0\.5<\/td>.*<\/details>/);
  });

  it('lets no text out of its place', () => {
    const hostile = '"><script>alert(1)</script>\u2028';
    const markup = markupOf({
      ...figure,
      caption: hostile,
      alt: hostile,
      layout: { title: { text: hostile } },
      table: [{ [hostile]: hostile }],
    });
    expect(markup.match(/<script>/g)).toHaveLength(1);
    expect(markup.match(/<\/script>/g)).toHaveLength(1);
    expect(markup.match(/<script>.*<\/script>/s)?.[0]).not.toMatch(/[\u2028\u2029]/);
  });

  it('leaves out what is not finite, and says so', () => {
    const broken: ShownFigure = {
      ...figure,
      data: [{ type: 'scatter', x: [1, 2, 3], y: Float64Array.of(1, NaN, Infinity) }],
    };
    expect(plotOf(broken).data).toEqual([{ type: 'scatter', x: [1, 2, 3], y: [1, null, null] }]);
    const note = '2 of 6 values are not finite, and are left out.';
    expect(markupOf(broken)).toContain(note);
    expect(figureBundle(broken, undefined, 'here').data['text/plain']).toContain(note);
  });

  it.each<readonly [string, ShownFigure, RegExp]>([
    ['no alternative text', { ...figure, alt: ' ' }, /needs alt: the figure in words/],
    ['no caption', { ...figure, caption: '' }, /needs caption/],
    ['no trace', { ...figure, data: [] }, /nothing to show: data has no trace/],
    ['an empty trace', { ...figure, data: [{ type: 'bar', y: [] }] }, /nothing to show in data\[0\]: its y is empty/],
    [
      'nothing finite',
      { ...figure, data: [...figure.data, { type: 'scatter', name: 'tanh', y: Float32Array.of(NaN, NaN) }] },
      /nothing to show in data\[1\] \(tanh\): its y has no finite value among 2/,
    ],
    [
      'a grid of NaN',
      { ...figure, data: [{ type: 'heatmap', z: [[NaN, NaN], [NaN]] }] },
      /its z has no finite value among 3/,
    ],
    [
      'nothing but gaps',
      { ...figure, data: [{ type: 'scatter', y: [null, null] }] },
      /nothing to show: every value of 1 traces is a gap/,
    ],
    ['a trace that is none', { ...figure, data: [null as never] }, /data\[0\] must be a trace such as .*, not null/],
    ['no layout', { ...figure, layout: undefined as never }, /needs layout: Plotly's, or \{\} .*, not undefined/],
  ])('refuses a figure with %s', (_, shown, message) => {
    expect(() => figureBundle(shown, undefined, 'here')).toThrow(ParameterError);
    expect(() => figureBundle(shown, undefined, 'here')).toThrow(message);
  });

  it('refuses a height that is none, and draws categories and gaps', () => {
    for (const height of [0, -3, NaN]) expect(() => figureBundle(figure, height, 'here')).toThrow(/height must be/);
    const legend: ShownFigure = {
      ...figure,
      data: [...figure.data, { type: 'scatter', name: 'dead', x: [null], y: [1] }],
    };
    expect(plotOf(legend).data).toHaveLength(figure.data.length + 1);
    const bars: ShownFigure = { ...figure, data: [{ type: 'bar', x: ['a', 'b'], y: [1, null] }] };
    expect(plotOf(bars).data).toEqual([{ type: 'bar', x: ['a', 'b'], y: [1, null] }]);
  });
});
