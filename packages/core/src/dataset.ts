/**
 * Samples and what is to be learnt of them.
 *
 * `inputs` holds `rows × features` numbers, row-major. `targets` holds one class index a row (`Int32Array`, with
 * `classes` set), or any whole number of values a row (`Float32Array`).
 */
export interface Dataset {
  readonly name: string;
  readonly rows: number;
  readonly features: number;
  /** Number of classes, when the targets are class indices. */
  readonly classes?: number;
  readonly inputs: Float32Array;
  readonly targets: Int32Array | Float32Array;
}
