import { fileURLToPath } from 'node:url';
import { ParameterError } from '@relu-lab/core';
import { describe, expect, it } from 'vitest';
import { groupedBars } from './figures/grouped-bars.ts';
import { heatmap } from './figures/heatmap.ts';
import { linesWithBands } from './figures/lines-with-bands.ts';
import { renderSvg } from './static-figure.ts';

const text = { caption: 'What is shown.', alt: 'Words & <signs>.' };
const lines = linesWithBands({
  points: ['relu', 'tanh'].flatMap((series, k) =>
    [1, 2, 3, 4].map((x) => ({ series, x, y: x / (k + 1), interval: [x / (k + 1) - 0.3, x / (k + 1) + 0.3] as const })),
  ),
  xTitle: 'layer',
  yTitle: 'mean',
  xStep: 1,
  ...text,
});
const bars = groupedBars({
  bars: ['relu', 'selu'].flatMap((series, k) =>
    [1, 2].map((x) => ({ series, group: `layer ${x}`, value: x / (k + 3), interval: null })),
  ),
  groupTitle: 'layer',
  valueTitle: 'share',
  format: 'percent0',
  ...text,
});
const grid = heatmap({
  columns: ['a', 'b'],
  rows: ['c', 'd'],
  values: [
    [0, 1],
    [2, NaN],
  ],
  columnTitle: 'across',
  rowTitle: 'down',
  valueTitle: 'how much',
  ...text,
});

/** What is written in a picture, in the order in which it stands there. */
const words = (svg: string): string[] => [...svg.matchAll(/<text[^>]*>([^<]+)</g)].map(([, word = '']) => word);
const golden = (name: string): string => fileURLToPath(new URL(`../test/golden/${name}.svg`, import.meta.url));

describe('renderSvg', () => {
  it.each([
    ['lines', lines],
    ['bars', bars],
  ])('draws the %s that were drawn on another day, in another process, byte by byte', async (name, figure) => {
    await expect(await renderSvg(figure)).toMatchFileSnapshot(golden(name));
  });

  it('gives the same bytes after other figures were drawn', async () => {
    const first = await renderSvg(grid, { width: 500 });
    await renderSvg(lines, { width: 500 });
    await renderSvg({ ...grid, layout: { ...grid.layout, height: 300 } }, { width: 500 });
    expect(await renderSvg(grid, { width: 500 })).toBe(first);
  });

  it('writes titles, ticks, legends and numbers in cells', async () => {
    expect(words(await renderSvg(lines))).toEqual(
      expect.arrayContaining(['1', '2', '3', '4', 'layer', 'mean', 'relu', 'tanh']),
    );
    expect(words(await renderSvg(bars))).toEqual(expect.arrayContaining(['layer 1', 'layer 2', '20%', 'share']));
    const cells = words(await renderSvg(grid));
    expect(cells).toEqual(expect.arrayContaining(['a', 'b', 'c', 'd', '0', '1', '2', 'how much']));
    expect(cells).not.toContain('NaN');
  });

  it('puts a bar twice as high where the value is twice as large', async () => {
    const heights = [
      ...(await renderSvg(bars)).matchAll(/<path[^>]* d="M[\d.]+,([\d.]+)V([\d.]+)H[\d.]+V[\d.]+Z"/g),
    ].map(([, from, to]) => Number(from) - Number(to));
    expect(heights).toHaveLength(4);
    expect((heights[1] ?? 0) / (heights[0] ?? 1)).toBeCloseTo(2, 1);
    expect((heights[0] ?? 0) / (heights[2] ?? 1)).toBeCloseTo(4 / 3, 1);
  });

  it('draws more points than it can show, of whatever kind', async () => {
    const many = Array.from({ length: 7000 }, (_, i) => i);
    for (const trace of [
      { type: 'scatterpolar', mode: 'lines', r: many, theta: many },
      { type: 'scatterternary', mode: 'lines', a: many, b: many, c: many },
      { type: 'scatter', mode: 'lines', x: many },
      { type: 'bar', y: many },
    ] as const) {
      expect(await renderSvg({ data: [trace], layout: {}, alt: 'Many points.' })).toMatch(/<path[^>]* d="M/);
    }
  });

  it('is the same picture in dark colours', async () => {
    const [light, dark] = [await renderSvg(lines), await renderSvg(lines, { theme: 'dark' })];
    const bare = (svg: string): string => svg.replace(/#[0-9a-f]{6}|rgb\([^)]*\)/g, 'color');
    expect(bare(dark)).toBe(bare(light));
    expect(light).toContain('#0072b2');
    expect(dark).not.toContain('#0072b2');
    expect(dark).toContain('#3a86d8');
    expect(dark).toContain('fill="#15181c"');
  });

  it('says its words as a title, escaped', async () => {
    expect(await renderSvg(lines)).toContain('<title>Words &amp; &lt;signs&gt;.</title>');
  });

  it('draws a surface as a map of its heights', async () => {
    const surface = {
      data: [
        {
          type: 'surface' as const,
          z: [
            [0, 1, 2],
            [1, 2, 3],
            [2, 3, 4],
          ],
          colorbar: { title: { text: 'height' } },
        },
      ],
      layout: { scene: { xaxis: { title: { text: 'east' } } } },
      alt: 'A slope.',
    };
    expect(words(await renderSvg(surface))).toEqual(expect.arrayContaining(['east', 'height']));
  });

  it('refuses what has no flat picture, and sizes and themes that are none', async () => {
    const mesh = {
      data: [{ type: 'mesh3d' as const, x: [0, 1, 0], y: [0, 0, 1], z: [0, 0, 0] }],
      layout: {},
      alt: 'x',
    };
    await expect(renderSvg(mesh)).rejects.toThrow('mesh3d trace has no flat picture');
    await expect(renderSvg({ ...lines, data: [{ type: 'scattergeo' as 'scatter' }] })).rejects.toThrow(ParameterError);
    await expect(renderSvg(lines, { width: 20 })).rejects.toThrow('200 to 4000');
    await expect(renderSvg(lines, { theme: 'blue' as 'dark' })).rejects.toThrow("light or dark, not 'blue'");
  });
});
