/**
 * The orthonormal factor Q of A = QR with a positive diagonal of R, in place. `matrix` holds `columns` columns of `rows`
 * numbers each, one after the other; `columns` ≤ `rows`.
 *
 * The sign of R's diagonal is a choice; with a positive one, Q of a matrix of independent normal numbers is uniform over all
 * orthonormal columns (Haar measure), and without it, it is not.
 *
 * @see Golub & Van Loan 2013, Matrix Computations, section 5.2; on the sign, Mezzadri 2007, https://arxiv.org/abs/math-ph/0609050
 */
export function orthonormalise(matrix: Float64Array, rows: number, columns: number): void {
  // A reflection I − β v vᵀ a column clears it below the diagonal; v takes the place of what it clears.
  const betas = new Float64Array(columns);
  const negative = new Uint8Array(columns);
  for (let k = 0; k < columns; k++) {
    const start = k * rows;
    let square = 0;
    for (let i = k; i < rows; i++) square += matrix[start + i] ** 2;
    const head = matrix[start + k];
    const length = Math.sqrt(square);
    // v's head is a sum of two numbers of one sign, so that nothing cancels; R's diagonal gets the other sign.
    matrix[start + k] = head + (head < 0 ? -length : length);
    negative[k] = head < 0 ? 0 : 1;
    betas[k] = length === 0 ? 0 : 1 / (square + Math.abs(head) * length);
    for (let j = k + 1; j < columns; j++) reflect(matrix, start, betas[k], matrix, j * rows, k, rows);
  }
  // Q is the product of the reflections, applied from the last to the first to the columns of the identity.
  const q = new Float64Array(rows * columns);
  for (let k = columns - 1; k >= 0; k--) {
    q[k * rows + k] = 1;
    for (let j = k; j < columns; j++) reflect(matrix, k * rows, betas[k], q, j * rows, k, rows);
  }
  for (let k = 0; k < columns; k++) {
    const sign = negative[k] === 1 ? -1 : 1;
    for (let i = k * rows; i < (k + 1) * rows; i++) matrix[i] = sign * q[i];
  }
}

/** Reflects one column of `target`: x − β (v · x) v over the rows from `first` on. */
function reflect(
  v: Float64Array,
  vStart: number,
  beta: number,
  target: Float64Array,
  targetStart: number,
  first: number,
  rows: number,
): void {
  let product = 0;
  for (let i = first; i < rows; i++) product += v[vStart + i] * target[targetStart + i];
  product *= beta;
  for (let i = first; i < rows; i++) target[targetStart + i] -= product * v[vStart + i];
}
