import type { ProsePiece } from './pieces.ts';

/** A heading of prose, with the id that links lead to. */
export interface Section {
  readonly id: string;
  /** Such as `2` or `2.1`. */
  readonly number: string;
}

/** The sections of prose in the order of its headings: those of the first two levels, and under them those of the third and fourth. */
export function sectionsOf(pieces: readonly ProsePiece[]): readonly Section[] {
  const taken = new Set<string>();
  const counts = [0, 0, 0];
  return pieces.flatMap((piece) => {
    if (piece.kind !== 'heading') return [];
    const depth = Math.min(2, Math.max(0, piece.level - 2));
    counts[depth] = (counts[depth] ?? 0) + 1;
    counts.fill(0, depth + 1);
    const id = freeName(piece.id || sectionId(piece.title), taken);
    taken.add(id);
    return [{ id, number: counts.slice(0, depth + 1).join('.') }];
  });
}

/** `sec-why-so` of `Why *so*? {{ value }}`: the words of a heading, without what is looked up. */
export function sectionId(title: string): string {
  const words = title
    .replace(/\{\{.*?\}\}|\[@.*?\]|\]\([^)]*\)/g, ' ')
    .toLowerCase()
    .normalize('NFKD')
    .match(/[a-z0-9]+/g);
  return `sec-${(words ?? ['part']).join('-')}`;
}

/** The name, or where it is taken with the first number behind it that is free. */
export function freeName(name: string, taken: ReadonlySet<string>): string {
  let free = name;
  for (let copy = 2; taken.has(free); copy++) free = `${name}-${copy}`;
  return free;
}
