import { UsageError } from '../errors.ts';

/** One option of a theory command: how its text is read, and what it means. */
export interface TheoryOption<Value, Required extends boolean> {
  readonly required: Required;
  /** What stands for the value in a help text: `number`, `n,n,…`. */
  readonly shape: string;
  /** What the value is, with its unit or symbol. */
  readonly meaning: string;
  /** The default, as text; absent when there is none. */
  readonly fallback?: string;
  /**
   * @throws UsageError for a text that is no such value.
   */
  read(text: string, flag: string): Value;
}

/** A number that must be given. */
export function number(meaning: string): TheoryOption<number, true> {
  return { required: true, shape: 'number', meaning, read: readNumber };
}

/** A number that may be left out. */
export function optionalNumber(meaning: string, fallback: string): TheoryOption<number, false> {
  return { required: false, shape: 'number', meaning, fallback, read: readNumber };
}

/** Numbers that must be given: `0.5,1,2`. */
export function numbers(meaning: string): TheoryOption<readonly number[], true> {
  return { required: true, shape: 'n,n,…', meaning, read: readNumbers };
}

/** Numbers that may be left out. */
export function optionalNumbers(meaning: string, fallback: string): TheoryOption<readonly number[], false> {
  return { required: false, shape: 'n,n,…', meaning, fallback, read: readNumbers };
}

/** Widths of layers: `64,64,10`, or `100x20` for twenty layers of 100. */
export function widths(meaning: string): TheoryOption<readonly number[], true> {
  return { required: true, shape: 'n,n,…', meaning: `${meaning}; 100x20 is 20 times 100`, read: readWidths };
}

/** A name that must be given. */
export function name(meaning: string): TheoryOption<string, true> {
  return { required: true, shape: 'name', meaning, read: (text) => text };
}

/** The flag of an option: `weightVariance` is `--weight-variance`. */
export function flagOf(key: string): string {
  return `--${key.replace(/[A-Z]/g, (capital) => `-${capital.toLowerCase()}`)}`;
}

/** @throws UsageError for a text that is no number. */
export function readNumber(text: string, flag: string): number {
  const value = text.trim() === '' ? NaN : Number(text);
  if (Number.isNaN(value)) throw new UsageError(`${flag} is a number, not '${text}'`);
  return value;
}

function readNumbers(text: string, flag: string): readonly number[] {
  return text.split(',').map((part) => {
    const value = part.trim() === '' ? NaN : Number(part);
    if (Number.isNaN(value)) throw new UsageError(`${flag} is a list of numbers such as 0.5,1,2, not '${text}'`);
    return value;
  });
}

function readWidths(text: string, flag: string): readonly number[] {
  return text.split(',').flatMap((part) => {
    const [, width, times = '1'] = /^\s*(\d+)(?:x(\d{1,5}))?\s*$/.exec(part) ?? [];
    if (width === undefined)
      throw new UsageError(`${flag} is a list of widths such as 64,64,10 or 100x20, not '${text}'`);
    return Array.from({ length: Number(times) }, () => Number(width));
  });
}
