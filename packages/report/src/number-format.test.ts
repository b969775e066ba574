import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type NumberFormat, formatNumber, isNumberFormat, numberFormats } from './number-format.ts';

/** With plain spaces and hyphens. */
function plain(x: number, format?: NumberFormat): string {
  return formatNumber(x, format).replaceAll('\u00a0', ' ').replaceAll('\u2212', '-');
}

describe('formatNumber', () => {
  it.each<[number, NumberFormat, string]>([
    [0.97832, 'percent', '97.8 %'],
    [0.97832, 'percent0', '98 %'],
    [0.97832, 'percent2', '97.83 %'],
    [-0.5, 'percent', '-50.0 %'],
    [0.2948, 'points', '+29.5 points'],
    [-0.0123, 'points1', '-1.2 points'],
    [0.00456, 'points2', '+0.46 points'],
    [0, 'points', '0.0 points'],
    [-0.0001, 'points', '0.0 points'],
    [0.0001, 'points', '0.0 points'],
    [60000, 'integer', '60,000'],
    [2.5, 'fixed2', '2.50'],
    [1234567, 'auto', '1.235 × 10⁶'],
    [0.000012345, 'auto', '1.234 × 10⁻⁵'],
    [9999.6, 'significant4', '10,000'],
    [99_999.5, 'significant4', '100,000'],
    [123_456.7, 'auto', '123,500'],
    [0.5, 'auto', '0.5'],
    [60000, 'auto', '60,000'],
    [20, 'auto', '20'],
    [1 / 3, 'auto', '0.3333'],
    [100.04, 'auto', '100'],
    [0, 'scientific', '0'],
    [6.02214e23, 'scientific', '6.02 × 10²³'],
    [-0.00001, 'fixed2', '0.00'],
    [-0.00001, 'percent', '0.0 %'],
    [0.0314159, 'significant3', '0.0314'],
  ])('writes %d as %s: %s', (x, format, text) => {
    expect(plain(x, format)).toBe(text);
  });

  it('says NaN and infinities as they are, in every format', () => {
    for (const format of numberFormats) {
      expect([plain(NaN, format), plain(Infinity, format), plain(-Infinity, format)]).toEqual(['NaN', '∞', '-∞']);
    }
  });

  it.each(['0.7', undefined, null, true])('refuses %j, which is no number', (x) => {
    expect(() => formatNumber(x as unknown as number)).toThrow(
      `A number format writes numbers, and '${String(x)}' is none`,
    );
  });

  it('refuses an unknown format and names the nearest', () => {
    expect(() => formatNumber(1, 'precent' as NumberFormat)).toThrow(
      /no number format 'precent'; did you mean 'percent'/,
    );
    expect(isNumberFormat('constructor')).toBe(false);
  });

  it('keeps four significant digits by default', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-4, max: 999999, noNaN: true }), (x) => {
        const read = Number(
          plain(x)
            .replaceAll(',', '')
            .replace(/ × 10.*/, ''),
        );
        if (!plain(x).includes('×')) expect(Math.abs(read - x) / x).toBeLessThanOrEqual(5.001e-4);
      }),
    );
  });
});
