import { choices } from '../choices.ts';
import { messageOf } from '../errors.ts';
import type { Problem } from '../report.ts';
import { type Scope, lookUp } from './look-up.ts';
import type { BlockName, ProsePiece } from './pieces.ts';

/** A piece of prose in which everything is looked up. */
export type ResolvedPiece =
  | { readonly kind: 'text' | 'code'; readonly text: string }
  /** What a look-up gave: text without any markup. */
  | { readonly kind: 'value'; readonly text: string }
  | { readonly kind: 'reference'; readonly id: string; readonly text: string }
  | { readonly kind: 'citation'; readonly works: readonly { readonly key: string; readonly number: number }[] }
  | { readonly kind: 'block'; readonly name: BlockName; readonly id: string }
  /** Something that is wrong: within a line, or in place of a block. */
  | { readonly kind: 'problem'; readonly problem: Problem; readonly within: 'line' | 'page' };

/** What prose refers to. */
export interface ProseWorld {
  /** Name of the file, for messages. */
  readonly file: string;
  readonly scope: Scope;
  /** Number of each figure and table by id. */
  readonly numbers: ReadonlyMap<string, number>;
  /** Figures and tables that could not be made. They are problems already; a reference to one has a question mark. */
  readonly failed: readonly Problem[];
  /** Keys of the works that can be cited. */
  readonly works: readonly string[];
}

/** Prose with everything looked up, the works it cites in the order of their numbers, and what was wrong. */
export interface ResolvedProse {
  readonly pieces: readonly ResolvedPiece[];
  readonly cited: readonly string[];
  readonly problems: readonly Problem[];
}

/** Looks up values, references and citations. What cannot be found is a problem in its place. */
export function resolveProse(pieces: readonly ProsePiece[], world: ProseWorld): ResolvedProse {
  const cited: string[] = [];
  const shown = new Set<string>();
  const problems: Problem[] = [];

  const resolve = (piece: ProsePiece): ResolvedPiece => {
    switch (piece.kind) {
      case 'text':
      case 'code':
        return piece;
      case 'look-up':
        return { kind: 'value', text: lookUp(world.scope, piece.path, piece.filters) };
      case 'reference':
        return { kind: 'reference', id: piece.id, text: numbered(piece.id, world) };
      case 'citation':
        return { kind: 'citation', works: piece.keys.map((key) => ({ key, number: cite(key) })) };
      case 'block':
        return failure(piece.id) ?? showOnce(piece.name, piece.id);
      case 'problem':
        throw new Error(piece.message);
    }
  };
  const failure = (id: string): ResolvedPiece | undefined => {
    const problem = world.failed.find(({ place }) => place === id);
    return problem && { kind: 'problem', problem, within: 'page' };
  };
  const cite = (key: string): number => {
    if (!world.works.includes(key)) throw new Error(unknown('reference', key, world.works));
    if (!cited.includes(key)) cited.push(key);
    return cited.indexOf(key) + 1;
  };
  const showOnce = (name: BlockName, id: string): ResolvedPiece => {
    if (name !== 'claims') {
      numbered(id, world);
      if ((name === 'figure') !== id.startsWith('fig-')) throw new Error(`'${id}' is no ${name}`);
    }
    const what = name === 'claims' ? 'the claims' : `'${id}'`;
    if (shown.has(what)) throw new Error(`${what} cannot stand in the page twice`);
    shown.add(what);
    return { kind: 'block', name, id };
  };

  const resolved = pieces.map((piece): ResolvedPiece => {
    try {
      return resolve(piece);
    } catch (error) {
      const problem = { place: `${world.file}:${piece.line}`, message: messageOf(error) };
      problems.push(problem);
      return { kind: 'problem', problem, within: isBlock(piece) ? 'page' : 'line' };
    }
  });
  return { pieces: resolved, cited, problems };
}

function isBlock(piece: ProsePiece): boolean {
  return piece.kind === 'block' || (piece.kind === 'problem' && piece.block);
}

/** `Figure 3` of `fig-x`. */
function numbered(id: string, { numbers, failed }: ProseWorld): string {
  const number = failed.some(({ place }) => place === id) ? '?' : numbers.get(id);
  const isFigure = id.startsWith('fig-');
  if (number !== undefined) return `${isFigure ? 'Figure' : 'Table'} ${number}`;
  const kind = isFigure ? 'figure' : id.startsWith('tbl-') ? 'table' : 'figure or table';
  throw new Error(unknown(kind, id, [...numbers.keys()]));
}

function unknown(kind: string, name: string, known: readonly string[]): string {
  return `there is no ${kind} '${name}'${choices(name, known)}`;
}
