/** C = A B for row-major matrices: A is rows × inner, B inner × columns. */
export interface Product {
  readonly a: Float32Array;
  readonly b: Float32Array;
  readonly rows: number;
  readonly inner: number;
  readonly columns: number;
}

/**
 * C = A B that skips the zeros of A: each other element adds its multiple of a row of B to a row of C. Written into `c`; the multiply-adds that it
 * did are given back: columns × the elements of A that are not 0.
 */
export function skippingProduct(c: Float32Array, { a, b, rows, inner, columns }: Product): number {
  let done = 0;
  c.fill(0);
  for (let row = 0; row < rows; row++) {
    const [from, out] = [row * inner, row * columns];
    for (let l = 0; l < inner; l++) {
      const factor = a[from + l];
      if (factor === 0) continue;
      const start = l * columns;
      for (let column = 0; column < columns; column++) c[out + column] += factor * b[start + column];
      done += columns;
    }
  }
  return done;
}

/** The same loop without the question whether an element is 0. */
export function plainProduct(c: Float32Array, { a, b, rows, inner, columns }: Product): number {
  c.fill(0);
  for (let row = 0; row < rows; row++) {
    const [from, out] = [row * inner, row * columns];
    for (let l = 0; l < inner; l++) {
      const factor = a[from + l];
      const start = l * columns;
      for (let column = 0; column < columns; column++) c[out + column] += factor * b[start + column];
    }
  }
  return rows * inner * columns;
}
