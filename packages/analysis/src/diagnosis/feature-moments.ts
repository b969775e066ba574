/** Mean and standard deviation (dividing by the rows) of each column of a row-major matrix. */
export function featureMoments(
  values: ArrayLike<number>,
  width: number,
): { readonly mean: Float64Array; readonly deviation: Float64Array } {
  const rows = values.length / width;
  const mean = new Float64Array(width);
  for (let i = 0; i < values.length; i++) mean[i % width] += values[i] / rows;
  const squares = new Float64Array(width);
  for (let i = 0; i < values.length; i++) squares[i % width] += (values[i] - mean[i % width]) ** 2 / rows;
  return { mean, deviation: squares.map(Math.sqrt) };
}
