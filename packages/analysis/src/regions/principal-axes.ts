/** The directions in which points spread most. */
export interface PrincipalAxes {
  /** Two unit vectors, orthogonal, the first with the larger spread; the largest coordinate of each is positive. */
  readonly axes: readonly [readonly number[], readonly number[]];
  /** Share of the variance along them; 1 when there is no variance at all. */
  readonly explained: number;
}

/** The first two eigenvectors of a covariance matrix (n × n, row-major, n at least 2), by Jacobi's rotations. */
export function principalAxes(covariance: Float64Array, n: number): PrincipalAxes {
  const matrix = covariance.slice();
  const vectors = new Float64Array(n * n);
  for (let i = 0; i < n; i++) vectors[i * n + i] = 1;
  for (let sweep = 0; sweep < 60 && offDiagonal(matrix, n) > 0; sweep++) {
    for (let p = 0; p < n; p++) for (let q = p + 1; q < n; q++) rotate(matrix, vectors, n, p, q);
  }
  const variances = Array.from({ length: n }, (_, i) => matrix[i * n + i]);
  const order = variances.map((_, i) => i).sort((i, j) => variances[j] - variances[i]);
  const total = variances.reduce((sum, variance) => sum + variance, 0);
  const [first, second] = order;
  return {
    axes: [axis(vectors, n, first), axis(vectors, n, second)],
    explained: total > 0 ? Math.min(1, (variances[first] + variances[second]) / total) : 1,
  };
}

/** What is left off the diagonal, 0 when it is nothing beside it. */
function offDiagonal(matrix: Float64Array, n: number): number {
  let off = 0;
  let diagonal = 0;
  for (let i = 0; i < n; i++) {
    diagonal += Math.abs(matrix[i * n + i]);
    for (let j = i + 1; j < n; j++) off += Math.abs(matrix[i * n + j]);
  }
  return off > 1e-14 * diagonal ? off : 0;
}

/** One rotation that makes entry (p, q) zero (Golub & Van Loan, Matrix computations, section 8.5). */
function rotate(matrix: Float64Array, vectors: Float64Array, n: number, p: number, q: number): void {
  const entry = matrix[p * n + q];
  if (entry === 0) return;
  const tau = (matrix[q * n + q] - matrix[p * n + p]) / (2 * entry);
  const tangent = (tau < 0 ? -1 : 1) / (Math.abs(tau) + Math.sqrt(1 + tau * tau));
  const cosine = 1 / Math.sqrt(1 + tangent * tangent);
  const sine = tangent * cosine;
  for (let k = 0; k < n; k++) turn(matrix, k * n + p, k * n + q, cosine, sine);
  for (let k = 0; k < n; k++) turn(matrix, p * n + k, q * n + k, cosine, sine);
  for (let k = 0; k < n; k++) turn(vectors, k * n + p, k * n + q, cosine, sine);
}

function turn(values: Float64Array, i: number, j: number, cosine: number, sine: number): void {
  const a = values[i];
  const b = values[j];
  values[i] = cosine * a - sine * b;
  values[j] = sine * a + cosine * b;
}

function axis(vectors: Float64Array, n: number, column: number): readonly number[] {
  const found = Array.from({ length: n }, (_, i) => vectors[i * n + column]);
  const largest = found.reduce((best, x) => (Math.abs(x) > Math.abs(best) + 1e-9 ? x : best), 0);
  return largest < 0 ? found.map((x) => -x) : found;
}
