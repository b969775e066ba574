import { ParameterError, didYouMean } from '@relu-lab/core';
import { type NotebookCell, type NotebookDocument, hasTag, sourceOf } from './notebook-file.ts';

/** What a parameter of a notebook may be: anything that JSON can write. */
export type ParameterValue =
  string | number | boolean | null | readonly ParameterValue[] | { readonly [key: string]: ParameterValue };

const given = 'injected-parameters';

/** A constant at the start of a line, with what stands behind `=` up to the end of the line. */
const declaration =
  /^(?:const|let)\s+([\p{ID_Start}$_][\p{ID_Continue}$]*)(?:\s*:[^=\n]+)?(?:[ \t]*=[ \t]*([^\n]*?);?[ \t]*(?:\/\/.*)?$)?/gmu;

/**
 * The notebook with other values for the constants in its cell with the tag `parameters`: a cell behind that one declares them
 * again. Such a cell from an earlier run is replaced. (The tags are those of papermill.)
 *
 * @throws ParameterError for a notebook without such a cell, a name that it does not declare, a value that JSON
 * cannot write, or one of another kind than the literal that is declared, such as a text for a number.
 */
export function withParameters(
  document: NotebookDocument,
  parameters: Readonly<Record<string, ParameterValue>>,
): NotebookDocument {
  if (Object.keys(parameters).length === 0) return document;
  const cells = document.cells.filter((cell) => !hasTag(cell, given));
  const at = cells.findIndex((cell) => cell.cell_type === 'code' && hasTag(cell, 'parameters'));
  if (at < 0) throw new ParameterError("The notebook has no parameters: no cell with code has the tag 'parameters'");
  const declared = new Map(
    Array.from(sourceOf(cells[at]).matchAll(declaration), ([, name, literal]) => [name, literal] as const),
  );
  const names = [...declared.keys()];
  const lines = Object.entries(parameters).map(([name, value]) => {
    if (!names.includes(name)) {
      const hint = didYouMean(name, names);
      throw new ParameterError(`The notebook has no parameter '${name}'${hint}; it has ${names.join(', ')}`);
    }
    if (typeof value === 'number' && !Number.isFinite(value)) {
      throw new ParameterError(`The parameter '${name}' must be a finite number, not ${value}`);
    }
    const literal = declared.get(name) ?? '';
    const kind = kindOfLiteral(literal);
    if (kind !== null && kind !== kindOf(value)) {
      const what = `The parameter '${name}' is ${kind}, ${literal}`;
      throw new ParameterError(`${what}, and cannot be ${kindOf(value)}, ${JSON.stringify(value)}`);
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

type Kind = 'a number' | 'a text' | 'true or false' | 'a list' | 'an object' | 'null';

function kindOf(value: ParameterValue): Kind {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'number') return 'a number';
  if (typeof value === 'string') return 'a text';
  return typeof value === 'boolean' ? 'true or false' : 'an object';
}

/** Null for what is no literal, or null itself: that tells nothing of what else may stand there. */
function kindOfLiteral(literal: string): Kind | null {
  if (/^[-+]?\.?\d[\w.]*(?:e[-+]?\d+)?$/i.test(literal)) return 'a number';
  if (/^(['"`])(?:(?!\1)[^\\]|\\.)*\1$/.test(literal)) return 'a text';
  if (literal === 'true' || literal === 'false') return 'true or false';
  return /^\[[^[\]]*\]$/.test(literal) ? 'a list' : null;
}
