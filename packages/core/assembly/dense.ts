import { matmul, multiply } from './matmul';
import { columnSums } from './reductions';

// A dense layer in one call each way: the bias is added while a tile of the product is in registers, and a network of narrow
// layers, whose products take a microsecond, pays for two calls a layer instead of five.

/** z = a Wᵀ + b: a rows × inputs, W units × inputs, z rows × units. */
export function denseForward(
  scratch: usize, a: usize, weight: usize, bias: usize, z: usize, rows: usize, inputs: usize, units: usize,
): void {
  const row = inputs << 2;
  multiply(scratch, z, units << 2, a, row, 4, weight, 4, row, rows, units, inputs, false, bias);
}

/** ∂W = ∂zᵀ a, ∂b = Σ_rows ∂z and, unless `da` is 0, ∂a = ∂z W. */
export function denseBackward(
  scratch: usize,
  a: usize, weight: usize, dz: usize,
  dWeight: usize, dBias: usize, da: usize,
  rows: usize, inputs: usize, units: usize,
): void {
  const row = inputs << 2;
  const outputRow = units << 2;
  matmul(scratch, dWeight, row, dz, 4, outputRow, a, row, 4, units, inputs, rows, false);
  columnSums(dBias, dz, rows, units, false);
  if (da != 0) matmul(scratch, da, row, dz, outputRow, 4, weight, row, 4, rows, inputs, units, false);
}
