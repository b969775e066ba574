import { madd } from './lanes';
import { pack } from './packing';

// C = A B by blocks that stay in the caches (Goto & van de Geijn 2008, Anatomy of high-performance matrix
// multiplication): a block of B is packed for the second-level cache, a block of A for the first, and a tile of C,
// 4 rows × 8 columns, stays in registers while k runs. Each element of C is one sum over k in ascending order (in
// runs of `depth`), whatever stands around it: a row's result does not depend on how many rows there are.

/** Rows and columns of a tile. */
// @ts-ignore: decorator
@inline const tileRows: usize = 4;
// @ts-ignore: decorator
@inline const tileColumns: usize = 8;
/** Steps of k in a block. */
// @ts-ignore: decorator
@inline const depth: usize = 256;
/** Rows in a block of A. */
// @ts-ignore: decorator
@inline const blockRows: usize = 64;
/** Columns in a block of B. */
// @ts-ignore: decorator
@inline const blockColumns: usize = 256;

/** Bytes of scratch memory that {@link matmul} needs: a block of A, a block of B and one tile. */
export function matmulScratchBytes(): usize {
  return (depth * (blockRows + blockColumns) + tileRows * tileColumns) << 2;
}

/** Where there is no bias to add. */
export const noBias: usize = usize.MAX_VALUE;

/** c = (or +=, when `accumulate`) the product of packed panels, a of 4 rows, b of 8 columns, k steps each; plus a bias. */
function tile(c: usize, cRow: usize, a: usize, b: usize, k: usize, accumulate: bool, bias: usize): void {
  let c00 = f32x4.splat(0), c01 = f32x4.splat(0);
  let c10 = f32x4.splat(0), c11 = f32x4.splat(0);
  let c20 = f32x4.splat(0), c21 = f32x4.splat(0);
  let c30 = f32x4.splat(0), c31 = f32x4.splat(0);
  const end = a + (k << 4);
  for (; a != end; a += 16, b += 32) {
    const b0 = v128.load(b);
    const b1 = v128.load(b, 16);
    const a0 = v128.load32_splat(a);
    c00 = madd(a0, b0, c00);
    c01 = madd(a0, b1, c01);
    const a1 = v128.load32_splat(a, 4);
    c10 = madd(a1, b0, c10);
    c11 = madd(a1, b1, c11);
    const a2 = v128.load32_splat(a, 8);
    c20 = madd(a2, b0, c20);
    c21 = madd(a2, b1, c21);
    const a3 = v128.load32_splat(a, 12);
    c30 = madd(a3, b0, c30);
    c31 = madd(a3, b1, c31);
  }
  const row1 = c + cRow;
  const row2 = row1 + cRow;
  const row3 = row2 + cRow;
  if (accumulate) {
    c00 = f32x4.add(v128.load(c), c00);
    c01 = f32x4.add(v128.load(c, 16), c01);
    c10 = f32x4.add(v128.load(row1), c10);
    c11 = f32x4.add(v128.load(row1, 16), c11);
    c20 = f32x4.add(v128.load(row2), c20);
    c21 = f32x4.add(v128.load(row2, 16), c21);
    c30 = f32x4.add(v128.load(row3), c30);
    c31 = f32x4.add(v128.load(row3, 16), c31);
  }
  if (bias != noBias) {
    const bias0 = v128.load(bias);
    const bias1 = v128.load(bias, 16);
    c00 = f32x4.add(c00, bias0);
    c01 = f32x4.add(c01, bias1);
    c10 = f32x4.add(c10, bias0);
    c11 = f32x4.add(c11, bias1);
    c20 = f32x4.add(c20, bias0);
    c21 = f32x4.add(c21, bias1);
    c30 = f32x4.add(c30, bias0);
    c31 = f32x4.add(c31, bias1);
  }
  v128.store(c, c00);
  v128.store(c, c01, 16);
  v128.store(row1, c10);
  v128.store(row1, c11, 16);
  v128.store(row2, c20);
  v128.store(row2, c21, 16);
  v128.store(row3, c30);
  v128.store(row3, c31, 16);
}

/** Adds or copies the first `rows` × `columns` of a finished tile to c, plus a bias. */
function storeEdge(
  c: usize, cRow: usize, from: usize, rows: usize, columns: usize, accumulate: bool, bias: usize,
): void {
  for (let i: usize = 0; i < rows; i++, c += cRow, from += tileColumns << 2) {
    for (let j: usize = 0; j < columns; j++) {
      let value = load<f32>(from + (j << 2));
      const to = c + (j << 2);
      if (accumulate) value = load<f32>(to) + value;
      if (bias != noBias) value += load<f32>(bias + (j << 2));
      store<f32>(to, value);
    }
  }
}

/** C = A B or C += A B; addresses and strides in bytes. */
export function matmul(
  scratch: usize,
  c: usize, cRow: usize,
  a: usize, aRow: usize, aColumn: usize,
  b: usize, bRow: usize, bColumn: usize,
  m: usize, n: usize, k: usize,
  accumulate: bool,
): void {
  if (k == 0) {
    if (!accumulate) for (let i: usize = 0; i < m; i++) memory.fill(c + i * cRow, 0, n << 2);
    return;
  }
  multiply(scratch, c, cRow, a, aRow, aColumn, b, bRow, bColumn, m, n, k, accumulate, noBias);
}

/** The same for k > 0, plus the n numbers at `bias` in every row: added last, when the sum over k is whole. */
export function multiply(
  scratch: usize,
  c: usize, cRow: usize,
  a: usize, aRow: usize, aColumn: usize,
  b: usize, bRow: usize, bColumn: usize,
  m: usize, n: usize, k: usize,
  accumulate: bool,
  bias: usize,
): void {
  const packedB = scratch;
  const packedA = packedB + ((depth * blockColumns) << 2);
  const edge = packedA + ((depth * blockRows) << 2);
  for (let j: usize = 0; j < n; j += blockColumns) {
    const columns = min(blockColumns, n - j);
    for (let l: usize = 0; l < k; l += depth) {
      const steps = min(depth, k - l);
      const adds = accumulate || l != 0;
      const isLast = l + steps == k;
      pack(packedB, tileColumns, b + l * bRow + j * bColumn, bColumn, bRow, columns, steps);
      for (let i: usize = 0; i < m; i += blockRows) {
        const rows = min(blockRows, m - i);
        pack(packedA, tileRows, a + i * aRow + l * aColumn, aRow, aColumn, rows, steps);
        for (let jj: usize = 0; jj < columns; jj += tileColumns) {
          const panelB = packedB + ((jj * steps) << 2);
          const shift = isLast && bias != noBias ? bias + ((j + jj) << 2) : noBias;
          for (let ii: usize = 0; ii < rows; ii += tileRows) {
            const panelA = packedA + ((ii * steps) << 2);
            const to = c + (i + ii) * cRow + ((j + jj) << 2);
            if (ii + tileRows <= rows && jj + tileColumns <= columns) {
              tile(to, cRow, panelA, panelB, steps, adds, shift);
            } else {
              tile(edge, tileColumns << 2, panelA, panelB, steps, false, noBias);
              storeEdge(to, cRow, edge, min(tileRows, rows - ii), min(tileColumns, columns - jj), adds, shift);
            }
          }
        }
      }
    }
  }
}
