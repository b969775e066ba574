import { type Document, type DocumentBlock, renderDocument } from '@relu-lab/report';
import { type NotebookCell, type NotebookDocument, type Output, sourceOf } from '../run/notebook-file.ts';
import { figureIn, textOf } from '../run/saved-figure.ts';
import { shownTable } from './shown-table.ts';

/**
 * A notebook as one page that opens from a file and loads nothing: prose with formulas, code, and what the cells showed, figures alive. Markup of
 * outputs is not taken over, except the tables of this package; other outputs are shown as pictures or text.
 *
 * @param name - the title of a notebook that has none of its own.
 * @returns the page, and what could not be shown in it, a sentence each.
 */
export async function renderNotebook(
  document: NotebookDocument,
  name: string,
): Promise<{ readonly html: string; readonly problems: readonly string[] }> {
  const { html, problems } = await renderDocument(documentOf(document, name));
  return { html, problems: problems.map(({ place, message }) => `${place}: ${message}`) };
}

function documentOf({ cells }: NotebookDocument, name: string): Document {
  const blocks = cells.flatMap(blocksOf);
  const [first] = blocks;
  const title = first?.kind === 'markdown' ? /^\s*#[ \t]+(.+?)[ \t#]*(?:\n|$)/.exec(first.text) : null;
  if (first?.kind !== 'markdown' || title === null) return { title: name, blocks };
  const [heading, words = name] = title;
  const rest: DocumentBlock = { kind: 'markdown', text: first.text.slice(heading.length) };
  return { title: words, blocks: [rest, ...blocks.slice(1)] };
}

function blocksOf(cell: NotebookCell): readonly DocumentBlock[] {
  const text = sourceOf(cell);
  if (cell.cell_type === 'markdown') return [{ kind: 'markdown', text }];
  if (cell.cell_type !== 'code') return text.trim() === '' ? [] : [{ kind: 'text', text, tone: 'plain' }];
  const label = `In [${cell.execution_count ?? ' '}]`;
  const code: readonly DocumentBlock[] = text.trim() === '' ? [] : [{ kind: 'code', text, label }];
  return [...code, ...(cell.outputs ?? []).flatMap((output) => outputBlocks(output))];
}

function outputBlocks(output: Output): readonly DocumentBlock[] {
  if (output.output_type === 'stream') {
    return [{ kind: 'text', text: plain(textOf(output.text)), tone: output.name === 'stderr' ? 'warning' : 'plain' }];
  }
  if (output.output_type === 'error') {
    const text = output.traceback.length > 0 ? output.traceback.join('\n') : `${output.ename}: ${output.evalue}`;
    return [{ kind: 'text', text: plain(text), tone: 'error' }];
  }
  const { relu_lab: own } = output.metadata as { readonly relu_lab?: { readonly brings?: unknown } };
  // The page brings its own Plotly.
  if (own?.brings !== undefined) return [];
  const figure = figureIn(output);
  if (figure) {
    const { data, layout, alt, caption } = figure;
    return [{ kind: 'figure', data, layout, alt: alt ?? 'A figure without words.', caption: caption ?? '' }];
  }
  const table = shownTable(output.metadata);
  if (table) return [{ kind: 'table', ...table }];
  return pictureBlock(output.data) ?? textBlock(output.data);
}

function pictureBlock(data: Readonly<Record<string, unknown>>): readonly DocumentBlock[] | null {
  const alt = textOf(data['text/plain']) || 'A picture without words.';
  for (const type of ['image/png', 'image/jpeg', 'image/svg+xml']) {
    const found = textOf(data[type]);
    if (found === '') continue;
    const encoded = type === 'image/svg+xml' ? Buffer.from(found).toString('base64') : found.replace(/\s/g, '');
    return [{ kind: 'picture', source: `data:${type};base64,${encoded}`, alt }];
  }
  return null;
}

function textBlock(data: Readonly<Record<string, unknown>>): readonly DocumentBlock[] {
  const markdown = textOf(data['text/markdown']);
  if (markdown !== '') return [{ kind: 'markdown', text: markdown }];
  const text = plain(textOf(data['text/plain']));
  return text.trim() === '' ? [] : [{ kind: 'text', text, tone: 'plain' }];
}

/** Text without a terminal's colours. */
function plain(text: string): string {
  return text.replace(/\u001b\[[\d;]*[A-Za-z]/g, '').replace(/\n$/, '');
}
