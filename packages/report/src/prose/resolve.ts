import { choices } from '../choices.ts';
import { messageOf } from '../errors.ts';
import type { Problem } from '../report.ts';
import { type Scope, lookUp } from './look-up.ts';
import { texHtml } from './maths.ts';
import type { BlockName, NoteName, ProsePiece } from './pieces.ts';
import type { Section } from './sections.ts';

/** A piece of prose in which everything is looked up. */
export type ResolvedPiece =
  | { readonly kind: 'text' | 'code'; readonly text: string }
  /** What a look-up gave: text without any markup. */
  | { readonly kind: 'value'; readonly text: string }
  | { readonly kind: 'reference'; readonly id: string; readonly text: string }
  | { readonly kind: 'citation'; readonly works: readonly { readonly key: string; readonly number: number }[] }
  /** The beginning of a heading, with its id; `number` is empty where headings have none. */
  | { readonly kind: 'heading'; readonly text: string; readonly id: string; readonly number: string }
  /** A formula as TeX and as HTML; `id` and `number` only of those that have an id. */
  | {
      readonly kind: 'math';
      readonly tex: string;
      readonly display: boolean;
      readonly html: string;
      readonly id?: string;
      readonly number?: number;
    }
  | { readonly kind: 'note'; readonly edge: 'open' | 'close'; readonly name: NoteName }
  | { readonly kind: 'block'; readonly name: BlockName; readonly id: string }
  /** Something that is wrong: within a line, or in place of a block. */
  | { readonly kind: 'problem'; readonly problem: Problem; readonly within: 'line' | 'page' };

/** What prose refers to. */
export interface ProseWorld {
  /** Where a line is, for messages: `study.md:12`. */
  place(line: number): string;
  readonly scope: Scope;
  /** Number of everything that can be referred to, by id. */
  readonly numbers: ReadonlyMap<string, string | number>;
  /** The headings, in their order. */
  readonly sections: readonly Section[];
  readonly sectionsAreNumbered: boolean;
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
  const equations = new Set<string>();
  let headings = 0;

  const resolve = (piece: ProsePiece): ResolvedPiece => {
    switch (piece.kind) {
      case 'text':
      case 'code':
        return piece;
      case 'heading': {
        const { id = '', number = '' } = world.sections[headings++] ?? {};
        if (piece.id !== '' && piece.id !== id) throw new Error(`two sections have the id '${piece.id}'`);
        return { kind: 'heading', text: piece.text, id, number: world.sectionsAreNumbered ? number : '' };
      }
      case 'note':
        return { kind: 'note', edge: piece.edge, name: piece.name };
      case 'math': {
        const { tex, display, id } = piece;
        if (id === '') return { kind: 'math', tex, display, html: texHtml(tex, display) };
        if (equations.has(id)) throw new Error(`two equations have the id '${id}'`);
        equations.add(id);
        const number = Number(world.numbers.get(id));
        return { kind: 'math', tex, display, id, number, html: texHtml(tex, display, number) };
      }
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
      const problem = { place: world.place(piece.line), message: messageOf(error) };
      problems.push(problem);
      return { kind: 'problem', problem, within: isBlock(piece) ? 'page' : 'line' };
    }
  });
  return { pieces: resolved, cited, problems };
}

function isBlock(piece: ProsePiece): boolean {
  return (
    piece.kind === 'block' || (piece.kind === 'problem' && piece.block) || (piece.kind === 'math' && piece.display)
  );
}

const kinds: Readonly<Record<string, string>> = {
  fig: 'figure',
  tbl: 'table',
  eq: 'equation',
  sec: 'section',
  claim: 'claim',
};

/** `Figure 3` of `fig-x`. */
function numbered(id: string, { numbers, failed }: ProseWorld): string {
  const number = failed.some(({ place }) => place === id) ? '?' : numbers.get(id);
  const prefix = id.slice(0, Math.max(0, id.indexOf('-')));
  const kind = kinds[prefix];
  if (number !== undefined && kind !== undefined) return `${kind.slice(0, 1).toUpperCase()}${kind.slice(1)} ${number}`;
  const alike = [...numbers.keys()].filter((known) => kind === undefined || known.startsWith(`${prefix}-`));
  throw new Error(unknown(kind ?? 'figure or table', id, alike));
}

function unknown(kind: string, name: string, known: readonly string[]): string {
  return `there is no ${kind} '${name}'${choices(name, known)}`;
}
