import { ParameterError, didYouMean } from '@relu-lab/core';
import { type NotebookCell, type NotebookDocument, hasTag, sourceOf } from './notebook-file.ts';

/** What a parameter of a notebook may be: anything that JSON can write. */
export type ParameterValue =
  string | number | boolean | null | readonly ParameterValue[] | { readonly [key: string]: ParameterValue };

const given = 'injected-parameters';

/**
 * The notebook with other values for the constants in its cell with the tag `parameters`: a cell behind that one declares them
 * again. Such a cell from an earlier run is replaced. (The tags are those of papermill.)
 *
 * @throws ParameterError for a notebook without such a cell, a name that it does not declare, or a value that JSON cannot write.
 */
export function withParameters(
  document: NotebookDocument,
  parameters: Readonly<Record<string, ParameterValue>>,
): NotebookDocument {
  if (Object.keys(parameters).length === 0) return document;
  const cells = document.cells.filter((cell) => !hasTag(cell, given));
  const at = cells.findIndex((cell) => cell.cell_type === 'code' && hasTag(cell, 'parameters'));
  if (at < 0) throw new ParameterError("The notebook has no parameters: no cell with code has the tag 'parameters'");
  const names = Array.from(
    sourceOf(cells[at]).matchAll(/^(?:const|let)\s+([\p{ID_Start}$_][\p{ID_Continue}$]*)/gmu),
    ([, name]) => name,
  );
  const lines = Object.entries(parameters).map(([name, value]) => {
    if (!names.includes(name)) {
      const hint = didYouMean(name, names);
      throw new ParameterError(`The notebook has no parameter '${name}'${hint}; it has ${names.join(', ')}`);
    }
    if (typeof value === 'number' && !Number.isFinite(value)) {
      throw new ParameterError(`The parameter '${name}' must be a finite number, not ${value}`);
    }
    return `const ${name} = ${JSON.stringify(value)};`;
  });
  const cell: NotebookCell = {
    cell_type: 'code',
    execution_count: null,
    // Cells have names from format 4.5 on.
    ...(document.nbformat_minor >= 5 && { id: given }),
    metadata: { tags: [given] },
    outputs: [],
    source: [
      '// In place of the values above\n',
      ...lines.map((line, k) => (k < lines.length - 1 ? `${line}\n` : line)),
    ],
  };
  return { ...document, cells: [...cells.slice(0, at + 1), cell, ...cells.slice(at + 1)] };
}
