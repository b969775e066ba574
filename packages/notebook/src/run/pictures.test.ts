import { palette } from '@relu-lab/report';
import { describe, expect, it } from 'vitest';
import { type ShownFigure, figureBundle } from '../display/figure-bundle.ts';
import type { NotebookDocument } from './notebook-file.ts';
import { withPictures } from './pictures.ts';
import { figureIn } from './saved-figure.ts';

const line: ShownFigure = {
  data: [{ type: 'scatter', x: [0, 1, 2], y: [0, NaN, 4] }],
  layout: { height: 240, xaxis: { title: { text: 'time' } } },
  caption: 'What rises.\nTwice.',
  alt: 'A "rising" line, 1 < 4.',
};
const solid: ShownFigure = { ...line, data: [{ type: 'mesh3d', x: [0, 1, 0], y: [0, 0, 1], z: [0, 0, 0] }] };

/** A notebook with these figures, as Jupyter saves it. */
function notebookOf(...figures: readonly ShownFigure[]): NotebookDocument {
  const outputs = figures.map((figure, at) => {
    const { data } = figureBundle(figure, undefined, `relu-lab-${at}`);
    const saved = { ...data, 'text/html': [String(data['text/html'])], 'text/plain': [String(data['text/plain'])] };
    return { output_type: 'display_data' as const, data: saved, metadata: {} };
  });
  const cells = [
    { cell_type: 'markdown', source: '# Title' },
    { cell_type: 'code', source: 'show()', outputs, execution_count: 1 },
  ];
  return { nbformat: 4, nbformat_minor: 4, metadata: {}, cells };
}

const htmlOf = (document: NotebookDocument, at: number): string => {
  const output = document.cells[1].outputs?.[at];
  return output && 'data' in output ? [output.data['text/html']].flat().join('') : '';
};

describe('withPictures', () => {
  it('puts a picture in the place of a figure’s words, which says them still', async () => {
    const html = htmlOf(await withPictures(notebookOf(line)), 0);
    const [, alt, picture] = /<img alt="([^"]*)" src="data:image\/svg\+xml;base64,([^"]*)"/.exec(html) ?? [];
    expect(alt).toBe('A &quot;rising&quot; line, 1 &lt; 4.');
    const svg = Buffer.from(picture, 'base64').toString('utf8');
    expect(svg).toMatch(/^<svg [^>]*width="760" height="240"/);
    expect(svg).toContain('<title>A &quot;rising&quot; line, 1 &lt; 4.</title>');
    expect(svg).toContain('>time<');
    // The script that draws the live figure is still there.
    expect(html).toContain('window.Plotly.newPlot');
    // In the first of the notebook's colours, not of Plotly's.
    expect(svg).toContain('stroke: #0072b2');
  });

  it('adds the picture as a form of its own, for readers that drop markup', async () => {
    const [output] = (await withPictures(notebookOf(line))).cells[1].outputs ?? [];
    const data = 'data' in output ? output.data : {};
    const svg = [data['image/svg+xml']].flat().join('');
    expect(svg).toMatch(/^<svg [^>]*width="760" height="240"[^]*<\/svg>\s*$/);
    expect(String(data['text/html'])).toContain(Buffer.from(svg).toString('base64'));
    expect(Object.keys(data)).toEqual(['application/vnd.plotly.v1+json', 'text/html', 'image/svg+xml', 'text/plain']);
  });

  it('leaves words where there is no flat picture, and everything else as it was', async () => {
    const before = notebookOf(solid, line);
    const after = await withPictures(before);
    expect(htmlOf(after, 0)).toBe(htmlOf(before, 0));
    expect(after.cells[0]).toEqual(before.cells[0]);
    expect({ ...after, cells: [] }).toEqual({ ...before, cells: [] });
  });

  it('has nothing to do a second time', async () => {
    const once = await withPictures(notebookOf(line));
    expect(await withPictures(once)).toEqual(once);
  });
});

describe('figureIn', () => {
  it('finds the figure with its words, without the clothes it wears in a notebook', () => {
    const [output] = notebookOf(line).cells[1].outputs ?? [];
    expect(figureIn(output)).toEqual({
      data: [{ type: 'scatter', x: [0, 1, 2], y: [0, null, 4] }],
      // Of the clothes, only the colours of series stay.
      layout: { colorway: palette.map(({ light }) => light), height: 240, xaxis: { title: { text: 'time' } } },
      alt: line.alt,
      caption: `${line.caption}\n1 of 6 values are not finite, and are left out.`,
    });
  });

  it('finds none in other outputs', () => {
    expect(figureIn({ output_type: 'stream', name: 'stdout', text: 'figure' })).toBeNull();
    expect(figureIn({ output_type: 'display_data', data: { 'text/plain': '[figure] no' }, metadata: {} })).toBeNull();
  });
});
