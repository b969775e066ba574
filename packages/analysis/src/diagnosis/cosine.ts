/**
 * Mean cosine x·y / (|x| |y|) over all pairs of rows of a matrix, in one pass: with u the rows divided by their lengths,
 * (|Σ u|² − m) / (m (m − 1)). Rows that are 0 are left out; NaN with fewer than two others.
 */
export function meanCosine(values: ArrayLike<number>, width: number): number {
  const sum = new Float64Array(width);
  let rows = 0;
  for (let start = 0; start < values.length; start += width) {
    const length = rowLength(values, start, width);
    if (length === 0) continue;
    rows++;
    for (let i = 0; i < width; i++) sum[i] += values[start + i] / length;
  }
  if (rows < 2) return NaN;
  const squares = sum.reduce((total, value) => total + value * value, 0);
  return (squares - rows) / (rows * (rows - 1));
}

/** |x|, without underflow for signals that have all but vanished. */
function rowLength(values: ArrayLike<number>, start: number, width: number): number {
  let sum = 0;
  for (let i = start; i < start + width; i++) sum += values[i] * values[i];
  return Math.sqrt(sum);
}

/**
 * Mean inner product x·y of all pairs of rows over their mean square: with rows of one length the mean cosine; with others, lengths tell rows
 * apart, too. NaN with fewer than two rows, or when all are 0.
 */
export function meanLikeness(values: ArrayLike<number>, width: number): number {
  const sum = new Float64Array(width);
  let squares = 0;
  for (let i = 0; i < values.length; i++) {
    sum[i % width] += values[i];
    squares += values[i] * values[i];
  }
  const rows = values.length / width;
  const ofSum = sum.reduce((total, value) => total + value * value, 0);
  return rows < 2 ? NaN : (ofSum - squares) / ((rows - 1) * squares);
}
