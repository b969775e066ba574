import type { ProsePiece } from './pieces.ts';

/** Ids of what a study has to show, in the order of the study; those of the clock come last. */
export interface Inventory {
  readonly figures: readonly string[];
  readonly tables: readonly string[];
}

/** Where everything stands. */
export interface Arrangement {
  /** Whether prose places the claims; otherwise they stand at the top. */
  readonly claimsInProse: boolean;
  /** What prose leaves out, in the order in which it follows: figures, then tables. */
  readonly appended: readonly { readonly name: 'figure' | 'table'; readonly id: string }[];
  /** Number of each figure and table by id: its place among its kind, from 1. */
  readonly numbers: ReadonlyMap<string, number>;
}

/**
 * Numbers figures and tables as they stand in the page: first as prose places them, then what prose leaves out, so that
 * nothing is lost.
 */
export function arrange(pieces: readonly ProsePiece[], { figures, tables }: Inventory): Arrangement {
  const blocks = pieces.filter((piece) => piece.kind === 'block');
  const inProse = (name: string, known: readonly string[]): string[] => [
    ...new Set(blocks.filter((block) => block.name === name && known.includes(block.id)).map(({ id }) => id)),
  ];
  const numbers = new Map<string, number>();
  const leftOut = (name: 'figure' | 'table', known: readonly string[]): { name: 'figure' | 'table'; id: string }[] => {
    const first = inProse(name, known);
    const rest = known.filter((id) => !first.includes(id));
    for (const [i, id] of [...first, ...rest].entries()) numbers.set(id, i + 1);
    return rest.map((id) => ({ name, id }));
  };
  return {
    claimsInProse: blocks.some(({ name }) => name === 'claims'),
    appended: [...leftOut('figure', figures), ...leftOut('table', tables)],
    numbers,
  };
}
