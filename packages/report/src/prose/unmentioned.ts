import { allClaims } from '../claims/all-claims.ts';
import type { Problem, Report } from '../report.ts';
import type { ProsePiece } from './pieces.ts';

/**
 * What a study defines and nobody speaks of: figures and tables that neither prose nor a claim's evidence refers to, equations
 * and sections with an id that nobody needs, and works that are never cited. Empty without prose.
 *
 * @param place - where a line of prose is.
 */
export function unmentioned(
  pieces: readonly ProsePiece[],
  report: Pick<Report, 'claims' | 'figures' | 'tables' | 'references' | 'provenance' | 'prose' | 'source'>,
  place: (line: number) => string,
): readonly Problem[] {
  if (report.prose.markdown.trim() === '') return [];
  const { clock } = report.provenance;
  const mentioned = new Set([
    ...pieces.flatMap((piece) => (piece.kind === 'reference' ? [piece.id] : [])),
    ...allClaims(report).flatMap(({ evidence }) => evidence ?? []),
  ]);
  const cited = new Set(pieces.flatMap((piece) => (piece.kind === 'citation' ? piece.keys : [])));
  const placed = new Map(pieces.flatMap((piece) => (piece.kind === 'block' ? [[piece.id, piece.line] as const] : [])));
  const where = (id: string): string => {
    const line = placed.get(id);
    return line === undefined ? placeInCode(report.source, id) : place(line);
  };
  const shown = [...report.figures, ...clock.figures, ...report.tables, ...clock.tables];
  return [
    ...shown
      .filter(({ id }) => !mentioned.has(id))
      .map(({ id }) => ({
        place: where(id),
        message: `nothing refers to '${id}': write @${id} where it is spoken of`,
      })),
    ...pieces.flatMap((piece) =>
      (piece.kind === 'math' || piece.kind === 'heading') && piece.id !== '' && !mentioned.has(piece.id)
        ? [
            {
              place: place(piece.line),
              message: `nothing refers to '${piece.id}': write @${piece.id}, or leave its id away`,
            },
          ]
        : [],
    ),
    ...Object.keys(report.references)
      .filter((key) => !cited.has(key))
      .map((key) => ({ place: where(key), message: `nothing cites '${key}': write [@${key}] where it is used` })),
  ];
}

/** `study.ts:12`, the first line of code that has the name as a text or a key; the name itself where there is none. */
function placeInCode(source: Report['source'], name: string): string {
  const plain = name.replaceAll('.', '\\.');
  const word = new RegExp(`(['"\`])${plain}\\1|(?<![\\w$.-])${plain}\\s*:`);
  for (const { file, code } of source ? [source, ...(source.imports ?? [])] : []) {
    const line = code.split('\n').findIndex((text) => word.test(text));
    if (line >= 0) return `${file}:${line + 1}`;
  }
  return name;
}
