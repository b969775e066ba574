import type { Values } from './snapshot.ts';

/** Numbers in a row up to which they are copied one by one: making a view of so few takes longer. */
const shortRow = 64;

/** Copies single rows of an array, and makes nothing on the way: views of long rows are made once and kept. */
export class RowReader {
  readonly source: Values;
  readonly #width: number;
  readonly #views: Values[] = [];

  /** @param source - rows × width, row-major. */
  constructor(source: Values, width: number) {
    this.source = source;
    this.#width = width;
  }

  /** Copies one row to `at`. */
  copy(row: number, to: Values, at: number): void {
    const { source } = this;
    const width = this.#width;
    const start = row * width;
    if (width > shortRow) {
      to.set((this.#views[row] ??= source.subarray(start, start + width)), at);
      return;
    }
    for (let i = 0; i < width; i++) to[at + i] = source[start + i];
  }
}
