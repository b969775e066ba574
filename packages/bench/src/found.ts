/** Something that may not be there: its value, or why not. */
export type Found<T> = { readonly value: T } | { readonly missing: string };

export function isFound<T>(found: Found<T>): found is { readonly value: T } {
  return 'value' in found;
}
