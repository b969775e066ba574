/** What the address of a reference begins with: of all others, some would run something. */
export const webAddress: RegExp = /^https?:\/\//;

/** Whether a page may make a link of an address. */
export function isWebAddress(url: unknown): url is string {
  return typeof url === 'string' && webAddress.test(url);
}
