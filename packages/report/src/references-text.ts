import type { Reference } from './study.ts';

/** A work without its address: `Lu, Shin (2019). Dying ReLU. Venue.` */
export function referenceText({ authors, year, title, venue }: Reference): string {
  const who = (authors ?? []).join(', ');
  const head = [who, year === undefined ? '' : `(${year})`].filter((part) => part !== '').join(' ');
  return [head, title, venue ?? '']
    .filter((part) => part !== '')
    .map((part) => part.replace(/\.?$/, '.'))
    .join(' ');
}
