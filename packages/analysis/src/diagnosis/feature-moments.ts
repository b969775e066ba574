/**
 * Mean and standard deviation (dividing by the rows) of each column of a row-major matrix. Taken about the first row, so that the deviation of
 * a constant column is exactly 0.
 */
export function featureMoments(
  values: ArrayLike<number>,
  width: number,
): { readonly mean: Float64Array; readonly deviation: Float64Array } {
  const rows = values.length / width;
  const offset = new Float64Array(width);
  for (let i = 0; i < values.length; i++) offset[i % width] += (values[i] - values[i % width]) / rows;
  const squares = new Float64Array(width);
  for (let i = 0; i < values.length; i++) {
    const column = i % width;
    squares[column] += (values[i] - values[column] - offset[column]) ** 2 / rows;
  }
  return { mean: offset.map((shift, column) => values[column] + shift), deviation: squares.map(Math.sqrt) };
}
