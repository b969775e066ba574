// Panels for the matrix product: a panel holds `width` rows of A (or columns of B) side by side, one step of the inner
// dimension behind the other, so that the product reads it from front to back. Rows that a matrix lacks are 0.

/** Writes rows 0 to 3 of a 4 × 4 block, given as rows of four, as columns: to `to`, and then every `toStep` bytes. */
// @ts-ignore: decorator
@inline
function storeTransposed(to: usize, toStep: usize, r0: v128, r1: v128, r2: v128, r3: v128): void {
  const low01 = v128.shuffle<f32>(r0, r1, 0, 4, 1, 5);
  const low23 = v128.shuffle<f32>(r2, r3, 0, 4, 1, 5);
  const high01 = v128.shuffle<f32>(r0, r1, 2, 6, 3, 7);
  const high23 = v128.shuffle<f32>(r2, r3, 2, 6, 3, 7);
  v128.store(to, v128.shuffle<f64>(low01, low23, 0, 2));
  v128.store(to + toStep, v128.shuffle<f64>(low01, low23, 1, 3));
  v128.store(to + 2 * toStep, v128.shuffle<f64>(high01, high23, 0, 2));
  v128.store(to + 3 * toStep, v128.shuffle<f64>(high01, high23, 1, 3));
}

/**
 * Packs 4 rows of a panel that has `toStep` bytes a step: element (i, l) of the matrix is at `from + i row + l step`
 * (strides in bytes), and goes to `to + 4 i + l toStep`.
 */
// @ts-ignore: decorator
@inline
function packFour(to: usize, toStep: usize, from: usize, row: usize, step: usize, k: usize): void {
  let l: usize = 0;
  if (row == 4) {
    for (; l < k; l++, from += step, to += toStep) v128.store(to, v128.load(from));
    return;
  }
  if (step == 4) {
    for (; l + 4 <= k; l += 4, from += 16, to += 4 * toStep) {
      const r0 = v128.load(from);
      const r1 = v128.load(from + row);
      const r2 = v128.load(from + 2 * row);
      const r3 = v128.load(from + 3 * row);
      storeTransposed(to, toStep, r0, r1, r2, r3);
    }
  }
  for (; l < k; l++, from += step, to += toStep) {
    store<f32>(to, load<f32>(from));
    store<f32>(to, load<f32>(from + row), 4);
    store<f32>(to, load<f32>(from + 2 * row), 8);
    store<f32>(to, load<f32>(from + 3 * row), 12);
  }
}

/** Like {@link packFour} for `rows` < 4 rows, with zeros for the others. */
function packSome(to: usize, toStep: usize, from: usize, row: usize, step: usize, k: usize, rows: usize): void {
  for (let l: usize = 0; l < k; l++, from += step, to += toStep) {
    v128.store(to, f32x4.splat(0));
    for (let i: usize = 0; i < rows; i++) store<f32>(to + (i << 2), load<f32>(from + i * row));
  }
}

/** Packs `rows` × k elements into panels of `width` (4 or 8) rows: element (i, l) is at `from + i row + l step`. */
// @ts-ignore: decorator
@inline
export function pack(to: usize, width: usize, from: usize, row: usize, step: usize, rows: usize, k: usize): void {
  const toStep = width << 2;
  for (let i: usize = 0; i < rows; i += width, to += k * toStep) {
    for (let part: usize = 0; part < width; part += 4) {
      const first = from + (i + part) * row;
      const left = <isize>(rows - i - part);
      if (left >= 4) packFour(to + (part << 2), toStep, first, row, step, k);
      else packSome(to + (part << 2), toStep, first, row, step, k, left > 0 ? left : 0);
    }
  }
}
