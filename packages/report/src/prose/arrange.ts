import type { ProsePiece } from './pieces.ts';
import { type Section, sectionsOf } from './sections.ts';

/** Ids of what a study has to show, in the order of the study; those of the clock come last. */
export interface Inventory {
  readonly figures: readonly string[];
  readonly tables: readonly string[];
  /** Ids of the claims. Default: none. */
  readonly claims?: readonly string[];
}

/** Where everything stands. */
export interface Arrangement {
  /** Whether prose places the claims; otherwise they stand at the top. */
  readonly claimsInProse: boolean;
  /** What prose leaves out, in the order in which it follows: figures, then tables. */
  readonly appended: readonly { readonly name: 'figure' | 'table'; readonly id: string }[];
  /**
   * Number of each figure, table, equation, section and claim by the id that links lead to: its place among its kind, from 1;
   * sections of a section have `2.1`.
   */
  readonly numbers: ReadonlyMap<string, string | number>;
  /** The headings of prose, in their order. */
  readonly sections: readonly Section[];
  /** Whether prose refers to a section, so that headings need numbers. */
  readonly sectionsAreNumbered: boolean;
}

/**
 * Numbers everything that can be referred to. Figures and tables as they stand in the page: first as prose places them, then what
 * prose leaves out, so that nothing is lost.
 */
export function arrange(pieces: readonly ProsePiece[], { figures, tables, claims = [] }: Inventory): Arrangement {
  const blocks = pieces.filter((piece) => piece.kind === 'block');
  const inProse = (name: string, known: readonly string[]): string[] => [
    ...new Set(blocks.filter((block) => block.name === name && known.includes(block.id)).map(({ id }) => id)),
  ];
  const numbers = new Map<string, string | number>();
  const leftOut = (name: 'figure' | 'table', known: readonly string[]): { name: 'figure' | 'table'; id: string }[] => {
    const first = inProse(name, known);
    const rest = known.filter((id) => !first.includes(id));
    for (const [i, id] of [...first, ...rest].entries()) numbers.set(id, i + 1);
    return rest.map((id) => ({ name, id }));
  };
  const appended = [...leftOut('figure', figures), ...leftOut('table', tables)];
  const equations = pieces.flatMap((piece) => (piece.kind === 'math' && piece.id !== '' ? [piece.id] : []));
  for (const [i, id] of [...new Set(equations)].entries()) numbers.set(id, i + 1);
  const sections = sectionsOf(pieces);
  for (const { id, number } of sections) numbers.set(id, number);
  for (const [i, id] of claims.entries()) numbers.set(`claim-${id}`, i + 1);
  return {
    claimsInProse: blocks.some(({ name }) => name === 'claims'),
    appended,
    numbers,
    sections,
    sectionsAreNumbered: pieces.some((piece) => piece.kind === 'reference' && piece.id.startsWith('sec-')),
  };
}
