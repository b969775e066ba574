import { UsageError } from './errors.ts';

/**
 * The whole number that an option was given, undefined when it was not.
 *
 * @throws UsageError for anything but a whole number in the range.
 */
export function readWholeNumber(
  flag: string,
  text: string | undefined,
  { from, to = Number.MAX_SAFE_INTEGER }: { readonly from: number; readonly to?: number },
): number | undefined {
  if (text === undefined) return undefined;
  const value = /^\d+$/.test(text) ? Number(text) : NaN;
  if (value >= from && value <= to) return value;
  const end = to === Number.MAX_SAFE_INTEGER ? '' : ` to ${to}`;
  throw new UsageError(`${flag} is a whole number from ${from}${end}, not '${text}'`);
}
