/** What a page holds of a figure beside itself. */
type Part = 'plot' | 'rows' | 'caption' | 'alt' | 'wide' | 'narrow';

/** The id of a part of a figure. No figure has such an id, for in a slug no two hyphens follow one another. */
export function partId(figure: string, part: Part): string {
  return `${figure}--${part}`;
}
