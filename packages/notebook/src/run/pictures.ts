import { ParameterError } from '@relu-lab/core';
import { renderSvg } from '@relu-lab/report/static-figure';
import { pictureType, pictured } from '../display/pictured.ts';
import type { NotebookCell, NotebookDocument, Output } from './notebook-file.ts';
import { type SavedFigure, figureIn, textOf } from './saved-figure.ts';

/**
 * The notebook with a picture among the forms of each figure, and in the place of its words, so that also readers that run no scripts (a notebook that is not
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
  if (pictureType in output.data) return output;
  const svg = await pictureOf(figure);
  if (svg === null) return output;
  const data = pictured(output.data, textOf(output.data['text/html']), svg);
  return { ...output, data: { ...data, ...inLines(data, 'text/html'), ...inLines(data, pictureType) } };
}

/** A text as Jupyter saves it. */
function inLines(data: Readonly<Record<string, unknown>>, type: string): Readonly<Record<string, unknown>> {
  const text = textOf(data[type]);
  return text === '' ? {} : { [type]: text.split(/(?<=\n)/) };
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
