import { ParameterError } from '@relu-lab/core';
import { renderSvg } from '@relu-lab/report/static-figure';
import type { NotebookCell, NotebookDocument, Output } from './notebook-file.ts';
import { type SavedFigure, figureIn, textOf } from './saved-figure.ts';

/** Where the markup of a figure has its words, until it is drawn. */
const words = /(<div id="[^"]*" role="img" aria-label="[^"]*"[^>]*>)([^<]*)(<\/div>)/;

/**
 * The notebook with a picture in the place of the words of each figure, so that also readers that run no scripts (a notebook that is not
 * trusted, a repository's web page) see it. What has no flat picture, such as `mesh3d`, keeps its words; what has a picture keeps that.
 */
export async function withPictures(document: NotebookDocument): Promise<NotebookDocument> {
  const cells: NotebookCell[] = [];
  for (const cell of document.cells) {
    if (!cell.outputs) cells.push(cell);
    else {
      const outputs: Output[] = [];
      for (const output of cell.outputs) outputs.push(await withPicture(output));
      cells.push({ ...cell, outputs });
    }
  }
  return { ...document, cells };
}

async function withPicture(output: Output): Promise<Output> {
  const figure = figureIn(output);
  if (!figure || !('data' in output)) return output;
  const html = textOf(output.data['text/html']);
  if (!words.test(html)) return output;
  const svg = await pictureOf(figure);
  if (svg === null) return output;
  const source = `data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}`;
  const pictured = html.replace(
    words,
    (_all, open: string, alt: string, close: string) =>
      `${open}<img alt="${alt.replaceAll('"', '&quot;')}" src="${source}" style="max-width:100%">${close}`,
  );
  return { ...output, data: { ...output.data, 'text/html': pictured.split(/(?<=\n)/) } };
}

/** Null where there is no flat picture. */
async function pictureOf({ data, layout, alt }: SavedFigure): Promise<string | null> {
  try {
    return await renderSvg({ data, layout, alt: alt ?? 'A figure.' });
  } catch (error) {
    if (error instanceof ParameterError) return null;
    throw error;
  }
}
