/** What in Markdown is no prose: look-ups, formulas, citations, links to figures, ids, and lines that place something. */
const noProse = [
  /\{\{.*?\}\}/gs,
  /\$\$.*?\$\$/gs,
  /\$[^$]*\$/g,
  /\[@[^\]]*\]/g,
  /@(?:fig|tbl|eq|claim|sec)-[\w-]+/g,
  /\{#[^}]*\}/g,
  /^:::.*$/gm,
];

/** What may be typed. */
const plain = /^(?:0|1)$/;

/**
 * The numbers that a text has typed, and not looked up: a study that changes would leave them behind. Each with a few words around it.
 *
 * @param allowed - phrases whose numbers are no results of a study: of definitions, or as somebody else said them.
 */
export function typedNumbers(text: string, allowed: readonly string[] = []): readonly string[] {
  const withoutLookUps = noProse.reduce((rest, pattern) => rest.replace(pattern, ' '), text).replace(/\s+/g, ' ');
  const prose = allowed.reduce((rest, phrase) => rest.replaceAll(phrase, ' '), withoutLookUps);
  return [...prose.matchAll(/(?<![\w.,])\d+(?:[.,]\d+)*/g)].flatMap(({ 0: number, index }) =>
    plain.test(number) ? [] : [prose.slice(Math.max(0, index - 20), index + number.length + 15).trim()],
  );
}
