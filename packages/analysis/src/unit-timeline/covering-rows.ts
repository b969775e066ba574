import type { UnitMarks } from './unit-marks.ts';

/**
 * At most `most` of the samples 0 … rows − 1 that show as many units as possible, by the greedy rule: always the sample that shows most
 * of the units that none has shown yet; once all are shown, again from the start.
 */
export function coveringRows(marks: readonly UnitMarks[], rows: number, most: number): readonly number[] {
  const open = marks.map(({ worth }) => worth.slice());
  const chosen = new Set<number>();
  let isFresh = true;
  while (chosen.size < Math.min(most, rows)) {
    const { row, gain } = largestGain(marks, open, rows, chosen);
    if (gain > 0) {
      chosen.add(row);
      marks.forEach((layer, i) => close(layer, open[i], row));
      isFresh = false;
    } else {
      // Nothing is left to show, and never was where all units are open.
      if (isFresh) break;
      marks.forEach(({ worth }, i) => open[i].set(worth));
      isFresh = true;
    }
  }
  return [...chosen];
}

function largestGain(
  marks: readonly UnitMarks[],
  open: readonly Uint8Array[],
  rows: number,
  chosen: ReadonlySet<number>,
): { readonly row: number; readonly gain: number } {
  let best = { row: 0, gain: 0 };
  for (let row = 0; row < rows; row++) {
    if (chosen.has(row)) continue;
    const gain = marks.reduce((sum, layer, i) => sum + gainIn(layer, open[i], row), 0);
    if (gain > best.gain) best = { row, gain };
  }
  return best;
}

/** What a row is worth for the units of a layer that are still open. */
function gainIn({ clear, units }: UnitMarks, open: Uint8Array, row: number): number {
  let sum = 0;
  for (let unit = 0, at = row * units; unit < units; unit++, at++) sum += clear[at] * open[unit];
  return sum;
}

function close({ clear, units }: UnitMarks, open: Uint8Array, row: number): void {
  for (let unit = 0, at = row * units; unit < units; unit++, at++) if (clear[at] === 1) open[unit] = 0;
}
