/** True for `{}` and `Object.create(null)`, of this realm or another; false for arrays, class instances and everything else. */
export function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

/** What a value is, for a message: `undefined`, `a function`, `a Map`. */
export function kindOf(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  return `a ${typeof value === 'object' ? (value.constructor?.name ?? 'special object') : typeof value}`;
}
