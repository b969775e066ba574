import { type AdvanceRange, boldAdvances, regularAdvances } from './dejavu-advances.ts';

const unitsPerEm = 2048;
/** Of a letter that the tables do not have: about that of a capital. */
const otherAdvance = 1300;

const regular = decode(regularAdvances);
const bold = decode(boldAdvances);

/**
 * How wide DejaVu Sans writes a line, in the unit of `fontSize`: the sum of the letters' advances, without kerning. Most
 * other sans-serif fonts write it narrower.
 */
export function textWidth(line: string, fontSize: number, isBold = false): number {
  const advances = isBold ? bold : regular;
  let units = 0;
  for (const letter of line) units += advances.get(letter.codePointAt(0) ?? 0) ?? otherAdvance;
  return (units / unitsPerEm) * fontSize;
}

function decode(ranges: readonly AdvanceRange[]): ReadonlyMap<number, number> {
  return new Map(
    ranges.flatMap(({ from, advances }) =>
      advances.split(' ').map((advance, i) => [from + i, Number.parseInt(advance, 36)] as const),
    ),
  );
}
