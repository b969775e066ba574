import { choices } from '../choices.ts';

/** Which kind of thing a block shows. */
export type BlockName = 'claims' | 'figure' | 'table';

const blockNames: readonly BlockName[] = ['claims', 'figure', 'table'];

/** What a box beside the text is. */
export type NoteName = 'note' | 'warning';

const noteNames: readonly NoteName[] = ['note', 'warning'];

/** A piece of a study's prose; `line` is where it begins, from 1. */
export type ProsePiece =
  /** Markdown, taken as it is. */
  | { readonly kind: 'text'; readonly text: string; readonly line: number }
  /** Code, which nothing is looked up in. */
  | { readonly kind: 'code'; readonly text: string; readonly line: number }
  /** `{{ path | filter }}` */
  | { readonly kind: 'look-up'; readonly path: string; readonly filters: readonly string[]; readonly line: number }
  /** `@fig-x`, `@tbl-x`, `@eq-x`, `@sec-x` or `@claim-x` */
  | { readonly kind: 'reference'; readonly id: string; readonly line: number }
  /** `[@key]` or `[@key; @key]` */
  | { readonly kind: 'citation'; readonly keys: readonly string[]; readonly line: number }
  /** `::: claims`, `::: figure fig-x` or `::: table tbl-x`, with or without a `:::` that closes it */
  | { readonly kind: 'block'; readonly name: BlockName; readonly id: string; readonly line: number }
  /** The beginning of a heading's line: `## `. What follows is its text. */
  | {
      readonly kind: 'heading';
      readonly text: string;
      readonly level: number;
      /** As it is written, for the id. */
      readonly title: string;
      /** Of `{#sec-x}` behind it; empty for none. */
      readonly id: string;
      readonly line: number;
    }
  /** `$tex$`, or `$$tex$$` by itself, which may have an id: `$$tex$$ {#eq-x}` */
  | {
      readonly kind: 'math';
      readonly tex: string;
      readonly display: boolean;
      readonly id: string;
      readonly line: number;
    }
  /** `::: note` or `::: warning`, and the `:::` that closes it */
  | { readonly kind: 'note'; readonly edge: 'open' | 'close'; readonly name: NoteName; readonly line: number }
  /** Something that cannot be right: a block, or something within a line. */
  | { readonly kind: 'problem'; readonly message: string; readonly block: boolean; readonly line: number };

/** Characters that stand for pieces while Markdown is rendered; taken out of the source, so that no text can pose as one. */
export const blockMark = { open: '\ue000', close: '\ue001' } as const;
export const inlineMark = { open: '\ue002', close: '\ue003' } as const;
/** All of them, in a character class. */
export const marks: RegExp = /[\ue000-\ue003]/g;

const fence = /^ {0,3}(`{3,}|~{3,})/;
const container = /^ {0,3}:::+(.*)$/;
const heading = /^( {0,3}(#{1,6})[ \t]+)(.*?)(?:[ \t]*\{#(sec-[a-z0-9]+(?:-[a-z0-9]+)*)\}[ \t]*)?$/;

/**
 * Takes prose apart. Code (fenced, or between backticks) is left alone, so that prose can show its own syntax; a
 * backslash before `{{`, `@` or `[@` does the same.
 */
export function prosePieces(source: string): readonly ProsePiece[] {
  const lines = source.replace(marks, '').replace(/\r\n?/g, '\n').split('\n');
  const pieces: ProsePiece[] = [];
  let chunk: string[] = [];
  let chunkLine = 1;
  let note: { readonly name: NoteName; readonly line: number } | undefined;
  const flush = (): void => {
    if (chunk.length > 0) pieces.push(...inlinePieces(`${chunk.join('\n')}\n`, chunkLine));
    chunk = [];
  };

  for (let at = 0; at < lines.length; at++) {
    const text = lines[at] ?? '';
    const line = at + 1;
    const [, opening] = fence.exec(text) ?? [];
    const [, header] = container.exec(text) ?? [];
    const title = heading.exec(text);
    if (opening !== undefined) {
      flush();
      const end = closingFence(lines, at + 1, opening);
      pieces.push({ kind: 'code', text: `${lines.slice(at, end + 1).join('\n')}\n`, line });
      at = end;
    } else if (header !== undefined) {
      flush();
      const opened = noteNames.find((name) => name === header.trim());
      if (opened !== undefined && note === undefined) {
        note = { name: opened, line };
        pieces.push({ kind: 'note', edge: 'open', ...note });
      } else if (header.trim() === '' && note !== undefined) {
        pieces.push({ kind: 'note', edge: 'close', name: note.name, line });
        note = undefined;
      } else {
        pieces.push(blockPiece(header.trim(), line));
        at = closingColons(lines, at);
      }
    } else if (title !== null) {
      flush();
      const [, start = '', signs = '', words = '', id = ''] = title;
      pieces.push({ kind: 'heading', text: start, level: signs.length, title: words, id, line });
      pieces.push(...inlinePieces(`${words}\n`, line));
    } else {
      if (chunk.length === 0) chunkLine = line;
      chunk.push(text);
      if (text.trim() === '') flush();
    }
  }
  flush();
  if (note !== undefined) {
    const message = `nothing closes this '::: ${note.name}': it needs a line of ':::' below it`;
    pieces.push({ kind: 'note', edge: 'close', name: note.name, line: lines.length });
    pieces.push({ kind: 'problem', message, block: true, line: note.line });
  }
  return pieces;
}

/** Takes Markdown apart that has formulas, and nothing else of a study's prose: the rest is text and code. */
export function formulaPieces(source: string): readonly Extract<ProsePiece, { kind: 'text' | 'code' | 'math' }>[] {
  const lines = source.replace(marks, '').replace(/\r\n?/g, '\n').split('\n');
  const pieces: Extract<ProsePiece, { kind: 'text' | 'code' | 'math' }>[] = [];
  for (let at = 0; at < lines.length; at++) {
    const [, opening] = fence.exec(lines[at] ?? '') ?? [];
    const from = at;
    if (opening === undefined) while (at + 1 < lines.length && !fence.test(lines[at + 1] ?? '')) at += 1;
    else at = closingFence(lines, at + 1, opening);
    const text = `${lines.slice(from, at + 1).join('\n')}\n`;
    if (opening === undefined) pieces.push(...inlinePieces(text, from + 1, formulaTokens));
    else pieces.push({ kind: 'code', text, line: from + 1 });
  }
  return pieces;
}

/** Index of the line that closes a fence, or of the last line where none does. */
function closingFence(lines: readonly string[], from: number, opening: string): number {
  const closing = new RegExp(`^ {0,3}\\${opening[0]}{${opening.length},}\\s*$`);
  const found = lines.findIndex((line, i) => i >= from && closing.test(line));
  return found < 0 ? lines.length - 1 : found;
}

/** Index of the `:::` that closes the block which opens at `at`, after blank lines only; `at` where there is none. */
export function closingColons(lines: readonly string[], at: number): number {
  let next = at + 1;
  while (next < lines.length && lines[next]?.trim() === '') next += 1;
  return /^ {0,3}:::+\s*$/.test(lines[next] ?? '') ? next : at;
}

function blockPiece(header: string, line: number): ProsePiece {
  const [name = '', id = '', ...rest] = header.split(/\s+/);
  const problem = (message: string): ProsePiece => ({ kind: 'problem', message, block: true, line });
  if (name === '') return problem("this ':::' closes nothing: figures, tables and claims hold no text");
  if (noteNames.some((known) => known === name)) {
    return problem(`write '::: ${name}' and the text below it; one note cannot stand in another`);
  }
  if (name === 'include') {
    const message =
      id === ''
        ? "write '::: include FILE', as in '::: include part.md'"
        : 'only prose that is a file of its own can include another one, and that one includes nothing';
    return problem(message);
  }
  if (!blockNames.some((known) => known === name)) {
    return problem(`there is no block '${name}'${choices(name, [...blockNames, ...noteNames, 'include'])}`);
  }
  if (rest.length > 0 || (name === 'claims') !== (id === '')) {
    return problem(`write ${name === 'claims' ? "'::: claims'" : `'::: ${name} ID'`}, not '::: ${header}'`);
  }
  return { kind: 'block', name: name as BlockName, id, line };
}

interface Token<Piece extends ProsePiece> {
  readonly pattern: RegExp;
  readonly piece: (match: RegExpExecArray, line: number) => Piece;
}

const formulaTokens: readonly Token<Extract<ProsePiece, { kind: 'text' | 'code' | 'math' }>>[] = [
  { pattern: /\\[\s\S]/y, piece: ([text], line) => ({ kind: 'text', text, line }) },
  {
    pattern: /(?<!`)(`+)(?!`)[\s\S]*?(?<!`)\1(?!`)/y,
    piece: ([text], line) => ({ kind: 'code', text, line }),
  },
  {
    pattern: /\$\$([^$]+)\$\$(?:[ \t]*\{#(eq-[a-z0-9]+(?:-[a-z0-9]+)*)\})?/y,
    piece: ([, tex = '', id = ''], line) => ({ kind: 'math', tex: tex.trim(), display: true, id, line }),
  },
  {
    pattern: /(?<!\$)\$(?![\s$])((?:\\[^\n]|[^$\\\n]|\n(?!\n))*?[^\s\\$]|\\[^\n])\$(?![\d$])/y,
    piece: ([, tex = ''], line) => ({ kind: 'math', tex, display: false, id: '', line }),
  },
];

const tokens: readonly Token<ProsePiece>[] = [
  ...formulaTokens,
  {
    pattern: /\{\{([^{}\n]*)\}\}/y,
    piece: ([, inside = ''], line) => {
      const [path = '', ...filters] = inside.split('|').map((part) => part.trim());
      return { kind: 'look-up', path, filters, line };
    },
  },
  {
    pattern: /\[(@[\w:.-]+(?:\s*;\s*@[\w:.-]+)*)\](?!\()/y,
    piece: ([, inside = ''], line) => ({
      kind: 'citation',
      keys: inside.split(';').map((key) => key.trim().slice(1)),
      line,
    }),
  },
  {
    pattern: /(?<![\w/.@])@((?:fig|tbl|eq|sec|claim)-[a-z0-9]+(?:-[a-z0-9]+)*)/y,
    piece: ([, id = ''], line) => ({ kind: 'reference', id, line }),
  },
  {
    pattern: /!(?=\[)/y,
    piece: (_match, line) => ({
      kind: 'problem',
      message: 'prose cannot show pictures: make it a figure of the study, or write \\! for an exclamation mark',
      block: false,
      line,
    }),
  },
];

function inlinePieces(text: string, firstLine: number): ProsePiece[];
function inlinePieces<Piece extends ProsePiece>(
  text: string,
  firstLine: number,
  tokens: readonly Token<Piece>[],
): (Piece | Extract<ProsePiece, { kind: 'text' }>)[];
function inlinePieces(text: string, firstLine: number, syntax: readonly Token<ProsePiece>[] = tokens): ProsePiece[] {
  const pieces: ProsePiece[] = [];
  let line = firstLine;
  let plainFrom = 0;
  let plainLine = line;
  for (let at = 0; at < text.length;) {
    const found = syntax
      .map(({ pattern, piece }) => ({ match: matchAt(pattern, text, at), piece }))
      .find(({ match }) => match);
    const length = found?.match?.[0].length ?? 1;
    if (found?.match) {
      if (at > plainFrom) pieces.push({ kind: 'text', text: text.slice(plainFrom, at), line: plainLine });
      pieces.push(found.piece(found.match, line));
    }
    line += text.slice(at, at + length).split('\n').length - 1;
    at += length;
    if (found?.match) {
      plainFrom = at;
      plainLine = line;
    }
  }
  if (plainFrom < text.length) pieces.push({ kind: 'text', text: text.slice(plainFrom), line: plainLine });
  return pieces;
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}
