// A dense layer in one call each way: a call from JavaScript costs as much as the product of a narrow layer.

/** out[c] = Σ_r x[r, c], summed in double: four sums a lane, since each waits for its last addition. */
static TARGET void NAME(column_sums)(float *out, const float *x, size_t rows, size_t columns) {
  for (size_t c = 0; c < columns; c += LANES) {
    const size_t count = columns - c < LANES ? columns - c : LANES;
    VD sums[4][2];
    for (size_t i = 0; i < 4; i++) sums[i][0] = sums[i][1] = splat_wide(0.0);
    const float *at = x + c;
    size_t r = 0;
    for (; r + 4 <= rows; r += 4) {
#pragma GCC unroll 4
      for (size_t i = 0; i < 4; i++, at += columns) {
        const V lanes = count == LANES ? load(at) : load_some(at, count);
        sums[i][0] += widen_low(lanes);
        sums[i][1] += widen_high(lanes);
      }
    }
    for (; r < rows; r++, at += columns) {
      const V lanes = count == LANES ? load(at) : load_some(at, count);
      sums[0][0] += widen_low(lanes);
      sums[0][1] += widen_high(lanes);
    }
    const V total = narrow(
      (sums[0][0] + sums[1][0]) + (sums[2][0] + sums[3][0]), (sums[0][1] + sums[1][1]) + (sums[2][1] + sums[3][1]));
    if (count == LANES) store(out + c, total);
    else store_some(out + c, total, count);
  }
}

/** z = a Wᵀ + b. */
static TARGET void NAME(dense_forward)(float *scratch, const struct dense *d) {
  const struct product z = {
    d->z, d->units, d->a, d->inputs, 1, d->weight, 1, d->inputs, d->rows, d->units, d->inputs, false, d->bias
  };
  NAME(matmul)(scratch, &z);
}

/** ∂W = ∂zᵀ a, ∂b = Σ_rows ∂z and, where there is room for it, ∂a = ∂z W; z, weight and bias of `gradient` are gradients. */
static TARGET void NAME(dense_backward)(float *scratch, const struct dense *d, const struct dense *gradient) {
  const struct product weight = {
    gradient->weight, d->inputs, gradient->z, 1, d->units, d->a, d->inputs, 1, d->units, d->inputs, d->rows, false, NULL
  };
  NAME(matmul)(scratch, &weight);
  NAME(column_sums)(gradient->bias, gradient->z, d->rows, d->units);
  if (gradient->a == NULL) return;
  const struct product a = {
    gradient->a, d->inputs, gradient->z, d->units, 1, d->weight, d->inputs, 1, d->rows, d->inputs, d->units, false, NULL
  };
  NAME(matmul)(scratch, &a);
}
