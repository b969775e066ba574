/** `samples`, `noise` and `seed`, which every toy set takes. */
export interface ToyOptions {
  /** Rows of the data set. Default 500. */
  readonly samples?: number;
  /** Standard deviation of the normal noise on every coordinate; at least 0. */
  readonly noise?: number;
  /** A whole number from 0. Default 0. */
  readonly seed?: number;
}
