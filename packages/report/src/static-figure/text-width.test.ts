import { describe, expect, it } from 'vitest';
import { textWidth } from './text-width.ts';

describe('textWidth', () => {
  // From the font's published metrics (AFM), in thousandths of the font size.
  it.each([
    ['0', false, 636],
    [' ', false, 318],
    ['A', false, 684],
    ['M', false, 863],
    ['i', false, 278],
    ['−', false, 838],
    ['σ', false, 634],
    ['0', true, 696],
    ['A', true, 774],
  ])('has the published width of %j (bold: %s)', (letter, isBold, width) => {
    expect(textWidth(letter, 1000, isBold)).toBeCloseTo(width, -0.3);
  });

  it('adds up letters, in proportion to the size of the font', () => {
    expect(textWidth('60 A', 26)).toBeCloseTo(
      2 * (2 * textWidth('0', 13) + textWidth(' ', 13) + textWidth('A', 13)),
      9,
    );
    expect(textWidth('', 13)).toBe(0);
  });
});
