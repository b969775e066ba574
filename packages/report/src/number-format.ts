import { ParameterError } from '@relu-lab/core';
import { choices } from './choices.ts';

/**
 * How a number is written:
 *
 * - `auto`: four significant digits; powers of ten when very small or large; whole numbers in full
 * - `integer`: rounded, with separators: 60,000
 * - `percent`, `percent0` … `percent4`: times 100, with so many decimals (`percent` has one): 97.8 %
 * - `points`, `points1`, `points2`: a difference of shares in percentage points, with its sign and so many decimals
 *   (`points` has one): +29.5 points
 * - `fixed0` … `fixed6`: so many decimals
 * - `significant1` … `significant6`: so many significant digits
 * - `scientific`: three significant digits times a power of ten
 */
export type NumberFormat =
  | 'auto'
  | 'integer'
  | 'percent'
  | `percent${0 | 1 | 2 | 3 | 4}`
  | 'points'
  | `points${1 | 2}`
  | `fixed${0 | 1 | 2 | 3 | 4 | 5 | 6}`
  | `significant${1 | 2 | 3 | 4 | 5 | 6}`
  | 'scientific';

const noBreak = '\u00a0';
const minus = '\u2212';
const grouped = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });

const formats: ReadonlyMap<string, (x: number) => string> = new Map([
  ['auto', auto],
  ['integer', (x) => grouped.format(x)],
  ['percent', (x) => percent(x, 1)],
  ...[0, 1, 2, 3, 4].map((digits) => [`percent${digits}`, (x: number) => percent(x, digits)] as const),
  ['points', (x) => points(x, 1)],
  ...[1, 2].map((digits) => [`points${digits}`, (x: number) => points(x, digits)] as const),
  ...[0, 1, 2, 3, 4, 5, 6].map((digits) => [`fixed${digits}`, (x: number) => fixed(x, digits)] as const),
  ...[1, 2, 3, 4, 5, 6].map((digits) => [`significant${digits}`, (x: number) => significant(x, digits)] as const),
  ['scientific', (x) => powerOfTen(x, 3)],
] as const);

/** The names of all formats. */
export const numberFormats: readonly NumberFormat[] = [...formats.keys()] as NumberFormat[];

/** Whether there is a number format of that name. */
export function isNumberFormat(name: string): name is NumberFormat {
  return formats.has(name);
}

/**
 * Writes a number in a format. The same on every machine. `NaN`, `∞` and `−∞` are written as such in every format.
 *
 * @param format - default `auto`.
 * @throws ParameterError when there is no format of that name, or `x` is no number.
 */
export function formatNumber(x: number, format: NumberFormat = 'auto'): string {
  const write = formats.get(format);
  if (write === undefined) {
    throw new ParameterError(`There is no number format '${format}'${choices(format, numberFormats)}`);
  }
  if (typeof x !== 'number') throw new ParameterError(`A number format writes numbers, and '${String(x)}' is none`);
  if (Number.isNaN(x)) return 'NaN';
  if (!Number.isFinite(x)) return x > 0 ? '∞' : `${minus}∞`;
  const text = write(x);
  // What is rounded to nothing has no sign.
  return /^[-+][0.,]*( ?(%|points))?$/.test(text.replaceAll(noBreak, ' '))
    ? text.slice(1)
    : text.replaceAll('-', minus);
}

function percent(x: number, digits: number): string {
  return `${fixed(x * 100, digits)}${noBreak}%`;
}

function points(x: number, digits: number): string {
  return `${x > 0 ? '+' : ''}${fixed(x * 100, digits)}${noBreak}points`;
}

function fixed(x: number, digits: number): string {
  return Math.abs(x) >= 1e21 ? powerOfTen(x, 3) : x.toFixed(digits);
}

function significant(x: number, digits: number): string {
  const rounded = Number(x.toPrecision(digits));
  if (rounded === 0) return '0';
  const magnitude = Math.abs(rounded);
  if (magnitude < 1e-4 || magnitude >= 1e6) return powerOfTen(x, digits);
  if (magnitude >= 1e4) return grouped.format(rounded);
  return rounded.toFixed(Math.max(0, digits - 1 - Math.floor(Math.log10(magnitude))));
}

function auto(x: number): string {
  if (Number.isInteger(x) && Math.abs(x) < 1e6) return Math.abs(x) < 1e4 ? String(x) : grouped.format(x);
  const text = significant(x, 4);
  return text.includes('×') || !text.includes('.') ? text : text.replace(/\.?0+$/, '');
}

const superscripts: Readonly<Record<string, string>> = {
  '-': '⁻',
  0: '⁰',
  1: '¹',
  2: '²',
  3: '³',
  4: '⁴',
  5: '⁵',
  6: '⁶',
  7: '⁷',
  8: '⁸',
  9: '⁹',
};

function powerOfTen(x: number, digits: number): string {
  if (x === 0) return '0';
  const [mantissa = '', exponent = ''] = x.toExponential(digits - 1).split('e');
  const power = [...exponent.replace('+', '')].map((digit) => superscripts[digit] ?? digit).join('');
  return `${mantissa}${noBreak}×${noBreak}10${power}`;
}
